"""The slice as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "dosojin_web.audit"
    verbose_name = "Audit"
