"""Whole runs of this project on Spark, in a session that has been started already."""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyspark

from bench.batch.peers.parquet_runs import answer, receipts_in, run_of
from bench.batch.peers.serve import Contestant, Form
from dosojin.batch.runs.manifest import Done
from dosojin.batch.runs.run_batch import Task
from dosojin.batch.spark import decide_on, spark_session

MASTER = "local[2]"
ON_SPARK = "Parquet to Parquet, Spark local[2]"
SESSIONS = ExitStack()
"""Holds the session as long as this process lives."""
atexit.register(SESSIONS.close)


def contestant(folder: Path) -> Contestant:
    session = SESSIONS.enter_context(spark_session(MASTER))

    def runner(tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        return decide_on(session, tasks)

    form = Form(run_of(folder, "spark", runner), receipts_in(folder), answer)
    return Contestant(f"pyspark {pyspark.__version__}", {ON_SPARK: form})
