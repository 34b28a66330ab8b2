"""Receipts of one person or one item, occurrence by occurrence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dosojin.batch.columns import NOT_NAMED, Groups
from dosojin.batch.layout.cells import Cells

Array = NDArray[Any]


def groups_by_name(
    cells: Cells,
    of: Array,
    offsets: Array,
    lists: Mapping[int, tuple[Array, Sequence[tuple[str, ...]]]],
) -> Groups | None:
    """Groups of receipts with the same name; None if none bears one.

    of: the occurrence of every receipt. lists: by variable, for every occurrence which of these
    lists of names it gives (−1: none).
    """
    if cells.codes is None or not (cells.codes >= 0).any():
        return None
    count = len(of)
    named = np.flatnonzero(cells.codes >= 0)
    size = len(cells.entries) + 1
    key = of[named].astype(np.int64) * size + cells.codes[named]
    order = np.argsort(key, kind="stable")
    ascending = key[order]
    opens = np.ones(len(order), bool)
    opens[1:] = ascending[1:] != ascending[:-1]
    # the first receipt of each name, for every receipt of it
    first = named[order[np.flatnonzero(opens)[np.cumsum(opens) - 1]]]
    leader = np.arange(count)
    leader[named[order]] = first
    is_leader = leader == np.arange(count)
    before = np.concatenate(([0], np.cumsum(is_leader)))
    groups = np.flatnonzero(is_leader)
    rank = {
        variable: _rank(cells, of[groups], cells.codes[groups], *given)
        for variable, given in lists.items()
    }
    return Groups(before[leader], before[offsets], rank)


def _rank(
    cells: Cells, occurrence: Array, name: Array, which: Array, lists: Sequence[tuple[str, ...]]
) -> Array:
    """For each group the place of its name in the list of its occurrence, or NOT_NAMED."""
    listed = {person for names in lists for person in names}
    codes = {entry: code for code, entry in enumerate(cells.entries) if entry in listed}
    places = sorted(
        (number * len(cells.entries) + codes[person], place)
        for number, names in enumerate(lists)
        for place, person in enumerate(dict.fromkeys(names))
        if person in codes
    )
    rank = np.full(len(name), NOT_NAMED, np.int32)
    if not places:
        return rank
    keys = np.array([key for key, _ in places])
    wanted = which[occurrence].astype(np.int64) * len(cells.entries) + name
    found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    is_named = (keys[found] == wanted) & (which[occurrence] >= 0) & (name >= 0)
    ranks = np.array([place for _, place in places], np.int32)
    return np.where(is_named, ranks[found], rank)
