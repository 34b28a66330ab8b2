"""The slice as a Django application."""

from django.apps import AppConfig


class InsurerConfig(AppConfig):
    """Insurer portal."""

    name = "dosojin_web.portals.insurer"
    verbose_name = "Insurer portal"
