"""The workbench as a Django application."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """The workbench."""

    name = "dosojin_web.workbench"
    label = "workbench"
