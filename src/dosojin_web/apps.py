"""What all slices share, as a Django application, so that its templates and commands are found."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The shared frame of every page."""

    name = "dosojin_web"
    label = "site_frame"
    verbose_name = "Dosojin"
