"""``dosojin-web rotate_field_keys``: a newer key, and every encrypted field under it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from rich.progress import Progress

from dosojin_web.database.encrypted_text import keyring
from dosojin_web.database.field_keys import add_field_key
from dosojin_web.database.field_rotation import count_rows, rotate_rows


class Command(BaseCommand):
    """Adds a key, or brings every row to the newest one; may be stopped and started again."""

    help = (
        "Encrypt every field anew with the newest key. First `--add`, then restart the servers "
        "so that all of them know the key, then this command without an option."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--add", action="store_true", help="make a newer key, and stop there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"]:
            path = settings.VAR / "field_keys"
            self.stdout.write(f"Key {add_field_key(path)} is in {path}. Restart the servers now.")
            return
        with Progress(transient=True) as progress:
            task = progress.add_task("Rows", total=count_rows())
            written = rotate_rows(lambda rows: progress.advance(task, rows))
        self.stdout.write(f"{written} rows are now under the key {keyring().newest}.")
