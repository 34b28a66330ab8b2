"""The slice as a Django application."""

from django.apps import AppConfig


class StudentConfig(AppConfig):
    """Student portal."""

    name = "dosojin_web.portals.student"
    verbose_name = "Student portal"
