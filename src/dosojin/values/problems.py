"""What a person is told when the input cannot be taken: where, what is wrong, what to do."""

from __future__ import annotations

from dosojin.values.text import Text


class Problem(Exception):
    """One refusal of bad input.

    `code` is stable and made for programs ("fact.unknown"), `place` points into the input
    ("claim.yaml: expenses[3].currency"), `message` says what is wrong, `remedy` what to do.
    """

    def __init__(self, code: str, place: str, message: Text, remedy: Text) -> None:
        super().__init__(f"{place}: {message.en} {remedy.en}")
        self.code = code
        self.place = place
        self.message = message
        self.remedy = remedy

    def in_(self, language: str) -> str:
        """The whole refusal as one line of prose."""
        return f"{self.place}: {self.message.in_(language)} {self.remedy.in_(language)}"

    def within(self, place: str) -> Problem:
        """The same problem, its place seen from further outside."""
        joint = "" if self.place.startswith("[") else "."
        inner = f"{place}{joint}{self.place}" if self.place else place
        return Problem(self.code, inner, self.message, self.remedy)
