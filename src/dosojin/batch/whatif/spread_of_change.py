"""How far claims move: counts by change, kept in bounded memory, told in quantiles and bins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from dosojin.batch.columns import Array
from dosojin.batch.whatif.comparison import QUANTILES, Bin, Spread

DISTINCT_MAX = 200_000
"""Different changes kept exactly; beyond it they are rounded, which leaves a few ten thousand."""
_DIGITS_KEPT = 1_000
_SERIES = (1, 2, 5)
_FIRST_EDGE = 1_000
"""Yen; smaller changes share one bin. From here on edges go 1, 2, 5, 10, 20, 50 …"""


class SpreadOfChange:
    """Gathers the changes of claims, partition by partition."""

    def __init__(self) -> None:
        self._values: Array = np.zeros(0, np.int64)
        self._counts: Array = np.zeros(0, np.int64)
        self._is_exact = True
        self._least = self._most = 0

    def add(self, changes: Array) -> None:
        """Adds the changes of some claims, in yen; those of 0 are left out."""
        moved = changes[changes != 0]
        if not len(moved):
            return
        if len(self._values):
            self._least = min(self._least, int(moved.min()))
            self._most = max(self._most, int(moved.max()))
        else:
            self._least, self._most = int(moved.min()), int(moved.max())
        if not self._is_exact:
            moved = _rounded(moved)
        values, counts = np.unique(moved, return_counts=True)
        self._merge(values, counts)
        if len(self._values) > DISTINCT_MAX and self._is_exact:
            self._is_exact = False
            values, counts = _rounded(self._values), self._counts
            self._values = self._counts = np.zeros(0, np.int64)
            self._merge(values, counts)

    def _merge(self, values: Array, counts: Array) -> None:
        together = np.concatenate([self._values, values])
        self._values, places = np.unique(together, return_inverse=True)
        added = np.zeros(len(self._values), np.int64)
        np.add.at(added, places, np.concatenate([self._counts, counts]))
        self._counts = added

    def spread(self) -> Spread:
        """All that was added."""
        moved = int(self._counts.sum())
        return Spread(
            moved,
            self._least,
            self._most,
            tuple(self._quantiles(moved)) if moved else (),
            tuple(self._bins()),
            self._is_exact,
        )

    def _quantiles(self, moved: int) -> Iterator[tuple[int, int]]:
        reached = np.cumsum(self._counts)
        for percent in QUANTILES:
            rank = max(-(-moved * percent // 100), 1)
            value = int(self._values[int(np.searchsorted(reached, rank))])
            yield percent, min(max(value, self._least), self._most)

    def _bins(self) -> Iterator[Bin]:
        """Bins between the least and the most, in order, empty ones among them included."""
        if not len(self._values):
            return
        bounds = bins_up_to(max(abs(self._least), abs(self._most)))
        counts = [self._between(least, most) for least, most in bounds]
        filled = [place for place, count in enumerate(counts) if count]
        for place in range(filled[0], filled[-1] + 1):
            yield Bin(*bounds[place], counts[place])

    def _between(self, least: int, most: int) -> int:
        first = int(np.searchsorted(self._values, least, side="left"))
        last = int(np.searchsorted(self._values, most, side="right"))
        return int(self._counts[first:last].sum())


def bins_up_to(most: int) -> list[tuple[int, int]]:
    """The bins of changes of up to `most` yen in either direction, in order."""
    edges = bin_edges(most)
    return [(-most, -least) for least, most in reversed(edges)] + edges


def bin_edges(most: int) -> list[tuple[int, int]]:
    """The bins of positive changes up to `most` yen, both ends included: (1, 999), (1000, 1999)"""
    found: list[tuple[int, int]] = []
    least, unit, place = 1, _FIRST_EDGE, 0
    while least <= most:
        edge = _SERIES[place] * unit
        found.append((least, edge - 1))
        least = edge
        place += 1
        if place == len(_SERIES):
            place, unit = 0, unit * 10
    return found


def _rounded(values: Array) -> Array:
    """Towards zero to three digits; never to 0."""
    size: Any = np.abs(values)
    scale = np.ones(len(values), np.int64)
    while (too_long := size // scale >= _DIGITS_KEPT).any():
        scale[too_long] *= 10
    rounded: Array = np.sign(values) * (size // scale * scale)
    return rounded
