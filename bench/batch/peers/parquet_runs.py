"""Whole runs of this project over Parquet partitions, and what only reading them costs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.batch.peers.serve import Answer, Contestant, Form
from bench.batch.shadow_tree import EDITION
from dosojin.batch.runs.decide_partition import Options
from dosojin.batch.runs.progress import Silence
from dosojin.batch.runs.run_batch import Runner, plan_run, run_batch
from dosojin.batch.runs.runners import runner_for

TABLES = ("policies", "occurrences", "receipts")
DECODING = "decoding the input"
LOCAL = "Parquet to Parquet, 2 jobs"
IN_TURN = "Parquet to Parquet, 1 job"


def decode(folder: Path) -> int:
    """Reads every column of every table, partition by partition, with all of Arrow's threads."""
    rows = 0
    for part in sorted(folder.iterdir()):
        for name in TABLES:
            rows += pq.read_table(part / f"{name}.parquet").num_rows
    return rows


def receipts_in(folder: Path) -> int:
    return sum(pq.read_metadata(path).num_rows for path in folder.glob("*/receipts.parquet"))


def run_of(folder: Path, name: str, runner: Runner) -> Callable[[], Path]:
    """A run from beginning to end into a folder beside the input."""
    out = folder.with_name(f"{folder.name}.{name}")

    def work() -> Path:
        shutil.rmtree(out, ignore_errors=True)
        job = plan_run(folder, out, Options(EDITION))
        finished = run_batch(job, runner, Silence())
        assert not finished.was_done
        return out

    return work


def answer(out: Path) -> Answer:
    """lo and hi of the decisions of all partitions, by occurrence."""
    parts = [pq.read_table(path) for path in sorted(out.glob("part-*.parquet"))]
    table = pa.concat_tables(parts)
    ordered = table.take(pc.sort_indices(table["occurrence"]))
    return ordered["lo"].to_numpy(), ordered["hi"].to_numpy()


def contestant(folder: Path) -> Contestant:
    receipts = receipts_in(folder)
    forms = {
        DECODING: Form(lambda: decode(folder), receipts),
        LOCAL: Form(run_of(folder, "local", runner_for(2)), receipts, answer),
        IN_TURN: Form(run_of(folder, "one", runner_for(1)), receipts, answer),
    }
    return Contestant(f"pyarrow {pa.__version__}", forms)
