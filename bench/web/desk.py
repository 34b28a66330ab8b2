"""Who looks at the pages that are measured: a scheme, and sessions of two people in it.

In:  DOSOJIN_VAR with nothing in it.
Out: a line of JSON: the path of each page and the cookie of who may see it.
"""

# ruff: noqa: E402 (models can be imported once Django has started, not before)

from __future__ import annotations

import json

import django

django.setup()

from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from prepare import make_applications

from dosojin_web.accounts.actors import actor_of
from dosojin_web.accounts.models import User
from dosojin_web.demo.operations.answer_invitation import answer_invitation
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.invite_members import invite_member

STUDENTS = 200


def log_in(user: User) -> str:
    """The cookie of a new session."""
    client = Client()
    client.force_login(answer_invitation(user, timezone.now()))
    return f"sessionid={client.cookies['sessionid'].value}; language=ja"


def main() -> dict[str, str]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    first = make_applications(STUDENTS)[0]
    member = Application.objects.select_related("member").get(pk=first.application).member
    office = User.objects.get(username="maker")
    invited = invite_member(member, actor_of(office), timezone.now())
    assert invited.user is not None
    return {"/my/": log_in(invited.user), "/university/": log_in(office)}


if __name__ == "__main__":
    print(json.dumps(main()))
