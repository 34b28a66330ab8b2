"""``dosojin-web set-up-scheme FILE``: who takes part, the contract, the shares."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.installation.models import InstallationKind
from dosojin_web.installation.operations.mark_installation import mark_unless_marked
from dosojin_web.policies.operations.set_up_scheme import set_up_scheme
from dosojin_web.policies.scheme_file import SchemeRefused, read_scheme

SIZE_MAX = 1_000_000


class Command(BaseCommand):
    """Sets up what the file says; a second time it adds what is new."""

    help = (
        "Set up a scheme from a TOML file: organisations, contract, co-insurers' shares, who may "
        "decide how much. docs/scheme.toml is one. Run it again when a university joins."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            if file.stat().st_size > SIZE_MAX:
                raise CommandError(f"{file} is larger than a scheme can be. Is it the right file?")
            scheme = read_scheme(file.read_text(encoding="utf-8"))
            now = timezone.now()
            with transaction.atomic():
                mark_unless_marked(InstallationKind.REAL, now)
                master = set_up_scheme(scheme, SYSTEM, now)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        except SchemeRefused as refused:
            listed = "\n".join(f"  {fault}" for fault in refused.faults)
            raise CommandError(f"{file}: nothing was set up.\n{listed}") from refused
        counts = f"{len(scheme.organisation)} organisations, {len(scheme.share)} co-insurers"
        self.stdout.write(f"{master.code} stands: {counts}.")
        self.stdout.write("Next: dosojin-web appoint USERNAME ROLE ORGANISATION --email ADDRESS")
