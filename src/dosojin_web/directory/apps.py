"""The slice as a Django application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Directory."""

    name = "dosojin_web.directory"
    verbose_name = "Directory"
