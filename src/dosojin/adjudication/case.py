"""A claim made ready for evaluation: what is known of every variable and every receipt line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Known = Any
"""See `program` for the shape by kind."""


@dataclass(frozen=True, slots=True)
class LineKnown:
    """One receipt: category, amount in yen at least and at most, its line variables by slot.

    day: the civil day (ordinal) the cost fell on, if exact. estimated: it may still become less.
    amount_slot: where clauses read the amount among the line variables, −1 if none does.
    """

    category: str
    lo: int
    hi: int
    known: tuple[Known, ...]
    person: str | None
    item: str | None
    day: int | None
    estimated: bool
    amount_slot: int = -1

    def as_billed(self) -> LineKnown:
        """The line with its estimate taken as a bill of the full amount."""
        known = list(self.known)
        if self.amount_slot >= 0:
            known[self.amount_slot] = (self.hi, self.hi)
        return replace(self, lo=self.hi, known=tuple(known), estimated=False)


@dataclass(frozen=True, slots=True)
class Case:
    """All that evaluation needs.

    known: by variable index. lines: in filing order. stated: variables the claim speaks of.
    asked: variables known to be unknown. named: persons lists by variable. others: for stateful
    nodes, by node index, what other occurrences used: (least, most) yen. place_offset: minutes
    east of UTC where it happened, if known.
    """

    known: tuple[Known, ...]
    lines: tuple[LineKnown, ...]
    stated: frozenset[int]
    asked: frozenset[int]
    named: Mapping[int, tuple[str, ...]]
    others: Mapping[int, tuple[int, int]]
    place_offset: int | None = None
    by_category: Mapping[str, list[int]] = field(default_factory=dict, compare=False)
    """The receipts of each category, in filing order; found when the case is made."""

    def __post_init__(self) -> None:
        if self.lines and not self.by_category:
            found: dict[str, list[int]] = {}
            for index, line in enumerate(self.lines):
                found.setdefault(line.category, []).append(index)
            object.__setattr__(self, "by_category", found)

    def with_known(self, variable: int, known: Known) -> Case:
        """The same case, one variable known otherwise."""
        values = list(self.known)
        values[variable] = known
        return replace(self, known=tuple(values))

    def with_line(self, line: int, changed: LineKnown) -> Case:
        """The same case, one line known otherwise."""
        lines = list(self.lines)
        lines[line] = changed
        return replace(self, lines=tuple(lines))

    def as_billed(self) -> Case:
        """Every estimate taken as a bill of its full amount."""
        lines = tuple(line.as_billed() if line.estimated else line for line in self.lines)
        return replace(self, lines=lines)
