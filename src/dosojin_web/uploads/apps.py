"""The slice as a Django application."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Uploads."""

    name = "dosojin_web.uploads"
    verbose_name = "Uploads"
