"""The slice as a Django application."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Policies."""

    name = "dosojin_web.policies"
    verbose_name = "Policies"
