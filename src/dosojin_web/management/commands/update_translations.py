"""``dosojin-web update_translations``: bring the Japanese catalogue up to date with the sources."""

from typing import Any

from django.core.management.base import BaseCommand

from dosojin_web.translations import CATALOGUE, update_catalogue


class Command(BaseCommand):
    """Adds new message ids, drops unused ones, and names those without Japanese."""

    help = "Update locale/ja from the sources; then `make messages` compiles it."

    def handle(self, *args: Any, **options: Any) -> None:
        missing = update_catalogue()
        for message in missing:
            self.stdout.write(f"no Japanese yet: {message}")
        self.stdout.write(f"{CATALOGUE.name}: {len(missing)} to translate")
