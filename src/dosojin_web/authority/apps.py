"""The slice as a Django application."""

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Authority."""

    name = "dosojin_web.authority"
    verbose_name = "Authority"
