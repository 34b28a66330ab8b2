"""One partition: its tables in, its decisions, its rejects and what was counted out.

Reading and deciding are two steps, so that one partition can be read while another is decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dosojin.adjudication.catalogue import load_edition, load_lowered
from dosojin.batch.columns import Array, Columns, Decided
from dosojin.batch.decide_columns import decide_columns
from dosojin.batch.layout.ingest import Ingested, ingest
from dosojin.batch.layout.read_tables import read_tables
from dosojin.batch.layout.rejects import Rejects
from dosojin.batch.layout.table_files import read_rows
from dosojin.batch.layout.tables import Tables
from dosojin.batch.narrow import narrow
from dosojin.batch.runs.decision_rows import decision_table
from dosojin.batch.runs.keep_memory import keep_memory
from dosojin.batch.runs.partitions import Partition
from dosojin.batch.runs.row_filter import matching, of_benefits, read_conditions
from dosojin.batch.runs.summary import Counts, count_decisions, reason_name, rows_lost
from dosojin.batch.runs.tighten import tighten
from dosojin.values.problems import Problem
from dosojin.values.text import Text

_ONE_IS_WRONG = Text(
    "どれかが誤っています。確かめて直してください。",
    "One of these facts is wrong: check and correct it.",
)


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a run. where: conditions, see `row_filter`. tight: see `tighten`.

    back_end: "numba", "numpy" or "auto"; it makes no difference to what is decided, nor do
    rows_in_all, the occurrences of the whole run as far as they are known.
    """

    edition: str
    where: tuple[str, ...] = ()
    tight: bool = False
    back_end: str = "auto"
    rows_in_all: int = 0

    def identity(self) -> dict[str, Any]:
        """What of it changes the files."""
        return {"edition": self.edition, "where": list(self.where), "tight": self.tight}


@dataclass(frozen=True, slots=True)
class Read:
    """A partition that was read: its claims, and which rows of them are asked for (None: all).

    refused: occurrences and receipts that are not among the claims. first_line: the number of the
    first row of occurrences in its file.
    """

    ingested: Ingested
    wanted: Array | None
    refused: tuple[int, int]
    first_line: int = 0


@dataclass(frozen=True, slots=True)
class Partly:
    """What came of one partition; decisions and rejects as they are written."""

    decisions: pa.Table
    rejects: pa.Table
    counts: Counts
    notices: tuple[Text, ...]


def decide_partition(partition: Partition, options: Options, *, threads: int = 1) -> Partly:
    """Reads and decides a partition; Problem if a file or a column of it cannot be taken."""
    return decide_read(read_partition(partition, options), options, threads=threads)


def tables_of(partition: Partition, product: str) -> Tables:
    """The tables of a partition as they lie there, in the types of the edition's columns.

    Rows of a nested file keep their numbers; its receipts are counted within the partition.
    """
    if partition.rows is None:
        return read_tables(partition.path, product, texts=partition.texts)
    first, last = partition.rows
    lines = {"policies": first, "occurrences": first, "receipts": 0}
    rows = read_rows(partition.path, first, last)
    return read_tables(rows, product, name=str(partition.path), first_lines=lines)


def read_partition(partition: Partition, options: Options) -> Read:
    """Reads a partition and makes planes of it."""
    lowered = load_lowered(options.edition)
    tables = tables_of(partition, options.edition)
    ingested = ingest(tables)
    conditions = read_conditions(options.where, options.edition, lowered)
    ids = matching(conditions, {"policies": tables.policies, "occurrences": tables.occurrences})
    wanted = None if ids is None else np.asarray(pc.is_in(ingested.occurrence, value_set=ids))
    first_line = 0 if partition.rows is None else partition.rows[0]
    return Read(ingested, wanted, _refused(partition, tables, ingested), first_line)


def _refused(partition: Partition, tables: Tables, ingested: Ingested) -> tuple[int, int]:
    """Occurrences and receipts that were rejected, counted from the tables themselves.

    Problem if an occurrence is gone that the rejects don't name.
    """
    gone = np.ones(tables.occurrences.num_rows, np.bool_)
    gone[ingested.row] = False
    if not ingested.rejects.num_rows:
        return int(gone.sum()), 0
    ids = tables.occurrences["occurrence"].filter(pa.array(gone))
    named = ingested.rejects["occurrence"].combine_chunks()
    if (
        not pc.all(pc.or_kleene(pc.is_null(ids), pc.is_in(ids, value_set=named))).as_py()
        and gone.any()
    ):
        raise rows_lost(partition.name, "occurrences", len(gone), [ingested.columns.rows, 0, 0])
    owners = tables.receipts["occurrence"]
    kept = pc.is_in(owners, value_set=ingested.occurrence, skip_nulls=True)
    return int(gone.sum()), len(owners) - (pc.sum(kept).as_py() or 0)


