"""The slice as a Django application."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DeadlinesConfig(AppConfig):
    """Deadlines. Every slice's kinds and rounds are known once Django has started."""

    name = "dosojin_web.deadlines"
    verbose_name = "Deadlines"

    def ready(self) -> None:
        autodiscover_modules("deadline_kinds", "rounds")
