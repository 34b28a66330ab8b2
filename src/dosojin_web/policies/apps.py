"""The slice as a Django application."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Policies."""

    name = "dosojin_web.policies"
    verbose_name = "Policies"

    def ready(self) -> None:
        """Register what payments call; deadlines find their kinds by themselves."""
        from . import paying  # noqa: F401
