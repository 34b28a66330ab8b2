"""Machine code that one process made serves the next; without a place to keep it, all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba")

SCRIPT = """
from dosojin.adjudication.catalogue import load_lowered
from dosojin.adjudication.evaluation import evaluator
from dosojin.adjudication.read_claim import read_claim
from dosojin.batch.decide_columns import decide_columns
from dosojin.batch.through_scalar import columns_of

claim = {
    "product": "gakkensai-2026", "plan": "F", "as_of": "2026-08-31",
    "policy": {"inception": "2026-05-01", "expiry": "2026-10-31"},
    "facts": {"temporary_return": True, "temporary_return_assessed": 120_000},
}
lowered = load_lowered("gakkensai-2026")
columns = columns_of(lowered, evaluator(lowered).program, [read_claim(claim).case] * 3)
decided = decide_columns(columns, back_end="numba")
print(decided.lo.tolist(), decided.hi.tolist())
"""


def decided_with(cache: Path) -> str:
    """What a process of its own prints that keeps kernels in `cache`."""
    environment = {**os.environ, "DOSOJIN_CACHE": str(cache)}
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_the_next_process_finds_the_machine_code(tmp_path: Path) -> None:
    first = decided_with(tmp_path)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nb*")}
    assert kept, "nothing was kept"
    assert decided_with(tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nb*")} == kept


def test_where_nothing_can_be_kept_kernels_are_compiled_all_the_same(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    assert decided_with(in_the_way) == decided_with(tmp_path)
