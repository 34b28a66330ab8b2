"""The slice as a Django application."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Deadlines."""

    name = "dosojin_web.deadlines"
    verbose_name = "Deadlines"
