"""The slice as a Django application."""

from django.apps import AppConfig


class AgencyConfig(AppConfig):
    """Agency portal."""

    name = "dosojin_web.portals.agency"
    verbose_name = "Agency portal"
