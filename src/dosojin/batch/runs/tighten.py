"""`--tight`: decisions that are still open, made again with the bounds that a single claim gets.

Plain bounds look at each missing fact by itself; `decide` looks at combinations and is often
narrower. What an occurrence then uses of a limit is narrower too, and so are the later ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dosojin.adjudication.decide import Adjudication
from dosojin.adjudication.evaluation import evaluator
from dosojin.adjudication.money_nodes import STATEFUL
from dosojin.adjudication.plain_decision import deciding_clause, verdict_of
from dosojin.batch.columns import UNLIMITED, UNLIMITED_FROM, Array, Columns, Decided
from dosojin.batch.decide_columns import VERDICTS
from dosojin.batch.limit_use import LimitUse
from dosojin.batch.through_scalar import RowReader
from dosojin.values.money import UNBOUNDED, Span

_DEPENDS = 2


@dataclass(frozen=True, slots=True)
class Use:
    """What one decision uses of a limit, and the policy years it may fall into (0, 0: none)."""

    entry: int
    node: int
    first: int
    last: int
    lo: int
    hi: int


def tighten(columns: Columns, decided: Decided, policy_start: str) -> tuple[Decided, Array]:
    """The decisions with the open ones made again, and which these are.

    policy_start: the name of the policy's first day.
    """
    is_open = (decided.verdict == _DEPENDS) | (decided.lo != decided.hi)
    if not is_open.any():
        return decided, is_open
    return _Tightening(columns, decided, policy_start).tightened(is_open)


def certain_use(own: tuple[int, int], other: tuple[int, int, int, int]) -> tuple[int, int]:
    """What another occurrence's use (first year, last year, lo, hi) takes from one in years `own`.

    Nothing if the years cannot be the same; for certain only if they must be.
    """
    first, last, lo, hi = other
    if last < own[0] or first > own[1]:
        return 0, 0
    return (lo if first == last == own[0] == own[1] else 0), hi


class _Tightening:
    def __init__(self, columns: Columns, decided: Decided, policy_start: str) -> None:
        self.columns = columns
        self.decided = decided
        self.lowered = columns.lowered
        self.policy_start = policy_start
        self.evaluator = evaluator(columns.lowered)
        self.reader = RowReader(self.evaluator.program, columns)
        names = [variable.name for variable in self.lowered.variables]
        start = names.index(policy_start) if policy_start in names else -1
        self.years = LimitUse(self.lowered, columns, start).years
        self.nodes = [i for i, node in enumerate(self.lowered.nodes) if node.scope in STATEFUL]
        self.node_numbers = {self.lowered.nodes[i].id: i for i in self.nodes}
        self.clauses = {clause.id: i for i, clause in enumerate(self.lowered.clauses)}
        self.entries = np.searchsorted(decided.row, np.arange(columns.rows + 1))
        self.uses = np.searchsorted(decided.usage_entry, np.arange(len(decided.row) + 1))
        self.made = {
            name: getattr(decided, name).copy() for name in ("verdict", "lo", "hi", "clause")
        }

    def tightened(self, is_open: Array) -> tuple[Decided, Array]:
        certificate = self.columns.certificate
        open_rows = np.unique(self.decided.row[is_open])
        certificates = np.unique(certificate[open_rows])
        begins = np.searchsorted(certificate, certificates, "left")
        ends = np.searchsorted(certificate, certificates, "right")
        doing = set(open_rows.tolist())
        found: list[Use] = []
        kept = np.ones(len(self.decided.usage_entry), np.bool_)
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            booked: list[Use] = []
            for row in range(begin, end):
                if row in doing:
                    uses = list(self._again(row, booked))
                    first, last = self.uses[self.entries[row]], self.uses[self.entries[row + 1]]
                    kept[first:last] = False
                    found += uses
                else:
                    uses = list(self._as_decided(row))
                booked += uses
        made: dict[str, Any] = {**self.made, **self._usage(found, kept)}
        return replace(self.decided, **made), is_open

    def _own_years(self, node: int, row: int) -> tuple[int, int]:
        first, last = self.years(node, np.array([row]))
        return int(first[0]), int(last[0])

    def _others(self, row: int, booked: Sequence[Use]) -> dict[int, tuple[int, int]]:
        """What was used elsewhere, by node: what the claim says, and earlier occurrences."""
        found: dict[int, tuple[int, int]] = {}
        for node in self.nodes:
            given = self.columns.usage.get(node)
            least, most = (int(given[0][row]), int(given[1][row])) if given else (0, 0)
            mine = [use for use in booked if use.node == node]
            own = self._own_years(node, row) if mine else (0, 0)
            for use in mine:
                lo, hi = certain_use(own, (use.first, use.last, use.lo, use.hi))
                least, most = least + lo, most + hi
            if most:
                found[node] = least, UNBOUNDED if most >= UNLIMITED_FROM else most
        return found

    def _again(self, row: int, booked: Sequence[Use]) -> Iterator[Use]:
        """Decides a row anew; gives what it uses."""
        work = Adjudication(self.evaluator, self.reader.case(row, self._others(row, booked)))
        entries = range(int(self.entries[row]), int(self.entries[row + 1]))
        of_node: dict[int, int] = {}
        for position, (entry, unit) in enumerate(zip(entries, work.units, strict=True)):
            parts = [part for part in unit.benefit.parts if part in work.open_parts]
            verdict, at = verdict_of([work.part_truth(part) for part in parts])
            clause = deciding_clause(self.lowered, work.run.truths, unit, parts[at])
            self.made["verdict"][entry] = VERDICTS[verdict.value]
            self.made["clause"][entry] = self.clauses[clause]
            self.made["lo"][entry], self.made["hi"][entry] = _ends(work.benefit_span(position))
            of_node |= dict.fromkeys(unit.nodes, entry)
        for usage in work.usage(self.policy_start):
            node = self.node_numbers[usage.node]
            years = self._own_years(node, row)
            yield Use(of_node[node], node, *years, *_ends(usage.consumed))

    def _as_decided(self, row: int) -> Iterator[Use]:
        decided = self.decided
        first, last = self.uses[self.entries[row]], self.uses[self.entries[row + 1]]
        for at in range(int(first), int(last)):
            node = int(decided.usage_node[at])
            lo, hi = int(decided.usage_lo[at]), int(decided.usage_hi[at])
            entry = int(decided.usage_entry[at])
            yield Use(entry, node, *self._own_years(node, row), lo, hi)

    def _usage(self, found: Sequence[Use], kept: Array) -> dict[str, Array]:
        old = self.decided
        own = {
            "usage_entry": [use.entry for use in found],
            "usage_node": [use.node for use in found],
            "usage_year": [use.first if use.first == use.last else 0 for use in found],
            "usage_lo": [use.lo for use in found],
            "usage_hi": [use.hi for use in found],
        }
        joined = {
            name: np.concatenate([getattr(old, name)[kept], values]).astype(
                getattr(old, name).dtype
            )
            for name, values in own.items()
        }
        order = np.lexsort((joined["usage_node"], joined["usage_entry"]))
        return {name: values[order] for name, values in joined.items()}


def _ends(span: Span) -> tuple[int, int]:
    """A span as planes hold it."""
    return span.lo if span.lo < UNLIMITED_FROM else UNLIMITED, (
        UNLIMITED if span.hi is None else span.hi
    )
