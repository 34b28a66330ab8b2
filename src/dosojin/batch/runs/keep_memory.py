"""Keeps the memory of one partition for the next.

glibc hands every large array back to the system when it is freed; the next partition then pays for
each page of its arrays anew. Told to keep it, a process stays as large as its largest partition.
"""

from __future__ import annotations

import ctypes
from functools import cache

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
_KEPT_BYTES = 1 << 30
_PAD_BYTES = 1 << 26
_HEAP_BYTES = 1 << 25
"""Half of what glibc calls a heap: the largest it takes as a threshold."""


@cache
def keep_memory() -> bool:
    """Tells the C library, if it is glibc, to keep what is freed; whether it listened."""
    try:
        change = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return False
    asked = (
        (_MMAP_THRESHOLD, _HEAP_BYTES),
        (_TRIM_THRESHOLD, _KEPT_BYTES),
        (_TOP_PAD, _PAD_BYTES),
    )
    return all([change(what, size) == 1 for what, size in asked])
