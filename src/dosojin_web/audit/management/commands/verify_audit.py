"""``dosojin-web verify-audit``: whether the audit log is as it was written."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from dosojin_web.audit.operations.verify_chain import Mark, verify


def read_mark(text: str) -> Mark:
    """A mark as this command prints it, ``SEQ:HASH``."""
    seq, _, written = text.partition(":")
    if not seq.isdecimal() or len(written) != 64:
        raise ArgumentTypeError("write it as this command printed it, SEQ:HASH")
    return Mark(int(seq), written)


class Command(BaseCommand):
    """Reads the chain, prints its head, names the first damage."""

    help = (
        "Read the audit log from its first event and name the first that was changed, removed, "
        "inserted or moved. Prints the head of the chain: keep it elsewhere, and give it to the "
        "next check, which then also sees whether the end was cut off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect", type=read_mark, metavar="SEQ:HASH", help="a head printed earlier"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Reading the audit log", total=None)
            found = verify(
                options["expect"],
                lambda done, total: bar.update(task, completed=done, total=total),
            )
        if found.damage:
            self.stdout.write(f"Damaged: {found.damage}.")
            self.stdout.write(f"Whole until {found.whole_until}")
            sys.exit(1)
        self.stdout.write(f"{found.whole_until.seq} events, each as it was written.")
        self.stdout.write(f"Head, to be kept elsewhere: {found.whole_until}")
