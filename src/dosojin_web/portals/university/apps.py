"""The slice as a Django application."""

from django.apps import AppConfig


class UniversityConfig(AppConfig):
    """University portal."""

    name = "dosojin_web.portals.university"
    verbose_name = "University portal"
