"""``dosojin-web fill-demo``: a made-up scheme in an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dosojin_web.demo.operations.fill_demo import NotEmpty, fill_demo

CERTIFICATES = 200


class Command(BaseCommand):
    """Fills an empty database, once; calling again changes nothing."""

    help = "Fill an empty database with a made-up scheme; refuses one that holds anything real."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--certificates", type=int, default=CERTIFICATES, help="about how many (200)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, transient=True) as bar:
            task = bar.add_task("A made-up year", total=None)
            try:
                filled = fill_demo(
                    options["certificates"],
                    timezone.now(),
                    lambda done, all: bar.update(task, completed=done, total=all),
                )
            except NotEmpty as refusal:
                raise CommandError(str(refusal)) from refusal
        day = timezone.localtime(filled.made_at).strftime("%Y-%m-%d %H:%M")
        said = "The demonstration is ready" if filled.is_new else "The demonstration was there"
        self.stdout.write(f"{said}, as of {day} in Japan.")
