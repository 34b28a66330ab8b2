"""Sums of yen that never overflow, whatever stands in the planes."""

from __future__ import annotations

import numpy as np

from dosojin.batch.columns import Array

_LOW_BITS = 24
_LOW_MASK = (1 << _LOW_BITS) - 1


def exact_sum(amounts: Array) -> int:
    """The sum of an int64 plane, as a Python integer."""
    high = int((amounts >> _LOW_BITS).sum(dtype=np.int64))
    return (high << _LOW_BITS) + int((amounts & _LOW_MASK).sum(dtype=np.int64))


def exact_sums(group: Array, amounts: Array, count: int) -> list[int]:
    """The sums by group (0 up to, not including, count), as Python integers."""
    high, low = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.add.at(high, group, amounts >> _LOW_BITS)
    np.add.at(low, group, amounts & _LOW_MASK)
    pairs = zip(high.tolist(), low.tolist(), strict=True)
    return [(int(above) << _LOW_BITS) + int(below) for above, below in pairs]
