"""The slice as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "dosojin_web.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listens to allauth."""
        from . import receivers  # noqa: F401
