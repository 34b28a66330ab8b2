"""``dosojin-web update_translations``: bring the Japanese catalogues up to date."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from dosojin_web.translations import find_messages, list_catalogues, update_catalogue


class Command(BaseCommand):
    """Adds new message ids, drops unused ones, and names those without Japanese."""

    requires_system_checks = []
    help = "Update each slice's locale/ja from the sources; then `make setup` compiles them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slices", nargs="*", help="folders such as policies; all if none")

    def handle(self, *args: Any, **options: Any) -> None:
        found = find_messages()
        for folder in options["slices"] or sorted({*found, *list_catalogues()}):
            missing = update_catalogue(folder, found.get(folder, {}))
            for message in missing:
                self.stdout.write(f"no Japanese yet: {message}")
            self.stdout.write(f"{folder or 'shared'}: {len(missing)} to translate")
