"""What views hand to the elements: small values, in words that are already in one language."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

UNKNOWN = "unknown"
"""The value of "I don't know", in forms as in claim files."""

NONE_OF_THESE = "none"
"""The value of "none of these apply"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer among several: its value, its words, and what helps to choose.

    ``hint`` is a sentence; ``details`` are short words, of which none is broken at a line's end.
    """

    value: str
    label: str
    hint: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer and what to do: said on top, and again beside the field."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One answer to look over, with the place to change it."""

    term: str
    detail: str
    change: str = ""


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    CURRENT = "current"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the task: a step that can be opened has an address."""

    label: str
    progress: Progress
    hint: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause that is cited: its id and the place on the wording page where it stands."""

    clause: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A line of a table of money: integer yen in each column, ``None`` where there is nothing."""

    label: str
    amounts: tuple[int | None, ...]
    citation: Citation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it was typed, right or wrong; ``faults`` speaks of its own fields."""

    category: str = ""
    status: str = ""
    amount: str = ""
    currency: str = "JPY"
    on: date | str | None = None
    faults: tuple[Fault, ...] = ()
