"""``dosojin-web appoint USERNAME ROLE [ORGANISATION]``: give a user a role."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.directory.models import Organisation
from dosojin_web.installation.models import InstallationKind
from dosojin_web.installation.operations.mark_installation import mark_unless_marked


def find_organisation(code: str) -> Organisation | None:
    """The organisation with this code; none for an empty code. Raises CommandError."""
    if not code:
        return None
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none yet"
        raise CommandError(f"No organisation has the code {code}. There are: {known}.")
    return found


class Command(BaseCommand):
    """Opens the account if there is none, and prints its first password then."""

    help = "Give a user a role at an organisation; opens the account if there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("organisation", nargs="?", default="", help="its code")
        parser.add_argument("--email", default="", help="of an account to be opened")

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"])
        organisation = find_organisation(options["organisation"])
        now = timezone.now()
        try:
            with transaction.atomic():
                # Whoever appoints by hand means real people, unless a demonstration stands here.
                mark_unless_marked(InstallationKind.REAL, now)
                user, password = open_account(
                    options["username"], options["email"], role, organisation, SYSTEM, now
                )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        at = f" at {organisation.code}" if organisation else ""
        self.stdout.write(f"{user.username} is appointed: {role.value}{at}.")
        if password:
            self.stdout.write(f"The account is new. First password: {password}")
