"""A finding of lint."""

from __future__ import annotations

from dataclasses import dataclass

from dosojin.values.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    code: stable, for programs ("figure.unused"). place: the edition and the clause, node, figure
    or fact ("gakkensai-2026: rescue.2"). message: what is wrong. remedy: what to do.
    """

    code: str
    place: str
    message: Text
    remedy: Text

    def in_(self, language: str) -> str:
        """The finding on one line of prose."""
        between = "" if language == "ja" else " "
        told = f"{self.message.in_(language)}{between}{self.remedy.in_(language)}"
        return f"{self.place}: {told} [{self.code}]"

    def to_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "place": self.place,
            "message": {"ja": self.message.ja, "en": self.message.en},
            "remedy": {"ja": self.remedy.ja, "en": self.remedy.en},
        }
