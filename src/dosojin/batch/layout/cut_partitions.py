"""Sorts a portfolio of any size and cuts it anew into partitions of bounded size.

Certificates may be scattered, rows in any order, tables larger than memory. Rows are spilled to
files by range of occurrence, where receipts learn their certificate; then by range of certificate,
where all is sorted. Partitions are cut while the ranges pass by in order, so that the result does
not depend on how the rows came in, but for receipts of one occurrence: they keep their order.
Rows that belong to nothing are kept for ingest to judge: they go to the first partition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
from numpy.typing import NDArray

from dosojin.adjudication.read_values import shown
from dosojin.batch.layout.id_ranges import IdSample, range_of
from dosojin.batch.layout.id_types import PLAIN_ID
from dosojin.batch.layout.nested_claims import flat_tables
from dosojin.batch.layout.one_type import in_schema, one_schema, with_dictionaries
from dosojin.batch.layout.sources import Source
from dosojin.batch.layout.table_files import batches_of, file_schema, missing_column
from dosojin.batch.layout.tables import TABLES, Tables
from dosojin.values.problems import Problem
from dosojin.values.text import Text

Array = NDArray[Any]
ROWS_AT_ONCE = 1 << 20
"""About as many rows are in memory at a time, for each table."""
INT64_LEAST = -(1 << 63)
RANGES_MAX = 256
"""Each range has a file open while rows are spilled."""
AT = " at"
OWNER = " owner"
SEQ = " seq"
"""Columns that only the spilled files have; no fact is called like this."""
IDS_OF = {
    "policies": ("policy",),
    "occurrences": ("policy", "occurrence"),
    "receipts": ("occurrence",),
}
Part = Mapping[str, pa.Table]
"""Rows of the three tables."""


def cut_partitions(
    sources: Sequence[Source],
    scratch: Path,
    receipts_max: int,
    edition: str = "",
    *,
    rows_at_once: int = ROWS_AT_ONCE,
) -> Iterator[Tables]:
    """The rows of all sources, sorted, as partitions with at most `receipts_max` receipts.

    Nor more occurrences or certificates than that; only a certificate with more stands alone.
    scratch: an existing folder for temporary files. edition: what the tables
    are said to be of; no row is read for it.
    Problem for an occurrence that stands twice, and for columns whose types don't go together.
    """
    portfolio = _Portfolio(sources)
    sizes = sum(sample.count for sample in portfolio.samples.values())
    ranges = min(RANGES_MAX, -(-sizes // rows_at_once)) or 1
    by_policy = _Spill(scratch, "certificate", portfolio.samples["policy"].ends(ranges))
    _spill_receipts(portfolio, scratch, ranges, by_policy)
    for table in ("policies", "occurrences"):
        for rows in portfolio.rows(table):
            by_policy.add(table, rows, rows.column("policy"))
    by_policy.close()
    ranges_of_rows = by_policy.parts(portfolio.schemas)
    if portfolio.has_nested:
        ranges_of_rows = (_once(part) for part in ranges_of_rows)
    parts = (_sorted_part(part, portfolio.schemas) for part in ranges_of_rows)
    for part in _cut(parts, receipts_max):
        tables = (with_dictionaries(part[name], portfolio.schemas[name]) for name in TABLES)
        yield Tables(edition, *tables)


def _once(part: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """A nested file tells of a certificate beside each of its occurrences: once is enough.

    Where it tells different things all are kept, for ingest to refuse.
    """
    policies = part["policies"]
    names = [name for name in policies.column_names if name != AT]
    told = policies.group_by(names).aggregate([(AT, "min")])
    return {**part, "policies": told.rename_columns([*names, AT])}


# the portfolio as it came ---------------------------------------------------------------------


class _Portfolio:
    """All sources: the columns they have together, and a sample of their ids.

    schemas: by table. samples: by id, of all tables that have it.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self.has_nested = any(source.nested is not None for source in sources)
        self.schemas = {
            table: one_schema(
                (place, schema) for source in sources for place, schema in _schemas(source, table)
            )
            for table in TABLES
        }
        self.samples = {"policy": IdSample(), "occurrence": IdSample()}
        for table in TABLES:
            for rows in self._raw_rows(table, IDS_OF[table]):
                for name in IDS_OF[table]:
                    self.samples[name].add(_text_or_whole(rows.column(name)))
        for table in TABLES:
            for name in IDS_OF[table]:
                self._type_id(table, name)

    def _type_id(self, table: str, name: str) -> None:
        schema = self.schemas[table]
        whole = self.samples[name].are_whole
        field = pa.field(name, pa.int64() if whole else pa.string())
        self.schemas[table] = schema.set(schema.get_field_index(name), field)

    def _raw_rows(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        for source in self.sources:
            if source.nested is None:
                yield from batches_of(source.files[table], columns)
                continue
            for rows in batches_of(source.nested):
                found = _table_of(rows, table, str(source.nested))
                yield found if columns is None else found.select(columns)

    def rows(self, table: str) -> Iterator[pa.Table]:
        """The rows of a table in the types of its schema, numbered in the column AT."""
        schema = self.schemas[table]
        start = 0
        for rows in self._raw_rows(table):
            numbers = pa.array(np.arange(start, start + rows.num_rows))
            start += rows.num_rows
            yield in_schema(rows, schema).append_column(AT, numbers)


def _schemas(source: Source, table: str) -> Iterator[tuple[str, pa.Schema]]:
    if source.nested is not None:
        none = file_schema(source.nested).empty_table()
        yield str(source.nested), _table_of(none, table, str(source.nested)).schema
        return
    path = source.files[table]
    schema = file_schema(path)
    for name in IDS_OF[table]:
        if name not in schema.names:
            raise missing_column(path, name)
    yield str(path), schema


def _table_of(rows: pa.Table, table: str, place: str) -> pa.Table:
    """One of the three tables in rows of a nested file."""
    found = flat_tables(rows, place)
    return {name: getattr(found, name) for name in TABLES}[table]


def _text_or_whole(ids: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_integer(ids.type):
        return ids.cast(pa.int64())
    return ids if pa.types.is_string(ids.type) else ids.cast(pa.string())


# spilling -------------------------------------------------------------------------------------


class _Spill:
    """Files that hold rows by range of an id; read range by range, in order."""

    def __init__(self, scratch: Path, name: str, ends: list[Any]) -> None:
        self.scratch, self.name, self.ends = scratch, name, ends
        self.writers: dict[tuple[str, int], Any] = {}

    def _path(self, table: str, number: int) -> Path:
        return self.scratch / f"{self.name}-{number}-{table}.arrows"

    def add(self, table: str, rows: pa.Table, ids: pa.ChunkedArray) -> None:
        """Some rows of a table, each to the range of its id."""
        if not rows.num_rows:
            return
        of = range_of(ids, self.ends)
        order = np.argsort(of, kind="stable")
        first = np.searchsorted(of[order], np.arange(len(self.ends) + 2))
        sorted_rows = rows.take(pa.array(order)) if self.ends else rows
        for number in range(len(self.ends) + 1):
            count = int(first[number + 1] - first[number])
            if count:
                self._writer(table, number, rows.schema).write_table(
                    sorted_rows.slice(int(first[number]), count)
                )

    def _writer(self, table: str, number: int, schema: pa.Schema) -> Any:
        writer = self.writers.get((table, number))
        if writer is None:
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            path = str(self._path(table, number))
            writer = pa.ipc.new_stream(path, schema, options=options)
            self.writers[table, number] = writer
        return writer

    def close(self) -> None:
        for writer in self.writers.values():
            writer.close()

    def parts(self, schemas: Mapping[str, pa.Schema]) -> Iterator[dict[str, pa.Table]]:
        """The rows of every range, range by range; a file that was read is removed."""
        for number in range(len(self.ends) + 1):
            yield {table: self._read(table, number, schema) for table, schema in schemas.items()}

    def _read(self, table: str, number: int, schema: pa.Schema) -> pa.Table:
        if (table, number) not in self.writers:
            return in_schema(schema.empty_table(), schema).append_column(
                AT, pa.array([], pa.int64())
            )
        path = self._path(table, number)
        with pa.ipc.open_stream(str(path)) as reader:
            found = reader.read_all()
        path.unlink()
        return found


def _spill_receipts(portfolio: _Portfolio, scratch: Path, ranges: int, by_policy: _Spill) -> None:
    """Receipts by range of certificate: first by range of occurrence, to learn whose they are."""
    by_occurrence = _Spill(scratch, "occurrence", portfolio.samples["occurrence"].ends(ranges))
    for rows in portfolio.rows("occurrences"):
        by_occurrence.add(
            "occurrences", rows.select(["policy", "occurrence", AT]), rows.column("occurrence")
        )
    for rows in portfolio.rows("receipts"):
        by_occurrence.add("receipts", rows, rows.column("occurrence"))
    by_occurrence.close()
    names = {"occurrences", "receipts"}
    schemas = {name: portfolio.schemas[name] for name in TABLES if name in names}
    for part in by_occurrence.parts(schemas):
        ids = part["occurrences"].column("occurrence")
        _refuse_twice(ids)
        receipts = part["receipts"]
        rows_of = pc.index_in(receipts.column("occurrence"), value_set=ids, skip_nulls=True)
        owners = part["occurrences"].column("policy").take(rows_of)
        by_policy.add("receipts", receipts.append_column(OWNER, owners), owners)


def _refuse_twice(ids: pa.ChunkedArray) -> None:
    counted = pc.value_counts(ids.drop_null())
    twice = counted.filter(pc.greater(counted.field("counts"), 1))
    if len(twice):
        raise Problem(
            "occurrence.twice",
            f"occurrences: {shown(twice.field('values')[0])}",
            Text(
                f"同じ事故の番号が二度以上あります（{len(twice)}件）。",
                f"An occurrence stands more than once ({len(twice)} of them do).",
            ),
            Text("一件ごとに別の番号を付けてください。", "Give each its own number."),
        )


# sorting and cutting --------------------------------------------------------------------------


def _sorted_part(part: Part, schemas: Mapping[str, pa.Schema]) -> dict[str, pa.Table]:
    """The rows of a range in their final order, in the columns of the schemas."""
    policies = _sorted(part["policies"], ("policy", AT))
    occurrences = part["occurrences"]
    seq = _whole_or_null(occurrences, "seq")
    occurrences = _sorted(occurrences.append_column(SEQ, seq), ("policy", SEQ, "occurrence"))
    receipts = part["receipts"]
    places = _places(receipts.column("occurrence"), occurrences.column("occurrence"))
    order = np.lexsort((receipts.column(AT).to_numpy(), places))
    tables = (policies, occurrences, receipts.take(pa.array(order)))
    return {
        name: table.select(schemas[name].names) for name, table in zip(TABLES, tables, strict=True)
    }


def _sorted(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """Rows in the order of some columns, those with null first; rows alike keep their order."""
    keys = {}
    for name in names:
        column = table.column(name)
        least = INT64_LEAST if pa.types.is_integer(column.type) else ""
        keys[name] = pc.fill_null(column, pa.scalar(least, column.type))
    return table.take(pc.sort_indices(pa.table(keys), [(name, "ascending") for name in names]))


def _places(ids: pa.ChunkedArray, among: pa.ChunkedArray) -> Array:
    """The row of each id among others; −1 for null, and for one that is not there."""
    found: Array = pc.fill_null(pc.index_in(ids, value_set=among, skip_nulls=True), -1).to_numpy()
    return found


def _whole_or_null(table: pa.Table, name: str) -> pa.ChunkedArray:
    """A column of whole numbers, to sort by; null for what is none."""
    if name not in table.column_names:
        return pa.chunked_array([pa.nulls(table.num_rows, pa.int64())])
    column = table.column(name)
    if pa.types.is_string(column.type):
        column = pc.if_else(pc.match_substring_regex(column, PLAIN_ID), column, None)
    return column.cast(pa.int64())


def _cut(parts: Iterator[Part], most: int) -> Iterator[Part]:
    """Partitions out of sorted ranges: each takes certificates while none of its tables is full."""
    waiting: list[Part] = []
    held = np.zeros(3, np.int64)
    is_first = True
    for part in parts:
        sizes = _sizes_by_certificate(part)
        total = np.vstack([np.zeros((1, 3), np.int64), np.cumsum(sizes, axis=0)])
        used = 0
        while True:
            limit = total[used] + most - held
            full = (np.searchsorted(total[:, table], limit[table], "right") for table in range(3))
            end = min(int(place) for place in full) - 1
            if end >= len(sizes):
                break
            if not held.any():
                end = max(end, used + 1)  # a certificate larger than a partition stands alone
            end = max(end, used)
            yield _joined([*waiting, _slice(part, total[used], total[end])])
            waiting, held, used, is_first = [], np.zeros(3, np.int64), end, False
        waiting.append(_slice(part, total[used], total[-1]))
        held = held + total[-1] - total[used]
    if held.any() or is_first:
        yield _joined(waiting)


def _sizes_by_certificate(part: Part) -> Array:
    """Rows of the three tables by certificate, in order; rows of nobody count for the first."""
    columns = [part[name].column("policy") for name in ("policies", "occurrences")]
    ids = pa.chunked_array(
        [chunk for column in columns for chunk in column.chunks], columns[0].type
    )
    unique = _sorted(pa.table({"policy": pc.unique(ids)}), ("policy",)).column("policy")
    policies, occurrences = (pc.index_in(column, value_set=unique) for column in columns)
    receipts, owned = part["receipts"], part["occurrences"]
    places = _places(receipts.column("occurrence"), owned.column("occurrence"))
    owners = np.append(occurrences.to_numpy(), 0)[places]
    rows = (policies.to_numpy(), occurrences.to_numpy(), owners)
    return np.stack([np.bincount(each, minlength=max(1, len(unique))) for each in rows], axis=1)


def _slice(part: Part, start: Array, end: Array) -> Part:
    return {
        name: part[name].slice(int(start[place]), int(end[place] - start[place]))
        for place, name in enumerate(TABLES)
    }


def _joined(parts: Sequence[Part]) -> Part:
    return {name: pa.concat_tables([part[name] for part in parts]) for name in TABLES}
