"""The slice as a Django application."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Payments."""

    name = "dosojin_web.payments"
    verbose_name = "Payments"
