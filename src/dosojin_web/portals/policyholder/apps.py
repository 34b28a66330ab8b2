"""The slice as a Django application."""

from django.apps import AppConfig


class PolicyholderConfig(AppConfig):
    """Policyholder portal."""

    name = "dosojin_web.portals.policyholder"
    verbose_name = "Policyholder portal"
