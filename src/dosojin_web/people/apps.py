"""The slice as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People."""

    name = "dosojin_web.people"
    verbose_name = "People"
