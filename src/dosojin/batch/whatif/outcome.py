"""What one wording pays on the claims of a partition, claim by claim.

Array by array, not compiled: a wording that is tried once is not worth a compiler's seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dosojin.batch.columns import UNLIMITED, UNLIMITED_FROM, Array, Columns, Decided
from dosojin.batch.decide_columns import decide_columns
from dosojin.batch.whatif.change_by_clause import Totals
from dosojin.batch.whatif.comparison import Amount
from dosojin.batch.whatif.exact_sums import exact_sum, exact_sums
from dosojin.values.money import Span

VERDICTS = ("not_covered", "depends", "covered")
"""By code: 0, 1, 2."""
_CODE = np.array([0, 0, 1, 2], np.int8)
"""By verdict as columns have it: 0, 2 or 3."""
_NOT_COVERED, _DEPENDS, _COVERED = range(3)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Decisions summed up by row: yen at worst and at best (UNLIMITED: no bound), verdict code."""

    decided: Decided
    lo: Array
    hi: Array
    verdict: Array

    @property
    def unlimited(self) -> Array:
        is_unlimited: Array = self.hi == UNLIMITED
        return is_unlimited

    def amount(self, apart: Array) -> Amount:
        """What all rows pay; those `apart` count as possible only what is certain."""
        hi = np.where(apart, self.lo, self.hi)
        return Amount(exact_sum(self.lo), exact_sum(hi), int(self.unlimited.sum()))

    def by_benefit(self, apart: Array) -> list[tuple[int, Amount]]:
        """By benefit (index), how many claim it and what it pays."""
        decided = self.decided
        count = len(self.benefits)
        hi = np.where(apart[decided.row], decided.lo, decided.hi)
        claims = np.bincount(decided.benefit, minlength=count).tolist()
        unlimited = decided.benefit[decided.hi >= UNLIMITED_FROM]
        without = np.bincount(unlimited, minlength=count).tolist()
        lows = exact_sums(decided.benefit, decided.lo, count)
        highs = exact_sums(decided.benefit, hi, count)
        return [
            (claims[i], Amount(lows[i], highs[i], without[i])) for i in range(count)
        ]

    @property
    def benefits(self) -> Sequence[int]:
        return range(int(self.decided.benefit.max(initial=-1)) + 1)

    def span(self, row: int) -> Span:
        return span_of(int(self.lo[row]), int(self.hi[row]))


def outcome_of(columns: Columns, *, with_totals: bool) -> Outcome:
    """Decides the claims and sums up every row."""
    decided = decide_columns(columns, back_end="numpy", with_totals=with_totals)
    lo, hi = np.zeros(columns.rows, np.int64), np.zeros(columns.rows, np.int64)
    np.add.at(lo, decided.row, decided.lo)
    np.add.at(hi, decided.row, decided.hi)
    hi[hi >= UNLIMITED_FROM] = UNLIMITED
    code = _CODE[decided.verdict]
    verdict = np.full(columns.rows, _DEPENDS, np.int8)
    verdict[decided.row] = _NOT_COVERED
    verdict[decided.row[code == _COVERED]] = _COVERED
    verdict[decided.row[code == _DEPENDS]] = _DEPENDS
    return Outcome(decided, lo, hi, verdict)


def totals_of(columns: Columns, outcome: Outcome, apart: Array) -> Totals:
    """What every node let through; rows `apart` count as possible only what is certain.

    apart: whole certificates, so that the others can be decided without them.
    """
    everything = outcome.decided.node_totals
    if not apart.any():
        return everything
    rest = columns.take(np.flatnonzero(~apart))
    bounded = decide_columns(rest, back_end="numpy", with_totals=True).node_totals
    return {
        node: (all_lo, hi + all_lo - lo)
        for node, (all_lo, _) in everything.items()
        for lo, hi in (bounded.get(node, (0, 0)),)
    }


def span_of(lo: int, hi: int) -> Span:
    """Yen of a row or entry as the outside sees them."""
    return Span(lo, None if hi >= UNLIMITED_FROM else hi)
