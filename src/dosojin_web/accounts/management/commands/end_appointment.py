"""``dosojin-web end-appointment USERNAME ROLE [ORGANISATION]``: take a role from a user."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import Appointment
from dosojin_web.accounts.operations.end_appointment import end_appointment
from dosojin_web.accounts.roles import Role

from .appoint import find_organisation


class Command(BaseCommand):
    """Ends a running appointment; its history stays."""

    help = "End what a user may do in a role. The account stays open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("organisation", nargs="?", default="", help="its code")

    def handle(self, *args: Any, **options: Any) -> None:
        held = Appointment.objects.filter(
            user__username=options["username"],
            role=options["role"],
            organisation=find_organisation(options["organisation"]),
            ended_at=None,
        ).first()
        if held is None:
            raise CommandError(
                f"{options['username']} has no running appointment as {options['role']} there."
            )
        end_appointment(held, SYSTEM, timezone.now())
        self.stdout.write(f"The appointment has ended: {held}.")
