"""Cuts ids into ranges of about equal weight, from one pass over them that keeps but a sample."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dosojin.batch.layout.id_types import are_plain

SAMPLE_MAX = 1 << 16


class IdSample:
    """Every n-th id that passes by, n growing so that the sample stays small.

    count: how many passed. are_whole: whether all that are not null are whole numbers, or texts
    of plain ones.
    """

    def __init__(self) -> None:
        self.count = 0
        self.are_whole = True
        self._every = 1
        self._next = 0
        self._kept: list[Any] = []

    def add(self, ids: pa.ChunkedArray) -> None:
        """The ids of some more rows."""
        if self.are_whole and not pa.types.is_integer(ids.type):
            self.are_whole = are_plain(ids)
        taken = np.arange(self._next, len(ids), self._every)
        self._next += self._every * len(taken) - len(ids)
        self._kept += ids.take(pa.array(taken)).to_pylist()
        self.count += len(ids)
        while len(self._kept) > SAMPLE_MAX:
            self._next += self._every * (len(self._kept) % 2)
            self._kept = self._kept[::2]
            self._every *= 2

    def ends(self, ranges: int) -> list[Any]:
        """Where ranges of about equal weight begin, ascending; the first begins before all."""
        kept = [id for id in self._kept if id is not None]
        ordered = sorted(map(int, kept) if self.are_whole else kept)
        found = [ordered[len(ordered) * place // ranges] for place in range(1, ranges) if ordered]
        return sorted(set(found))


def range_of(ids: pa.ChunkedArray, ends: list[Any]) -> NDArray[Any]:
    """The range of every id; a null belongs to the first."""
    if pa.types.is_integer(ids.type):
        values = pc.fill_null(ids, -(1 << 63)).to_numpy()
        places: NDArray[Any] = np.searchsorted(np.array(ends, np.int64), values, side="right")
        return places
    encoded = ids.combine_chunks().dictionary_encode(null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0) if encoded.num_chunks else pa.array([], encoded.type)
    words = encoded.dictionary.to_pylist()
    of_word = np.array(
        [0 if word is None else bisect_right(ends, word) for word in words], np.int64
    )
    found: NDArray[Any] = of_word[encoded.indices.to_numpy()]
    return found
