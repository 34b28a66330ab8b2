"""The command as a Django application, so that it takes the place of Django's own."""

from django.apps import AppConfig


class EmptyingConfig(AppConfig):
    """Emptying of tables, for tests."""

    name = "dosojin_web.database.emptying"
    label = "emptying"
