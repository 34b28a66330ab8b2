"""A sentence in the two languages Dosojin speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same meaning, written natively in Japanese and in English."""

    ja: str
    en: str

    def in_(self, language: str) -> str:
        """The sentence in `language`; anything but "ja" reads English."""
        return self.ja if language == "ja" else self.en

    def filled(self, values: dict[str, str]) -> Text:
        """The text with its {placeholders} filled; KeyError names one that has no value."""
        return Text(self.ja.format_map(values), self.en.format_map(values))
