"""This project: the very columns a batch would hold, through every back end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.batch.peers.serve import Answer, Contestant, Form, load
from bench.batch.workload import columns_of
from dosojin.batch.columns import Columns, Decided
from dosojin.batch.decide_columns import decide_columns
from dosojin.batch.kernels.kernel_set import has_numba
from dosojin.batch.runs.keep_memory import keep_memory

BACK_ENDS = {
    "numba, 1 thread": ("numba", 1),
    "numba, 2 threads": ("numba", 2),
    "numpy": ("numpy", 1),
}


def answer(found: Decided) -> Answer:
    """One entry an occurrence: every one has receipts, so it claims the one benefit there is."""
    assert len(found.row) == len(found.through_scalar), "an occurrence without a decision"
    assert not found.through_scalar.any(), "an occurrence that no kernel decided"
    return found.lo, found.hi


def contestant_of(columns: Columns) -> Contestant:
    keep_memory()  # as every run of `dosojin batch` does
    forms = {
        name: Form(_deciding(columns, back_end, threads), columns.receipts.count, answer)
        for name, (back_end, threads) in BACK_ENDS.items()
        if has_numba() or back_end != "numba"
    }
    return Contestant(f"this tree, numpy {np.__version__}", forms)


def contestant(folder: Path) -> Contestant:
    return contestant_of(columns_of(load(folder)))


def _deciding(columns: Columns, back_end: str, threads: int) -> Callable[[], Decided]:
    return lambda: decide_columns(columns, back_end=back_end, threads=threads)
