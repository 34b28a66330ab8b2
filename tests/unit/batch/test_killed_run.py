"""A run killed at any moment goes on where it was and ends with the same bytes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from tests.unit.batch.small_portfolio import EDITION, decide_all, files_in, portfolio

KILLS = 10
READY = "ready"
PROGRAM = f"""
import sys
from pathlib import Path
from dosojin.batch.runs.decide_partition import Options
from dosojin.batch.runs.progress import Silence
from dosojin.batch.runs.run_batch import plan_run, run_batch
from dosojin.batch.runs.runners import in_turn
source, out = map(Path, sys.argv[1:])
job = plan_run(source, out, Options({EDITION!r}, back_end="numpy"))
print({READY!r}, flush=True)
run_batch(job, in_turn, Silence())
"""


def begun(out: Path) -> subprocess.Popen[str]:
    """A run in a process of its own, at the moment it begins to write."""
    command = [sys.executable, "-c", PROGRAM, str(portfolio()), str(out)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None and running.stdout.readline() == f"{READY}\n"
    return running


def test_a_run_killed_ten_times_ends_with_the_same_bytes(tmp_path: Path) -> None:
    decide_all(portfolio(), tmp_path / "whole")
    started = time.monotonic()
    assert begun(tmp_path / "timed").wait() == 0
    lasts = time.monotonic() - started
    expected = files_in(tmp_path / "whole")
    assert files_in(tmp_path / "timed") == expected

    out, random = tmp_path / "out", Random(11)
    killed, left = 0, set()
    while killed < KILLS:
        running = begun(out)
        time.sleep(random.uniform(0, lasts / 4))
        running.send_signal(signal.SIGKILL)
        if running.wait() == 0:
            # it was quicker: begin afresh, so that all ten are killed at work
            assert files_in(out) == expected
            out = tmp_path / f"out-{killed}"
            continue
        killed += 1
        left.add(len(list(out.glob("part-*.parquet"))))
        for name, content in files_in(out).items():
            if not name.startswith("."):
                assert content == expected[name], f"{name} is not whole"
    assert len(left) > 1, "killed at one and the same moment"
    assert begun(out).wait() == 0
    assert files_in(out) == expected
