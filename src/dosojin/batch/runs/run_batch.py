"""A whole run: partitions in, decisions out, a killed run continued where it stopped.

Each partition is decided by itself and written whole; who decides it (a thread, a process, a
machine of a cluster) leaves no trace in the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dosojin.adjudication.catalogue import load_lowered
from dosojin.batch.runs.decide_partition import Options, Partly, decide_read, read_partition
from dosojin.batch.runs.decision_rows import write_decisions, writing_options
from dosojin.batch.runs.manifest import (
    Done,
    Identity,
    Places,
    as_bytes,
    begin,
    clean_up,
    mark_done,
    read_done,
)
from dosojin.batch.runs.partitions import Partition, find_partitions, input_file, occurrences_in
from dosojin.batch.runs.progress import Progress
from dosojin.batch.runs.row_filter import read_conditions
from dosojin.batch.runs.summary import Counts
from dosojin.batch.write_whole import write_bytes_whole, written_whole
from dosojin.values.problems import Problem
from dosojin.values.text import Text


@dataclass(frozen=True, slots=True)
class Task:
    """All that somebody needs to decide one partition of a run, wherever that is."""

    options: Options
    partition: Partition
    places: Places
    run: str


@dataclass(frozen=True, slots=True)
class Job:
    """A run that can begin: everything has been checked that can be before it does."""

    options: Options
    partitions: tuple[Partition, ...]
    places: Places
    identity: Identity

    @property
    def tasks(self) -> tuple[Task, ...]:
        run = self.identity.digest
        return tuple(Task(self.options, each, self.places, run) for each in self.partitions)


@dataclass(frozen=True, slots=True)
class Finished:
    """How a run ended: what it counted, the summary as written, and what people should know.

    was_done: it was finished before, and nothing had to be decided. receipts_now: receipts of the
    partitions that were decided this time, not by an earlier run that was stopped.
    """

    counts: Counts
    summary: Mapping[str, Any]
    notices: tuple[Text, ...]
    was_done: bool
    receipts_now: int = 0


Runner = Callable[[Sequence[Task]], Iterator[tuple[int, Done]]]
"""Does tasks, in whatever order, and gives for each its partition's number and what it left."""


def plan_run(source: Path, out: Path, options: Options) -> Job:
    """What a run would do; Problem if the input or an option cannot be taken."""
    lowered = load_lowered(options.edition)
    read_conditions(options.where, options.edition, lowered)
    _require_apart(source, out)
    partitions = find_partitions(source)
    options = replace(options, rows_in_all=sum(map(occurrences_in, partitions)))
    identity = Identity.of(lowered, options.identity(), partitions)
    return Job(options, partitions, Places(out), identity)


def run_batch(job: Job, runner: Runner, progress: Progress, *, anew: bool = False) -> Finished:
    """Decides what is not decided yet, and joins what the partitions left."""
    summary = begin(job.places, job.identity, anew=anew)
    if summary is not None:
        return Finished(Counts.from_json(summary["counts"]), summary, (), True)
    done: dict[int, Done] = {}
    left: list[Task] = []
    for task in job.tasks:
        kept = read_done(task.places, task.run, task.partition.number)
        if kept is None:
            left.append(task)
        else:
            done[task.partition.number] = kept
            progress.advance(task.partition.weight, Counts())
    receipts_now = 0
    for number, made in runner(left):
        done[number] = made
        receipts_now += made.counts.receipts_in
        progress.advance(job.partitions[number].weight, made.counts)
    finished = _finish(job, [done[partition.number] for partition in job.partitions])
    return replace(finished, receipts_now=receipts_now)


# one partition --------------------------------------------------------------------------------


def do_task(task: Task, *, threads: int = 1) -> Done:
    """Decides and writes one partition, unless it is done; its files stand when this returns."""
    done = read_done(task.places, task.run, task.partition.number)
    if done is not None:
        return done
    read = read_partition(task.partition, task.options)
    return write_partition(task, decide_read(read, task.options, threads=threads))


def write_partition(task: Task, decided: Partly) -> Done:
    """Writes what was decided of a partition: rejects, decisions, and the mark that it is done."""
    partition, places = task.partition, task.places
    decided.counts.check(partition.name)
    if decided.rejects.num_rows:
        with written_whole(places.part_rejects(partition.number), partition.name) as beside:
            pq.write_table(decided.rejects, beside)
    part = places.part(partition.number)
    with written_whole(part, partition.name) as beside:
        write_decisions(decided.decisions, beside)
    written = input_file(part)
    done = Done(
        decided.counts, decided.notices, written.bytes, written.digest,
        bool(decided.rejects.num_rows),
    )  # fmt: skip
    mark_done(places, task.run, partition.number, done)
    return done


# the end --------------------------------------------------------------------------------------


def _finish(job: Job, done: Sequence[Done]) -> Finished:
    counts = sum((each.counts for each in done), Counts())
    counts.check(str(job.places.out))
    rejects = [job.places.part_rejects(n) for n, each in enumerate(done) if each.has_rejects]
    if rejects:
        _join(rejects, job.places.rejects, {})
    if job.places.is_single:
        _join_parts(job)
    rows = [each.counts.decisions for each in done]
    summary = {**job.identity.to_json(), "counts": counts.to_json(), "rows": rows}
    write_bytes_whole(job.places.summary, as_bytes(summary), str(job.places.summary))
    clean_up(job.places)
    notices = dict.fromkeys(notice for each in done for notice in each.notices)
    return Finished(counts, summary, tuple(notices), False)


def _join_parts(job: Job) -> None:
    parts = [job.places.part(partition.number) for partition in job.partitions]
    with pq.ParquetFile(parts[0]) as first:
        options = writing_options(first.schema_arrow)
    _join(parts, job.places.out, options)


def _join(paths: Sequence[Path], out: Path, options: Mapping[str, Any]) -> None:
    """One file from several with the same columns, a row group of theirs at a time."""
    with written_whole(out, str(out)) as beside:
        schema = _schema_of(paths)
        with pq.ParquetWriter(beside, schema, **options) as writer:
            for path in paths:
                with pq.ParquetFile(path) as file:
                    for group in range(file.num_row_groups):
                        table = file.read_row_group(group)
                        if table.num_rows:
                            writer.write_table(_of_schema(table, schema, path))


def _schema_of(paths: Sequence[Path]) -> pa.Schema:
    """The schema of the first that has rows: an empty table does not know the type of its ids."""
    schemas = []
    for path in paths:
        with pq.ParquetFile(path) as file:
            if file.metadata.num_rows:
                return file.schema_arrow
            schemas.append(file.schema_arrow)
    return schemas[0]


def _of_schema(table: pa.Table, schema: pa.Schema, path: Path) -> pa.Table:
    if table.schema.types == schema.types:
        return table
    raise Problem(
        "batch.id_types",
        path.name,
        Text(
            "契約や事故の番号の型が、ほかの区画と違います（整数と文字列）。",
            "Ids of policies or occurrences are whole numbers in one partition, texts in another.",
        ),
        Text(
            "どの区画でも同じ型にしてください。dosojin pack で作り直せます。",
            "Give them one type everywhere; `dosojin pack` does.",
        ),
    )


def _require_apart(source: Path, out: Path) -> None:
    """The output never lies in the input, nor the other way round."""
    here, there = source.resolve(), out.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise Problem(
            "batch.same_place",
            str(out),
            Text("入力と保存先が重なっています。", "Input and output lie within each other."),
            Text("別の保存先を指定してください。", "Name another place for the output."),
        )
