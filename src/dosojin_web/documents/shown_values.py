"""Days, amounts and words as the documents show them, in one language."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .kinds import DocumentKind, Language, Sum

WORDS = Path(__file__).parent / "words"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind of document, over those that all kinds share."""

    language: Language
    texts: dict[str, Any]

    def __getitem__(self, name: str) -> str:
        return str(self.texts[name])

    def fill(self, name: str, /, **values: str | int) -> str:
        """The text with its braces filled."""
        return self[name].format(**values)

    def lines(self, name: str) -> list[str]:
        """A text of several parts."""
        return [str(line) for line in self.texts[name]]

    def join(self, parts: tuple[str, ...]) -> str:
        """The parts as a list in a sentence."""
        return self["separator"].join(parts)

    def day(self, day: date) -> str:
        """``2026年6月1日（月）`` or ``Mon 1 June 2026``, which never parts at a line's end."""
        weekday = self.lines("weekdays")[day.weekday()]
        if self.language == "ja":
            return f"{day.year}年{day.month}月{day.day}日（{weekday}）"
        return NO_BREAK_SPACE.join((weekday, plain_english_day(day)))

    def birthday(self, day: date) -> str:
        """A day whose weekday nobody asks for."""
        if self.language == "ja":
            return f"{day.year}年{day.month}月{day.day}日"
        return plain_english_day(day)

    def yen(self, amount: int) -> str:
        """``1,000,000円`` or ``JPY 1,000,000``."""
        sign = MINUS if amount < 0 else ""
        figures = f"{sign}{abs(amount):,}"
        return f"{figures}円" if self.language == "ja" else f"JPY{NO_BREAK_SPACE}{figures}"

    def sum(self, amount: int | Sum) -> str:
        """An amount, or the word in its place."""
        if amount is Sum.UNLIMITED:
            return self["unlimited"]
        if amount is Sum.INCLUDED:
            return self["included"]
        return self.yen(amount)


def plain_english_day(day: date) -> str:
    """``1 June 2026``."""
    return NO_BREAK_SPACE.join((str(day.day), MONTHS[day.month - 1], str(day.year)))


@cache
def read_words(language: Language) -> dict[str, Any]:
    """All words of a language."""
    return tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def words_of(kind: DocumentKind, language: Language) -> Words:
    """The words of a kind of document. KeyError if the language has no such document."""
    found = read_words(language)
    return Words(language, {**found["shared"], **found[kind]})


def name_kind(kind: DocumentKind, language: Language) -> str:
    """How a list calls this kind of document, for a reader of ``language``."""
    return str(read_words(language)["names"][kind])
