"""The reference of `rules`, receipt by receipt, on a sample."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

from bench.batch.peers.serve import Answer, Contestant, Form, load
from bench.batch.rules import (
    FLAGS,
    RECEIPT_ARRAYS,
    Occurrence,
    Receipt,
    decide_plainly,
)

SAMPLE = 50_000


def occurrences_of(arrays: dict[str, Any], count: int) -> list[Occurrence]:
    """The first `count` occurrences as objects."""
    offsets = arrays["offsets"][: count + 1].tolist()
    columns = (arrays[name][: offsets[-1]].tolist() for name in RECEIPT_ARRAYS)
    receipts = [Receipt(*row) for row in zip(*columns, strict=True)]
    days = arrays["hospital_days"][:count].tolist()
    insured = arrays["sum_insured"][:count].tolist()
    flags = [arrays[name][:count].tolist() for name in FLAGS]
    return [
        Occurrence(
            receipts[offsets[row] : offsets[row + 1]],
            days[row],
            insured[row],
            {name: flag[row] for name, flag in zip(FLAGS, flags, strict=True)},
        )
        for row in range(len(days))
    ]


def contestant(folder: Path) -> Contestant:
    occurrences = occurrences_of(load(folder), SAMPLE)
    receipts = sum(len(occurrence.receipts) for occurrence in occurrences)

    def work() -> list[tuple[int, int]]:
        return [decide_plainly(occurrence) for occurrence in occurrences]

    def answer(found: list[tuple[int, int]]) -> Answer:
        return [lo for lo, _ in found], [hi for _, hi in found]

    forms = {"objects": Form(work, receipts, answer)}
    about = f"Python {platform.python_version()}, a sample of {len(occurrences):,} occurrences"
    return Contestant(about, forms)
