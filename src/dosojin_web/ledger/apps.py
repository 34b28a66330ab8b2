"""The slice as a Django application."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "dosojin_web.ledger"
    verbose_name = "Ledger"
