"""The operations that compiled kernels call; numba writes them into each kernel's loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
from numba.extending import register_jitable

from dosojin.batch.columns import NOT_NAMED
from dosojin.batch.kernels import calendar_steps
from dosojin.values.moments import JAPAN_OFFSET, MINUTES_A_DAY

_Function = TypeVar("_Function", bound=Callable[..., Any])


def inline(function: _Function) -> _Function:
    """The function compiled, for kernels to call."""
    made: _Function = numba.njit(error_model="numpy", cache=True)(function)
    return made


@inline
def where(condition: Any, then: Any, otherwise: Any) -> Any:
    return then if condition else otherwise


@inline
def pack(must: Any, may: Any) -> Any:
    return (3 if must else 2) if may else 0


@inline
def word(known: Any, wanted: Any, others: Any) -> Any:
    may = 2 if known & wanted else 0
    return may | (0 if known & others else may >> 1)


@inline
def member(inside: Any, outside: Any, bit: Any) -> Any:
    return 3 if inside & bit else (0 if outside & bit else 2)


@inline
def start_in_japan(day: Any) -> Any:
    return day * MINUTES_A_DAY - JAPAN_OFFSET


@inline
def day_in_japan(minute: Any) -> Any:
    return (minute + JAPAN_OFFSET) // MINUTES_A_DAY


@inline
def first_of(amount: Any, present: Any, rank: Any, start: int, stop: int, count: int) -> int:
    """What `count` persons bring: those named by rank, then the costliest of the others."""
    total = 0
    left = count
    last = -1
    while left > 0:
        best = -1
        for g in range(start, stop):
            named = present[g] > 0 and last < rank[g] < NOT_NAMED
            if named and (best < 0 or rank[g] < rank[best]):
                best = g
        if best < 0:
            break
        total += amount[best]
        last = rank[best]
        left -= 1
    at = -1
    while left > 0:
        best = -1
        for g in range(start, stop):
            is_other = present[g] > 0 and (rank[g] < 0 or rank[g] == NOT_NAMED)
            comes_after = at < 0 or amount[g] < amount[at] or (amount[g] == amount[at] and g > at)
            if is_other and comes_after and (best < 0 or amount[g] > amount[best]):
                best = g
        if best < 0:
            break
        total += amount[best]
        at = best
        left -= 1
    return total


@inline
def gather_bits(offsets: Any, category: Any, table: Any, found: Any) -> None:
    """By claim, the bits of the categories of its receipts."""
    for i in range(len(found)):
        bits = 0
        for j in range(np.uint64(offsets[i]), np.uint64(offsets[i + 1])):
            bits |= table[category[j]]
        found[i] = bits


register_jitable(calendar_steps.civil_of)
register_jitable(calendar_steps.ordinal_of)
months_on = inline(calendar_steps.months_on)
