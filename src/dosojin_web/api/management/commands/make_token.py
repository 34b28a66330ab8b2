"""``dosojin-web make-token``: a token with which a program acts for a user in a role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import find_seat
from dosojin_web.api.operations.create_token import create_token


class Command(BaseCommand):
    """Makes the token and prints its secret, once."""

    help = "Make a token for programs. Its secret is printed once and kept nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the user for whom the program acts")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--name", default="program", help="what the token is for")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['username']!r}. Check the name.")
        seat = find_seat(user, Role(options["role"]))
        if seat is None:
            raise CommandError(f"{user} has no running appointment as {options['role']}.")
        held = Appointment.objects.get(pk=seat.appointment_id)
        _, secret = create_token(held, options["name"], SYSTEM, timezone.now())
        if not secret:
            raise CommandError(
                f"A token named {options['name']!r} is running already, and its secret was shown "
                "then. Choose another --name, or revoke that one."
            )
        self.stdout.write(secret)
