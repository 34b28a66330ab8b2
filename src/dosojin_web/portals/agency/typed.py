"""What was typed into a form, read; what cannot be read is a fault beside its field."""

from datetime import date
from unicodedata import normalize

from django.http import HttpRequest
from django.utils.translation import gettext

from dosojin_web.components.shapes import Fault
from dosojin_web.policies.quotes import read_day

YEN_DIGITS_MAX = 9
REASON_MAX = 400


class Typed:
    """The values of a POST, as they were typed, and the faults found while reading them."""

    def __init__(self, request: HttpRequest) -> None:
        self.values = {name: str(value).strip() for name, value in request.POST.items()}
        self.faults: list[Fault] = []

    def text(self, name: str, most: int = REASON_MAX) -> str:
        """A text of at most ``most`` characters."""
        typed = self.values.get(name, "")
        if len(typed) > most:
            message = gettext("Use at most %(most)s characters.") % {"most": most}
            self.faults.append(Fault(name, message))
        return typed

    def yen(self, name: str, empty: int | None = None) -> int:
        """Whole yen, written with or without commas; ``empty`` stands for nothing typed."""
        typed = normalize("NFKC", self.values.get(name, ""))
        for ignored in (",", " ", "円", "yen", "¥"):
            typed = typed.replace(ignored, "")
        if not typed and empty is not None:
            return empty
        if not typed.isascii() or not typed.isdigit() or len(typed) > YEN_DIGITS_MAX:
            self.faults.append(Fault(name, gettext("Write whole yen in figures, such as 12,000.")))
            return 0
        return int(typed)

    def day(self, name: str) -> date | None:
        """A day; None with a fault if there is none."""
        day = read_day(normalize("NFKC", self.values.get(name, "")))
        if day is None:
            self.faults.append(Fault(name, gettext("Write the day like 2026-06-01.")))
        return day

    @property
    def version(self) -> int:
        """The version that the form was opened on; 0 if it is not said."""
        typed = self.values.get("version", "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
