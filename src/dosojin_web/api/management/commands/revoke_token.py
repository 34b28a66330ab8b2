"""``dosojin-web revoke-token USERNAME ROLE [ORGANISATION]``: a token opens nothing any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.api.operations.revoke_token import revoke_token

from .make_token import NAME, add_seat, find_appointment


class Command(BaseCommand):
    """Ends a running token."""

    help = "Revoke a token for programs, at once and for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_seat(parser)
        parser.add_argument("--name", default=NAME, help="what the token was made for")

    def handle(self, *args: Any, **options: Any) -> None:
        held = find_appointment(options["username"], options["role"], options["organisation"])
        running = held.tokens.filter(revoked_at=None)
        token = running.filter(name=options["name"]).first()
        if token is None:
            names = ", ".join(running.order_by("name").values_list("name", flat=True))
            raise CommandError(
                f"No token named {options['name']!r} is running. Those that are: {names or 'none'}."
            )
        revoke_token(token, SYSTEM, timezone.now())
        self.stdout.write(f"Revoked: {token}.")
