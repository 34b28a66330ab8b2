"""The slice as a Django application."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail."""

    name = "dosojin_web.mail"
    verbose_name = "Mail"
