"""The slice as a Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demonstration."""

    name = "dosojin_web.demo"
    verbose_name = "Demonstration"
