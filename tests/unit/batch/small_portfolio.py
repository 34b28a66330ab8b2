"""A small simulated portfolio, and what the tests of runs do with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from dosojin.batch.portfolio.simulate import portfolio_of, simulate
from dosojin.batch.runs.decide_partition import Options
from dosojin.batch.runs.manifest import Done
from dosojin.batch.runs.progress import Silence
from dosojin.batch.runs.run_batch import Finished, Runner, Task, plan_run, run_batch
from dosojin.batch.runs.runners import in_turn

EDITION = "gakkensai-2026"
PARTITIONS = 12
POLICIES = 480
PLAIN = Options(EDITION, back_end="numpy")


@cache
def _written() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="portfolio-")
    per_partition = POLICIES // PARTITIONS
    simulate(portfolio_of(EDITION, POLICIES, 7, per_partition), Path(folder.name, "portfolio"))
    return folder


def portfolio() -> Path:
    """Twelve partitions, written once for all tests of a process; never changed by one."""
    return Path(_written().name, "portfolio")


def decide_all(
    source: Path,
    out: Path,
    options: Options = PLAIN,
    runner: Runner = in_turn,
    *,
    anew: bool = False,
) -> Finished:
    """A run without a word."""
    return run_batch(plan_run(source, out, options), runner, Silence(), anew=anew)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file by its path from the folder, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def decisions_in(folder: Path) -> pa.Table:
    """All decisions of a finished run, in order."""
    return pa.concat_tables([pq.read_table(path) for path in sorted(folder.glob("part-*.parquet"))])


def stopping_after(count: int, seen: list[int]) -> Runner:
    """A runner that does so many tasks and is then interrupted."""

    def runner(tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        for done in in_turn(tasks[:count]):
            seen.append(done[0])
            yield done
        raise KeyboardInterrupt

    return runner


def counting(seen: list[int]) -> Runner:
    """A runner that notes which partitions it did."""

    def runner(tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        for done in in_turn(tasks):
            seen.append(done[0])
            yield done

    return runner


def copy_with(source: Path, target: Path, change: Callable[[str, pa.Table], pa.Table]) -> Path:
    """A copy of a portfolio in which every table went through `change(place, table)`."""
    for path in sorted(source.rglob("*.parquet")):
        place = path.relative_to(source)
        table = change(str(place), pq.read_table(path))
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, target / place)
    return target
