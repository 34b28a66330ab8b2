"""What the engine refuses, as pages and programs say it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import get_language

from dosojin.values.problems import Problem
from dosojin.values.text import Text
from dosojin_web.components.shapes import Fault

# The engine names one rider that it does not know; a form has one field for all of them.
FIELDS = {"rider": "riders"}


def say(text: Text) -> str:
    """The text in the active language, as a sentence begins."""
    said = text.in_(get_language() or "en")
    return said[:1].upper() + said[1:]


class Refusal(Exception):
    """What was asked cannot be had.

    ``code`` is stable, for programs ("rating.end_before_start"); ``place`` is the name of the
    argument, which is that of the field; ``message`` says what is wrong, ``remedy`` what to do.
    """

    def __init__(self, code: str, place: str, message: Text, remedy: Text) -> None:
        super().__init__(f"{place}: {message.en} {remedy.en}")
        self.code = code
        self.place = place
        self.message = message
        self.remedy = remedy

    def sentence(self) -> str:
        """What is wrong and what to do, in the active language."""
        gap = "" if get_language() == "ja" else " "
        return say(self.message) + gap + say(self.remedy)

    def fault(self, fields: dict[str, str] | None = None) -> Fault:
        """The same beside its field; ``fields`` renames the places of forms that ask otherwise."""
        return Fault((fields or {}).get(self.place, self.place), self.sentence())


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a problem of the engine into a Refusal."""
    try:
        yield
    except Problem as problem:
        place = FIELDS.get(problem.place, problem.place)
        raise Refusal(problem.code, place, problem.message, problem.remedy) from None
