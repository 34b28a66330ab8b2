"""``dosojin-web make-token USERNAME ROLE [ORGANISATION]``: a token with which a program acts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import Appointment
from dosojin_web.accounts.roles import Role
from dosojin_web.api.operations.create_token import create_token

NAME = "program"


class Command(BaseCommand):
    """Makes the token and prints its secret, once."""

    help = "Make a token for programs. Its secret is printed once and kept nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_seat(parser)
        parser.add_argument("--name", default=NAME, help="what the token is for")

    def handle(self, *args: Any, **options: Any) -> None:
        held = find_appointment(options["username"], options["role"], options["organisation"])
        _, secret = create_token(held, options["name"], SYSTEM, timezone.now())
        if not secret:
            raise CommandError(
                f"A token named {options['name']!r} is running already, and its secret was shown "
                "then. Choose another --name, or revoke that one with revoke-token."
            )
        self.stdout.write(secret)


def add_seat(parser: ArgumentParser) -> None:
    """The arguments that name a user's appointment."""
    parser.add_argument("username", help="the user for whom the program acts")
    parser.add_argument("role", choices=Role.values)
    parser.add_argument(
        "organisation", nargs="?", default="", help="its code, if there are several"
    )


def find_appointment(username: str, role: str, organisation: str) -> Appointment:
    """The running appointment; CommandError if there is none, or more than one."""
    held = Appointment.objects.filter(
        user__username=username, user__is_active=True, role=role, ended_at=None
    )
    if organisation:
        held = held.filter(organisation__code=organisation)
    found = list(held.select_related("organisation").order_by("pk"))
    if not found:
        raise CommandError(
            f"{username} has no running appointment as {role} there. Check both names."
        )
    if len(found) > 1:
        codes = ", ".join(str(each.organisation.code) for each in found if each.organisation)
        raise CommandError(f"{username} is {role} at several organisations: name one of {codes}.")
    return found[0]
