"""The rows of one table as the occurrences see them: to whom they belong, and when they speak."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dosojin.batch.columns import occurrence_of
from dosojin.batch.layout.cells import one_array
from dosojin.batch.layout.rejects import Refusal, Rejects
from dosojin.values.problems import Problem

Array = NDArray[Any]


class Occurrences:
    """The occurrences in order, and which of them cannot be decided.

    policies, occurrences: their ids. as_of: ordinals. place_offset: minutes or OFFSET_UNKNOWN.
    bad: occurrences with a reject.
    """

    def __init__(self, policies: pa.ChunkedArray, occurrences: pa.ChunkedArray) -> None:
        self.policies = policies
        self.occurrences = occurrences
        self.count = len(occurrences)
        self.as_of: Array = np.zeros(self.count, np.int32)
        self.place_offset: Array = np.zeros(self.count, np.int32)
        self.bad = np.zeros(self.count, bool)


class FactRows:
    """One row for every occurrence (of `policies` or `occurrences`), or for every receipt.

    line: where each row stands in its table as given; None: one by one. number: by table and rows
    as given, how people count them.
    """

    def __init__(
        self,
        table: str,
        occurrences: Occurrences,
        rejects: Rejects,
        line: Array | None,
        number: Callable[[str, Array], Array],
        offsets: Array | None = None,
    ) -> None:
        self.table = table
        self.all = occurrences
        self.rejects = rejects
        self.offsets = offsets
        self.count = occurrences.count if offsets is None else int(offsets[-1])
        self._line = line
        self._number = number
        self._of: Array | None = None

    @property
    def of(self) -> Array | None:
        """The occurrence of every row; None: row i is of occurrence i."""
        if self.offsets is not None and self._of is None:
            self._of = occurrence_of(self.offsets)
        return self._of

    def as_of(self, rows: Array | None = None) -> Array:
        """By row, the ordinal of the day on which it was known."""
        return self._spread(self.all.as_of, rows)

    def place_offset(self, rows: Array | None = None) -> Array:
        """By row, minutes east of UTC, or OFFSET_UNKNOWN."""
        return self._spread(self.all.place_offset, rows)

    def _spread(self, values: Array, rows: Array | None) -> Array:
        of = self.of
        if of is None:
            return values if rows is None else values[rows]
        return values[of] if rows is None else values[of[rows]]

    def refuse(
        self,
        column: str,
        problem: Problem,
        rows: Array,
        values: Sequence[str | None] | str | None = None,
    ) -> None:
        """Rejects these rows, and with them their occurrences."""
        if len(rows):
            self.rejects.add(self.table, column, problem, values=values, **self._places(rows))

    def refuse_each(
        self, column: str, refusals: Sequence[Refusal], which: Array, rows: Array
    ) -> None:
        """Rejects these rows, each for the refusal with the number in `which`."""
        if len(rows):
            self.rejects.add_each(self.table, column, refusals, which, **self._places(rows))

    def _places(self, rows: Array) -> dict[str, Any]:
        """Where rows are, for the rejects; from now on their occurrences are bad."""
        of = self.of
        occurrence = rows if of is None else of[rows]
        self.all.bad[occurrence] = True
        lines = rows if self._line is None else self._line[rows]
        place = pa.array(occurrence)
        return {
            "lines": self._number(self.table, lines),
            "policies": one_array(self.all.policies.take(place)),
            "occurrences": one_array(self.all.occurrences.take(place)),
        }
