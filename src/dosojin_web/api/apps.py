"""The slice as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Interface."""

    name = "dosojin_web.api"
    verbose_name = "Interface"
