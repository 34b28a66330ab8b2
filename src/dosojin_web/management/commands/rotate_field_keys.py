"""``dosojin-web rotate_field_keys``: a newer key, and every encrypted field and file under it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.progress import Progress

from dosojin_web.database.encrypted_text import keyring
from dosojin_web.database.field_keys import add_field_key
from dosojin_web.database.field_rotation import count_rows, rotate_rows
from dosojin_web.database.file_rotation import count_files, rotate_files
from dosojin_web.documents.store import FILES as DOCUMENTS
from dosojin_web.uploads.store import FILES as UPLOADS

STORES = (UPLOADS, DOCUMENTS)


class Command(BaseCommand):
    """Adds a key, or brings every row and file to the newest; may be stopped and started again."""

    help = (
        "Encrypt every field, uploaded file and issued document anew with the newest key. First "
        "`--add`, then restart the servers so that all of them know the key, then this command "
        "without an option."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--add", action="store_true", help="make a newer key, and stop there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"]:
            path = settings.VAR / "field_keys"
            self.stdout.write(f"Key {add_field_key(path)} is in {path}. Restart the servers now.")
            return
        with Progress(transient=True) as progress:
            rows = progress.add_task("Rows", total=count_rows())
            written = rotate_rows(lambda count: progress.advance(rows, count))
            files = progress.add_task("Files", total=sum(map(count_files, STORES)))
            counted = [
                rotate_files(store, lambda count: progress.advance(files, count))
                for store in STORES
            ]
        renewed, damaged = map(sum, zip(*counted, strict=True))
        self.stdout.write(
            f"{written} rows and {renewed} files are now under the key {keyring().newest}."
        )
        if damaged:
            raise CommandError(f"{damaged} files cannot be read: keep the older keys. See the log.")
