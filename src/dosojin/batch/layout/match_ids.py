"""Finds rows by id: which policy an occurrence belongs to, which occurrence a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dosojin.batch.layout.cells import one_array, plain_values

Array = NDArray[Any]
NONE = -1
_SPARSE = 8
"""Ids that spread over more than so many times their count are searched, not looked up."""


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of a column: whole numbers as an array, texts as Arrow has them."""

    whole: Array | None
    texts: pa.Array | None
    valid: Array | None

    @property
    def count(self) -> int:
        return len(self._held)

    @property
    def _held(self) -> Any:
        return self.texts if self.whole is None else self.whole

    def take(self, rows: Array) -> Ids:
        return Ids(
            None if self.whole is None else self.whole[rows],
            None if self.texts is None else self.texts.take(pa.array(rows)),
            None if self.valid is None else self.valid[rows],
        )

    def differ(self) -> Array:
        """For each row but the first, whether its id differs from the one before."""
        if self.whole is not None:
            changes: Array = self.whole[1:] != self.whole[:-1]
            return changes
        assert self.texts is not None
        found = pc.not_equal(self.texts[1:], self.texts[:-1])
        differs: Array = found.fill_null(True).to_numpy(zero_copy_only=False)
        return differs.astype(bool)

    def ascend(self) -> bool:
        """Whether every id is above the one before."""
        if self.whole is not None:
            return bool((self.whole[1:] > self.whole[:-1]).all())
        assert self.texts is not None
        return bool(pc.all(pc.greater(self.texts[1:], self.texts[:-1]), min_count=0).as_py())

    def order(self) -> Array:
        """The rows in ascending order of id; of equal ids the first comes first."""
        if self.whole is not None:
            return np.argsort(self.whole, kind="stable")
        order = pc.sort_indices(self.texts)
        return np.asarray(order.to_numpy(zero_copy_only=False)).astype(np.int64)


def ids_of(column: pa.ChunkedArray) -> Ids:
    """The ids of a column of int64 or string."""
    if pa.types.is_int64(column.type):
        values, valid = plain_values(column)
        return Ids(values, None, valid)
    array = one_array(column)
    valid = array.is_valid().to_numpy(zero_copy_only=False) if array.null_count else None
    return Ids(None, array, valid)


def repeated(ids: Ids) -> Array | None:
    """Which rows share their id with another row; None: none does."""
    if ids.ascend():
        return None
    order = ids.order()
    same = ~ids.take(order).differ()
    if not same.any():
        return None
    found = np.zeros(ids.count, bool)
    found[order[1:][same]] = True
    found[order[:-1][same]] = True
    return found


def positions(wanted: Ids, ids: Ids) -> Array:
    """For each id wanted, the row of `ids` that bears it, NONE if there is none.

    Where several rows bear it, any of them. Rows that have no id must not stand in either.
    """
    if ids.whole is None or wanted.whole is None:
        found = pc.index_in(wanted.texts, value_set=ids.texts)
        return np.asarray(found.fill_null(NONE).to_numpy()).astype(np.int64)
    if not len(ids.whole) or not len(wanted.whole):
        return np.full(len(wanted.whole), NONE, np.int64)
    if len(ids.whole) == len(wanted.whole) and np.array_equal(ids.whole, wanted.whole):
        return np.arange(len(ids.whole))
    least, most = int(ids.whole.min()), int(ids.whole.max())
    if most - least < _SPARSE * len(ids.whole) + 1024:
        return _looked_up(wanted.whole, ids.whole, least, most)
    order = None if ids.ascend() else ids.order()
    ascending = ids.whole if order is None else ids.whole[order]
    found = np.minimum(np.searchsorted(ascending, wanted.whole), len(ascending) - 1)
    rows = found if order is None else order[found]
    return np.where(ascending[found] == wanted.whole, rows, NONE)


def _looked_up(wanted: Array, ids: Array, least: int, most: int) -> Array:
    table = np.full(most - least + 1, NONE, np.int32)
    table[ids - least] = np.arange(len(ids), dtype=np.int32)
    is_inside = (wanted >= least) & (wanted <= most)
    if is_inside.all():
        found: Array = table[wanted - least]
        return found.astype(np.int64)
    found = np.where(is_inside, table[np.where(is_inside, wanted, least) - least], NONE)
    return found.astype(np.int64)


def run_starts(ids: Ids) -> Array:
    """The rows at which a new id begins, the first row among them."""
    if not ids.count:
        return np.zeros(0, np.int64)
    return np.concatenate(([0], np.flatnonzero(ids.differ()) + 1))
