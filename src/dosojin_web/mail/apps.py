"""The slice as a Django application."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail. The worker finds ``rounds.py`` by its name."""

    name = "dosojin_web.mail"
    verbose_name = "Mail"
