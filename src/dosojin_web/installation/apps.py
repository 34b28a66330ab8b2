"""The slice as a Django application."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """What this database is for."""

    name = "dosojin_web.installation"
    verbose_name = "Installation"

    def ready(self) -> None:
        """Let Django check at every start that demonstration and real data do not meet."""
        from . import checks  # noqa: F401
