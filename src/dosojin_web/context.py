"""What every template knows: the chosen theme, and the language a reader could switch to."""

from enum import StrEnum
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


class Theme(StrEnum):
    """Light or dark pages, or whatever the reader's device prefers."""

    DEVICE = "device"
    LIGHT = "light"
    DARK = "dark"


class Display(TypedDict):
    """The variables that templates read."""

    theme: Theme
    other_languages: list[tuple[str, str]]
    here: str


def read_theme(request: HttpRequest) -> Theme:
    """The theme that this reader chose; the device's own when none was, or none we know."""
    chosen = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return Theme(chosen) if chosen in set(Theme) else Theme.DEVICE


def display(request: HttpRequest) -> Display:
    """The context processor."""
    return {
        "theme": read_theme(request),
        "other_languages": [
            (code, name) for code, name in settings.LANGUAGES if code != get_language()
        ],
        "here": request.get_full_path(),
    }
