"""The baseline: adding up every byte that a decision has to read, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np

from bench.batch.peers.serve import Contestant, Form, load
from bench.batch.rules import OCCURRENCE_ARRAYS, RECEIPT_ARRAYS


@numba.njit(parallel=True, cache=True)
def added_up_by_all(words: Any) -> int:
    total = 0
    for place in numba.prange(len(words)):
        total += words[place]
    return total


@numba.njit(cache=True)
def added_up(words: Any) -> int:
    total = 0
    for place in range(len(words)):
        total += words[place]
    return total


def contestant(folder: Path) -> Contestant:
    arrays = load(folder)
    receipts = len(arrays["amount"])
    names = ("offsets", *RECEIPT_ARRAYS, *OCCURRENCE_ARRAYS)
    compact = sum(arrays[name].nbytes for name in names)
    sizes = {"": compact}
    if "planes" in arrays:
        wide, narrow = arrays["planes"].tolist()
        sizes |= {", planes": wide, ", narrow planes": narrow}
    words = np.arange(max(sizes.values()) // 8, dtype=np.int64)
    forms: dict[str, Form] = {}
    for name, size in sizes.items():
        part = words[: size // 8]
        forms[f"1 thread{name}"] = Form(_adding(added_up, part), receipts)
        forms[f"2 threads{name}"] = Form(_adding(added_up_by_all, part), receipts)
    return Contestant(f"numba {numba.__version__}, numpy {np.__version__}", forms)


def _adding(function: Callable[[Any], int], words: Any) -> Callable[[], int]:
    numba.set_num_threads(2)
    function(words[:1000])
    return lambda: function(words)
