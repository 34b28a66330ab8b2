"""What a fact is: declared once, and forms, schemas, questions and checklists come from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from dosojin.facts.expressions import (
    CivilDay,
    Expression,
    Figure,
    Has,
    IsOneOf,
    IsTrue,
    Moment,
    Number,
    Quantity,
    all_of,
    as_expression,
    days_counted,
)
from dosojin.values.text import Text


class Owner(StrEnum):
    """Whom a fact belongs to, and so where a claim file states it."""

    POLICY = "policy"
    PERSON = "person"
    OCCURRENCE = "occurrence"
    LINE = "line"


class Kind(StrEnum):
    """What the values of a fact look like."""

    FLAG = "flag"
    """true or false"""
    CHOICE = "choice"
    """one word of a list"""
    CHOICES = "choices"
    """several words of a list, or "none" of them"""
    DAY = "day"
    """a civil date (2026-06-02), or a moment with its offset (2026-06-02T03:10-04:00)"""
    COUNT = "count"
    """a whole number of `unit`"""
    DURATION = "duration"
    """hours and minutes ("6:30"), kept in minutes"""
    YEN = "yen"
    """whole yen"""
    GRADES = "grades"
    """disability grades 1–14, one for each impairment"""
    PERSONS = "persons"
    """names of persons, in the order that counts"""


class Choice(StrEnum):
    """A word of a choice list. Families subclass it and give `titles`."""

    @property
    def title(self) -> Text:  # type: ignore[override]  # str.title() makes no sense for a word
        """How people read the word; a family lists it in `titles()`."""
        return type(self).titles()[self.value]

    @classmethod
    def titles(cls) -> dict[str, Text]:
        raise NotImplementedError(f"{cls.__name__} has no titles")


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """One thing that can be known.

    name: the word in claim files. owner, kind, unit ("yen", "days", "minutes", "persons", …).
    ask: the question, native in both languages; why: what the answer decides, shown beside it.
    choices: the list of a CHOICE or CHOICES. least, most: bounds of a number.
    applies_when: while this is NO the fact does not apply, is not asked, and every test of it
    fails (lowering guards each reader). proof: what documents show it. medical: health data.
    may_run: a DAY that may still lie ahead (a stay that goes on). utc_offset: a DAY that always
    happens at a known offset, in minutes ("left home": Japan). finding: a person's judgement.
    none_title: for CHOICES, what "none of these" says.
    """

    name: str
    owner: Owner
    kind: Kind
    title: Text
    ask: Text
    why: Text | None = None
    unit: str = ""
    choices: type[Choice] | None = None
    least: int | None = None
    most: int | None = None
    applies_when: Expression | None = None
    proof: tuple[str, ...] = ()
    medical: bool = False
    may_run: bool = False
    utc_offset: int | None = None
    finding: bool = False
    source: str = ""

    @property
    def is_true(self) -> Expression:
        self._require(Kind.FLAG)
        return IsTrue(self)

    def is_(self, *choices: Enum) -> Expression:
        """The choice is one of these."""
        self._require(Kind.CHOICE)
        assert self.choices is not None
        strangers = [c for c in choices if not isinstance(c, self.choices)]
        if strangers or not choices:
            raise TypeError(f"{self.name} has no choice {strangers}")
        return IsOneOf(self, tuple(choices))

    def has(self, member: Enum) -> Expression:
        """The set contains this member."""
        self._require(Kind.CHOICES)
        assert self.choices is not None
        if not isinstance(member, self.choices):
            raise TypeError(f"{self.name} has no member {member}")
        return Has(self, member)

    @property
    def quantity(self) -> Number:
        self._require(Kind.COUNT, Kind.DURATION, Kind.YEN)
        return Quantity(self)

    @property
    def day(self) -> Number:
        """Civil day at its place."""
        self._require(Kind.DAY)
        return CivilDay(self)

    @property
    def moment(self) -> Number:
        """Moment in UTC minutes; a bare date stands for its 24 hours."""
        self._require(Kind.DAY)
        return Moment(self)

    def within(self, days: Figure, *, of: Fact) -> Expression:
        """Not before `of`, and at most `days` days from it, that day counted as the first."""
        return all_of(of.day <= self.day, days_counted(of, self) <= days)

    def __le__(self, other: Number | Fact) -> Expression:
        return self.quantity <= (other.quantity if isinstance(other, Fact) else other)

    def __lt__(self, other: Number | Fact) -> Expression:
        return self.quantity < (other.quantity if isinstance(other, Fact) else other)

    def __ge__(self, other: Number | Fact) -> Expression:
        return self.quantity >= (other.quantity if isinstance(other, Fact) else other)

    def __gt__(self, other: Number | Fact) -> Expression:
        return self.quantity > (other.quantity if isinstance(other, Fact) else other)

    def _require(self, *kinds: Kind) -> None:
        if self.kind not in kinds:
            raise TypeError(f"{self.name} is a {self.kind}, not a {' or '.join(kinds)}")

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Fact) and (self.name, self.owner) == (other.name, other.owner)
        )


@dataclass(frozen=True, slots=True)
class Check:
    """What every possible claim obeys, or it is bad input: admitted not after discharged."""

    test: Expression
    message: Text
    source: str = ""


def applies(test: Expression | Fact) -> Expression:
    """Reads better in declarations: applies_when=applies(died)."""
    return as_expression(test)
