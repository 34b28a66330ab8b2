"""Writing a simulated portfolio: partition after partition, each whole or not at all."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dosojin.adjudication.catalogue import load_edition, plan_sums
from dosojin.batch.columns import Array
from dosojin.batch.layout.table_files import SUFFIXES
from dosojin.batch.portfolio.arrow_tables import (
    PartitionTables,
    columns_by_table,
    partition_tables,
)
from dosojin.batch.portfolio.draw_occurrences import draw_occurrences
from dosojin.batch.portfolio.draw_policies import Policies, draw_policies
from dosojin.batch.portfolio.read_assumptions import load_assumptions
from dosojin.batch.portfolio.specs import Assumptions
from dosojin.batch.portfolio.streams import Stream
from dosojin.batch.write_whole import remove_unfinished, write_bytes_whole, written_whole
from dosojin.products import editions
from dosojin.rating.load_tariff import load_tariff
from dosojin.values.problems import Problem
from dosojin.values.text import Text

MANIFEST = "portfolio.json"
PARTITION_POLICIES = 50_000
PARTITION_POLICIES_MOST = 1_000_000
PARTITIONS_MOST = 100_000
"""Folders have five digits, so that their names sort as their numbers do."""
POLICIES_MOST = PARTITIONS_MOST * PARTITION_POLICIES_MOST
ROW_GROUP_ROWS = 1 << 17
# Measured on 200,000 policies, one thread: packed differences without compression decode in 42 ms
# and take 3.4 MB; Snappy on plain pages 56 ms and 5.8 MB, zstd 130 ms and 3.3 MB.
_DELTA = "DELTA_BINARY_PACKED"
_POLICY_STREAM, _TABLE_STREAM, _FIRST_EVENT_STREAM = range(3)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a portfolio is drawn from; the same plan gives the same bytes.

    assumptions: the fingerprint of the file. Policies are numbered from 1.
    """

    edition: str
    revision: int
    policies: int
    seed: int
    policies_per_partition: int
    assumptions: str

    @property
    def partitions(self) -> int:
        return -(-self.policies // self.policies_per_partition)

    def policies_in(self, partition: int) -> tuple[int, int]:
        """The number of its first policy, and how many it has."""
        first = partition * self.policies_per_partition
        return first + 1, min(self.policies_per_partition, self.policies - first)


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of one partition; is_new: False if it was there already."""

    partition: int
    policies: int
    occurrences: int
    receipts: int
    is_new: bool


def newest_published() -> str:
    """The newest edition whose tariff is published."""
    return next(id for id in editions() if load_tariff(id).is_published)


def portfolio_of(
    edition: str, policies: int, seed: int, policies_per_partition: int = PARTITION_POLICIES
) -> Portfolio:
    """The plan of a portfolio; Problem for an edition without a published tariff, or too many."""
    revision = load_edition(edition).revision
    if not load_tariff(edition).is_published:
        raise _no_tariff(edition)
    digest = load_assumptions(edition).digest
    portfolio = Portfolio(edition, revision, policies, seed, policies_per_partition, digest)
    if portfolio.partitions > PARTITIONS_MOST:
        raise _too_many_partitions(portfolio)
    return portfolio


def simulate(
    portfolio: Portfolio,
    folder: Path,
    processes: int = 1,
    told: Callable[[Written], None] = lambda _: None,
) -> tuple[Written, ...]:
    """Write the portfolio to `folder`, as far as it is not there; `told` hears of each partition.

    Problem if another portfolio stands in the folder, or it cannot be written.
    """
    _claim_folder(portfolio, folder)
    found: list[Written] = []
    for written in _partitions(portfolio, folder, processes):
        told(written)
        found.append(written)
    return tuple(sorted(found, key=lambda written: written.partition))


def _partitions(portfolio: Portfolio, folder: Path, processes: int) -> Iterator[Written]:
    left = []
    for partition in range(portfolio.partitions):
        there = _rows_there(partition_folder(folder, partition))
        if there is None:
            left.append(partition)
        else:
            yield Written(partition, *there, is_new=False)
    if processes == 1 or len(left) < 2:
        for partition in left:
            yield write_partition(portfolio, folder, partition)
        return
    # "spawn": a forked process would inherit the locks of Arrow's threads
    spawn = get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(left)), spawn, _leave_with_parent) as pool:
        tasks = [pool.submit(write_partition, portfolio, folder, each) for each in left]
        for task in as_completed(tasks):
            yield task.result()


def _leave_with_parent() -> None:
    """In a process of the pool: ends it when the one that began it is gone, even if killed."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            wait_for([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def edition_in(folder: Path) -> str | None:
    """The edition of the portfolio that `simulate` wrote to a folder; None if it wrote none."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    return str(json.loads(path.read_text(encoding="utf-8"))["edition"])


def partition_folder(folder: Path, partition: int) -> Path:
    """ "part-00000" and so on: in order of name and of policies."""
    return folder / f"part-{partition:05}"


def write_partition(portfolio: Portfolio, folder: Path, partition: int) -> Written:
    """Draw one partition and write its files, that of the policies last."""
    tables = draw_partition(load_assumptions(portfolio.edition), portfolio, partition)
    target = partition_folder(folder, partition)
    for name, table in columns_by_table(tables).items():
        with written_whole(target / f"{name}.parquet", f"{target.name}/{name}") as beside:
            pq.write_table(table, beside, **_writing_options(table))
    sizes = (tables.policies.num_rows, tables.occurrences.num_rows, tables.receipts.num_rows)
    return Written(partition, *sizes, is_new=True)


def _writing_options(table: pa.Table) -> dict[str, Any]:
    """Texts by dictionary, numbers and days as packed differences."""
    types = {field.name: field.type for field in table.schema}
    numbers = [
        name for name, kind in types.items() if pa.types.is_integer(kind) or pa.types.is_date(kind)
    ]
    return {
        "row_group_size": ROW_GROUP_ROWS,
        "compression": "none",
        "use_dictionary": [name for name, kind in types.items() if pa.types.is_dictionary(kind)],
        "column_encoding": dict.fromkeys(numbers, _DELTA),
    }


def draw_partition(
    assumptions: Assumptions, portfolio: Portfolio, partition: int
) -> PartitionTables:
    """One partition; depends on nothing but the plan of the portfolio and its number."""
    tariff = load_tariff(portfolio.edition)

    def stream(purpose: int) -> Stream:
        return Stream(portfolio.seed, partition, purpose)

    first, count = portfolio.policies_in(partition)
    policies = draw_policies(assumptions, tariff, first, count, stream(_POLICY_STREAM))
    parts = []
    for number, event in enumerate(assumptions.events):
        carries = _carries(portfolio.edition, assumptions, event.benefit, policies)
        own = stream(_FIRST_EVENT_STREAM + number)
        parts.append(draw_occurrences(assumptions, event, policies, carries, own))
    plans = tuple(tariff.plans)
    return partition_tables(assumptions, plans, policies, parts, stream(_TABLE_STREAM))


def _carries(edition: str, assumptions: Assumptions, benefit: str, policies: Policies) -> Array:
    """By policy, whether the plan, a rider of that name or a sum on the certificate carries it."""
    if not benefit:
        return np.ones(policies.count, bool)
    plans = load_tariff(edition).plans
    by_plan = np.array([bool(plan_sums(edition, plan).get(benefit, 0)) for plan in plans])
    found: Array = by_plan[policies.plan]
    riders = assumptions.vocabulary["riders"]
    with_rider = [code for code, word in enumerate(riders) if benefit in word.split("|")]
    found = found | np.isin(policies.riders, with_rider)
    if benefit in policies.sums:
        found = found | policies.sums[benefit].stated
    return found


def _rows_there(folder: Path) -> tuple[int, int, int] | None:
    """The rows of a partition that is there whole; None if it has to be written."""
    names = ("policies", "occurrences", "receipts")
    paths = [folder / f"{name}.parquet" for name in names]
    if folder.is_dir():
        remove_unfinished(folder)
    if not all(path.is_file() for path in paths):
        return None
    try:
        policies, occurrences, receipts = (pq.read_metadata(path).num_rows for path in paths)
    except (pa.ArrowException, OSError):
        return None
    return policies, occurrences, receipts


def _claim_folder(portfolio: Portfolio, folder: Path) -> None:
    """Writes the manifest, or finds the same one; Problem for a folder that is another's."""
    content = (json.dumps(asdict(portfolio), indent=2) + "\n").encode()
    path = folder / MANIFEST
    if path.is_file():
        if path.read_bytes() == content:
            return
        raise _another_portfolio(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _not_empty(folder)
    if folder.suffix in SUFFIXES:
        raise _no_folder_name(folder)
    write_bytes_whole(path, content, str(path))


def _no_tariff(edition: str) -> Problem:
    known = ", ".join(each for each in editions() if load_tariff(each).is_published)
    return Problem(
        "simulate.tariff",
        "--edition",
        Text(
            f"{edition} には公表された保険料表がないため、保険料を決められません。",
            f"{edition} has no published tariff, so its policies would have no premiums.",
        ),
        Text(f"使えるのは {known} です。", f"Use one of: {known}."),
    )


def _too_many_partitions(portfolio: Portfolio) -> Problem:
    least = -(-portfolio.policies // PARTITIONS_MOST)
    return Problem(
        "simulate.partitions",
        "--policies-per-partition",
        Text(
            f"区画が {portfolio.partitions:,} 個になります（{PARTITIONS_MOST:,} 個まで）。",
            f"That makes {portfolio.partitions:,} partitions, {PARTITIONS_MOST:,} at most.",
        ),
        Text(f"{least:,} 以上にしてください。", f"Give {least:,} or more."),
    )


def _another_portfolio(folder: Path) -> Problem:
    return Problem(
        "simulate.other",
        str(folder),
        Text(
            f"別の条件で作ったポートフォリオがあります（{MANIFEST}）。",
            f"Another portfolio stands here ({MANIFEST} says which).",
        ),
        Text(
            "同じ条件で続けるか、別のフォルダーを指定してください。",
            "Go on with the same policies, seed and edition, or name another folder.",
        ),
    )


def _no_folder_name(folder: Path) -> Problem:
    return Problem(
        "simulate.one_file",
        str(folder),
        Text(
            "一つのファイルには書けません。フォルダーになります。",
            "A portfolio is a folder, not one file.",
        ),
        Text(
            f"{folder.stem} のような名前を指定してください。",
            f"Name a folder, such as {folder.stem}.",
        ),
    )


def _not_empty(folder: Path) -> Problem:
    return Problem(
        "simulate.not_empty",
        str(folder),
        Text("空のフォルダーではありません。", "This is no empty folder."),
        Text("新しいフォルダーを指定してください。", "Name a new folder."),
    )