def decide_read(read: Read, options: Options, *, threads: int = 1) -> Partly:
    """Decides what was read; all claims of a certificate together, whichever are asked for."""
    keep_memory()
    edition, lowered = load_edition(options.edition), load_lowered(options.edition)
    conditions = read_conditions(options.where, options.edition, lowered)
    kept = _asked_for(_narrowed(read, options.edition))
    columns, wanted = kept.columns, kept.wanted
    start = edition.policy_start.name
    decided = decide_columns(
        columns,
        back_end=options.back_end,
        threads=threads,
        rows_in_all=max(options.rows_in_all, columns.rows),
        policy_start=start,
    )
    tightened = np.zeros(len(decided.row), np.bool_)
    if options.tight:
        decided, tightened = tighten(columns, decided, start)
    table = decision_table(decided, lowered, kept.policy, kept.occurrence)
    is_mine = None if wanted is None else wanted[decided.row]
    if is_mine is not None:
        table, tightened = table.filter(pa.array(is_mine)), tightened[is_mine]
    table = of_benefits(conditions, table)
    counts = _counts(read, kept, decided)
    counts = replace(
        counts, tightened=int(tightened.sum()), by_benefit=count_decisions(table),
        rejects=_by_code(kept.rejects),
    )  # fmt: skip
    return Partly(table, kept.rejects, counts, read.ingested.notices)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is decided: columns with their ids, which rows are asked for, and all rejects.

    refused: occurrences and receipts that contradict themselves.
    """

    columns: Columns
    policy: pa.Array
    occurrence: pa.Array
    wanted: Array | None
    rejects: pa.Table
    refused: tuple[int, int]


def _narrowed(read: Read, product: str) -> _Kept:
    """Open facts narrowed by the checks of the edition; what contradicts itself goes."""
    ingested = read.ingested
    columns, bad = narrow(ingested.columns)
    kept = _Kept(
        columns, ingested.policy, ingested.occurrence, read.wanted, ingested.rejects, (0, 0)
    )
    if not bad:
        return kept
    gone = np.array(sorted(bad), np.int64)
    lengths = np.diff(columns.receipts.offsets)
    kept = _taken(kept, np.delete(np.arange(columns.rows), gone))
    refused = len(gone), int(lengths[gone].sum())
    return replace(kept, rejects=_with_impossible(read, bad, product), refused=refused)


def _with_impossible(read: Read, bad: Mapping[int, int], product: str) -> pa.Table:
    """The rejects, with the claims (rows) that contradict a check (its number)."""
    ingested = read.ingested
    rejects = Rejects(ingested.policy.type, ingested.occurrence.type)
    edition = load_edition(product)
    for check in sorted(set(bad.values())):
        rows = np.array(sorted(row for row, number in bad.items() if number == check), np.int64)
        problem = Problem("facts.impossible", "", edition.checks[check].message, _ONE_IS_WRONG)
        places = pa.array(rows)
        rejects.add(
            "occurrences", None, problem, lines=ingested.row[rows] + read.first_line,
            policies=ingested.policy.take(places), occurrences=ingested.occurrence.take(places),
        )  # fmt: skip
    both = [ingested.rejects, rejects.to_table()]
    return pa.concat_tables(both).unify_dictionaries().combine_chunks()


def _taken(kept: _Kept, rows: Array) -> _Kept:
    """Only these rows."""
    places = pa.array(rows)
    return replace(
        kept,
        columns=kept.columns.take(rows),
        policy=kept.policy.take(places),
        occurrence=kept.occurrence.take(places),
        wanted=None if kept.wanted is None else kept.wanted[rows],
    )


def _asked_for(kept: _Kept) -> _Kept:
    """Without the certificates of which nothing is asked for; the others stay whole."""
    if kept.wanted is None:
        return kept
    certificate = kept.columns.certificate
    rows = np.flatnonzero(np.isin(certificate, certificate[kept.wanted]))
    if len(rows) == kept.columns.rows:
        return kept
    return _taken(kept, rows)


def _counts(read: Read, kept: _Kept, decided: Decided) -> Counts:
    """Where every row that came in went."""
    mine = np.ones(kept.columns.rows, np.bool_) if kept.wanted is None else kept.wanted
    receipts = np.diff(kept.columns.receipts.offsets)
    claimed = np.zeros(kept.columns.rows, np.bool_)
    claimed[decided.row] = True
    ingested = read.ingested
    asked = int(mine.sum()), int(receipts[mine].sum())
    left = ingested.columns.rows, ingested.receipts_kept
    return Counts(
        occurrences_in=ingested.occurrences_in,
        occurrences_decided=asked[0],
        occurrences_rejected=read.refused[0] + kept.refused[0],
        occurrences_left_out=left[0] - kept.refused[0] - asked[0],
        receipts_in=ingested.receipts_in,
        receipts_decided=asked[1],
        receipts_rejected=read.refused[1] + kept.refused[1],
        receipts_left_out=left[1] - kept.refused[1] - asked[1],
        unclaimed=int((mine & ~claimed).sum()),
        through_scalar=int((decided.through_scalar & mine).sum()),
    )


def _by_code(rejects: pa.Table) -> dict[str, int]:
    """By reason (see `reason_name`), how many rejects."""
    names = [rejects[name].cast(pa.string()) for name in ("code", "table", "column")]
    kinds = pa.table(names, ["code", "table", "column"])
    counted = kinds.group_by(["code", "table", "column"], use_threads=False).aggregate(
        [([], "count_all")]
    )
    return {
        reason_name(row["code"], row["table"], row["column"]): row["count_all"]
        for row in counted.to_pylist()
    }
