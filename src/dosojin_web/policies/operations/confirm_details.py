"""Before paying, the student looks at the details of the insured and says that they are right."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.operations.change_address import change_address
from dosojin_web.components.shapes import Fault
from dosojin_web.people.details import INSURED
from dosojin_web.people.faults import Faults, PersonChanged
from dosojin_web.people.models import Person
from dosojin_web.people.operations.change_person import change_person
from dosojin_web.policies.entries import enter_application
from dosojin_web.policies.models import Application
from dosojin_web.policies.models.applications import OPEN_STATES
from dosojin_web.policies.printable_names import find_unprintable_names
from dosojin_web.policies.refusals import Refused, Stale

ACT = "details_confirmed"


def confirm_details(
    application: Application,
    changes: Mapping[str, str],
    person_version: int,
    actor: Actor,
    now: datetime,
) -> Person:
    """The details of the insured with ``changes``, now confirmed; once more changes nothing.

    Refused, by field, with what is wrong, missing, or cannot be printed on the certificate; Stale
    with the person if somebody else changed it since ``person_version``.
    """
    with transaction.atomic():
        held = Application.objects.select_for_update().get(pk=application.pk)
        if held.state not in OPEN_STATES:
            raise Refused.at("", gettext("This application is settled; start another one."))
        person = held.member.person
        try:
            person = change_person(person, changes, actor, now, person_version, needed=INSURED)
        except Faults as faults:
            raise Refused([Fault(*fault) for fault in faults.faults.items()]) from faults
        except PersonChanged as changed:
            raise Stale(Person.objects.get(pk=person.pk)) from changed
        if unprintable := find_unprintable_names(person):
            raise Refused([Fault(name, _say(signs)) for name, signs in unprintable.items()])
        user = held.member.user
        if user is not None and actor.user_id == user.pk:
            language: Literal["ja", "en"] = "en" if held.member.language == "en" else "ja"
            change_address(user, person.email, language, actor, now)
        if not are_confirmed(held):
            enter_application(held, ACT, actor, now)
    return person


def are_confirmed(application: Application) -> bool:
    """Whether the student has said that the details are right."""
    return application.entries.filter(act=ACT).exists()


def _say(signs: str) -> str:
    message = gettext(
        "“%(text)s” cannot be printed on the certificate. Use the nearest common character."
    )
    return message % {"text": signs}
