"""The design system as a Django application."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """The elements and the page that shows them."""

    name = "dosojin_web.components"
    label = "components"
