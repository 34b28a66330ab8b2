"""The slice as a Django application."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Consents."""

    name = "dosojin_web.consents"
    verbose_name = "Consents"
