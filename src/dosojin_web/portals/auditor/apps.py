"""The slice as a Django application."""

from django.apps import AppConfig


class AuditorConfig(AppConfig):
    """Auditor portal."""

    name = "dosojin_web.portals.auditor"
    verbose_name = "Auditor portal"
