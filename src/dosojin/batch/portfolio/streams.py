"""Draws in whole numbers from independent streams: one for each partition and purpose."""

from __future__ import annotations

import numpy as np

from dosojin.batch.columns import Array
from dosojin.batch.portfolio.specs import PER_MILLION, Table, Weights

_BITS = 30


class Stream:
    """A stream of integer draws; `SeedSequence` keeps streams of other keys independent."""

    def __init__(self, seed: int, *key: int) -> None:
        sequence = np.random.SeedSequence(seed, spawn_key=key)
        self._generator = np.random.Generator(np.random.Philox(sequence))

    def below(self, rows: int, bound: int) -> Array:
        """Whole numbers from 0 to bound − 1."""
        return self._generator.integers(0, bound, rows, dtype=np.int64)

    def within(self, spans: Array) -> Array:
        """For each span (at least 1, below 2^33) a whole number from 0 to span − 1."""
        drawn = self.below(len(spans), 1 << _BITS)
        found: Array = (drawn * spans) >> _BITS
        return found

    def happens(self, rows: int, chance: int) -> Array:
        """True in `chance` of a million rows."""
        found: Array = self.below(rows, PER_MILLION) < chance
        return found

    def pick(self, rows: int, choice: Weights) -> Array:
        """Codes by their weights, int64."""
        codes = np.array(choice.codes, np.int64)
        if len(codes) == 1:
            return np.full(rows, codes[0], np.int64)
        bounds = np.cumsum(np.array(choice.weights, np.int64))
        drawn = self.below(rows, int(bounds[-1]))
        found: Array = codes[np.searchsorted(bounds, drawn, side="right")]
        return found

    def quantile(self, rows: int, table: Table) -> Array:
        """Values of a table of quantiles, in its unit, int64; straight lines in integers."""
        drawn = self.below(rows, PER_MILLION + 1)
        positions = np.array(table.positions, np.int64)
        values = np.array(table.values, np.int64)
        left = np.searchsorted(positions, drawn, side="right") - 1
        left = np.minimum(left, len(positions) - 2)
        run = positions[left + 1] - positions[left]
        rise = values[left + 1] - values[left]
        found: Array = values[left] + (drawn - positions[left]) * rise // run
        return found
