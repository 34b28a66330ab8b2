"""The slice as a Django application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents."""

    name = "dosojin_web.documents"
    verbose_name = "Documents"
