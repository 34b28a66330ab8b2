"""What views hand to the elements of a portal: rows, tabs, filters, events, contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .shapes import Choice


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``amount`` sets it to the right, in figures of one width."""

    label: str
    amount: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: words or yen, with a link, a state and a note if there are any.

    ``state`` names a state of the design system; ``text`` then replaces its usual word.
    """

    text: str = ""
    address: str = ""
    state: str = ""
    yen: int | None = None
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not (self.text or self.state or self.note) and self.yen is None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its first cell names it."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a portal."""

    label: str
    address: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows a list: sent as ``name``; ``empty`` words "all of them"."""

    name: str
    label: str
    options: Sequence[Choice]
    value: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class PastEvent:
    """Who did what, and when. ``note`` says more; ``address`` leads to what it is about."""

    at: datetime
    who: str
    what: str
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """An answer in two versions: the reader's and what is saved meanwhile."""

    label: str
    yours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.yours != self.theirs


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number as it is dialled from abroad, as it is written, and what it is for."""

    dialled: str
    written: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Someone who can be reached: what for, when, and whether now.

    ``open_now`` is None where no hours are known. ``change`` says when it opens or closes next,
    in Japan's time; ``change_there`` the same moment in the reader's zone.
    """

    name: str
    purpose: str = ""
    telephones: Sequence[Telephone] = ()
    mail: str = ""
    place: str = ""
    hours: Sequence[str] = ()
    open_now: bool | None = None
    change: str = ""
    change_there: str = ""
    more_hours: Sequence[tuple[str, Sequence[str]]] = ()
    """Narrower hours of the same number: what they are, and their lines."""
    notes: Sequence[str] = ()
