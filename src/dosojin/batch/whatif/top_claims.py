"""The claims that move most, kept while partitions go by, and looked at closely in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np

from dosojin.batch.columns import UNLIMITED_FROM, Array, Columns
from dosojin.batch.whatif.change_by_clause import ChangeByClause, Totals
from dosojin.batch.whatif.comparison import BenefitOfClaim, ClauseStep, MovedClaim
from dosojin.batch.whatif.outcome import VERDICTS, Outcome, outcome_of, span_of

_VERDICT = {0: VERDICTS[0], 2: VERDICTS[1], 3: VERDICTS[2]}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A claim that may be among them: yen moved, its place, its certificate up to itself."""

    moved: int
    place: int
    policy: str
    occurrence: str
    columns: tuple[Columns, Columns]

    @property
    def order(self) -> tuple[int, int]:
        return -self.moved, self.place


class TopClaims:
    """Keeps the `most` claims that move farthest; of two that move alike the first that came."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: list[_Candidate] = []
        self._seen = 0

    def add(
        self,
        columns: tuple[Columns, Columns],
        moved: Array,
        name_of: Callable[[int], tuple[str, str]],
    ) -> None:
        """Adds the claims of a partition.

        moved: by row, by how many yen. name_of: policy and occurrence of a row.
        """
        rows = np.flatnonzero(moved >= max(self._least_wanted(), 1))
        if len(rows) > self._most:
            order = np.lexsort((rows, -moved[rows]))[: self._most]
            rows = np.sort(rows[order])
        found = [
            _Candidate(
                int(moved[row]), self._seen + row, *name_of(row), _certificates(columns, row)
            )
            for row in rows.tolist()
        ]
        self._found = nsmallest(self._most, [*self._found, *found], key=lambda each: each.order)
        self._seen += columns[0].rows

    def _least_wanted(self) -> int:
        return self._found[-1].moved + 1 if len(self._found) >= self._most > 0 else 1

    def claims(self, by_clause: ChangeByClause) -> tuple[MovedClaim, ...]:
        """The claims, the one that moves most first, each decided again by itself."""
        return tuple(_moved_claim(each, by_clause) for each in self._found)


def _certificates(columns: tuple[Columns, Columns], row: int) -> tuple[Columns, Columns]:
    """The occurrences of the row's certificate up to the row: all that can bear on it."""
    certificate = columns[0].certificate
    first = int(np.searchsorted(certificate, certificate[row], side="left"))
    rows = np.arange(first, row + 1)
    return columns[0].take(rows), columns[1].take(rows)


@dataclass(frozen=True, slots=True)
class _Alone:
    """The last claim of a certificate by itself: its decisions, and what its nodes let through."""

    outcome: Outcome
    totals: Totals

    @property
    def row(self) -> int:
        return len(self.outcome.lo) - 1


def _alone(columns: Columns) -> _Alone:
    outcome = outcome_of(columns, with_totals=True)
    totals = outcome.decided.node_totals
    if columns.rows > 1:
        earlier = outcome_of(columns.take(np.arange(columns.rows - 1)), with_totals=True)
        before = earlier.decided.node_totals
        totals = {
            node: (lo - before.get(node, (0, 0))[0], hi - before.get(node, (0, 0))[1])
            for node, (lo, hi) in totals.items()
        }
    return _Alone(outcome, totals)


def _moved_claim(candidate: _Candidate, by_clause: ChangeByClause) -> MovedClaim:
    before, after = (_alone(columns) for columns in candidate.columns)
    row = before.row
    benefits = [
        _benefits(alone, columns)
        for alone, columns in zip((before, after), candidate.columns, strict=True)
    ]
    ids = dict.fromkeys([*benefits[1], *benefits[0]])
    return MovedClaim(
        candidate.policy,
        candidate.occurrence,
        before.outcome.span(row),
        after.outcome.span(row),
        tuple((id, benefits[0].get(id), benefits[1].get(id)) for id in ids),
        _steps(before, after, by_clause),
    )


def _steps(before: _Alone, after: _Alone, by_clause: ChangeByClause) -> tuple[ClauseStep, ...]:
    if any(alone.outcome.hi[alone.row] >= UNLIMITED_FROM for alone in (before, after)):
        return by_clause.steps(_certain(before.totals), _certain(after.totals))
    return by_clause.steps(before.totals, after.totals)


def _certain(totals: Totals) -> Totals:
    return {node: (lo, lo) for node, (lo, _) in totals.items()}


def _benefits(alone: _Alone, columns: Columns) -> dict[str, BenefitOfClaim]:
    decided, lowered = alone.outcome.decided, columns.lowered
    found = {}
    for entry in np.flatnonzero(decided.row == alone.row).tolist():
        found[lowered.benefits[int(decided.benefit[entry])].id] = BenefitOfClaim(
            _VERDICT[int(decided.verdict[entry])],
            span_of(int(decided.lo[entry]), int(decided.hi[entry])),
            lowered.clauses[int(decided.clause[entry])].id,
        )
    return found
