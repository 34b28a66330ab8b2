"""The files of tables: where they are, their rows in bounded batches, and how they are written.

The same rows give the same bytes. CSV holds nothing but text: an empty cell is null, flags are
yes and no.
"""

from __future__ import annotations

import csv
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet as pq

from dosojin.batch.layout.cells import one_array
from dosojin.batch.layout.nested_claims import RECEIPTS, flat_tables
from dosojin.batch.layout.read_tables import reading, table_file
from dosojin.batch.layout.tables import POLICY_PREFIX, TABLES, Tables
from dosojin.batch.partitions import table_files as tables_in
from dosojin.batch.write_whole import UNFINISHED, unwritable
from dosojin.values.problems import Problem
from dosojin.values.text import Text

FORMATS = ("parquet", "csv", "arrow")
BATCH_ROWS = 1 << 17
CSV_BLOCK_BYTES = 1 << 25
JSON_COLUMNS = ("usage", "source")
"""Long texts, hardly two the same: no dictionary makes them smaller."""


@dataclass(frozen=True, slots=True)
class Partition:
    """The files of one partition: by table, or one nested Parquet file for all three."""

    files: Mapping[str, Path]
    format: str
    nested: Path | None = None


def partitions_at(path: Path) -> tuple[Partition, ...]:
    """The partitions of a portfolio, a single one, or a nested file; none if it is none of these.

    Problem for a partition with a table missing, or with one in two formats, and for a file of
    one table alone.
    """
    if path.is_file():
        return (_nested_file(path),) if path.suffix[1:] in FORMATS else ()
    folders = (path, *sorted(entry for entry in path.iterdir() if _may_hold_tables(entry)))
    found = (_partition(folder) for folder in folders)
    return tuple(partition for partition in found if partition is not None)


def _nested_file(path: Path) -> Partition:
    names = file_schema(path).names
    if path.suffix != ".parquet" or not {"policy", "occurrence", RECEIPTS} <= {*names}:
        raise Problem(
            "table.alone",
            str(path),
            Text("一つの表だけでは事案になりません。", "One table alone makes no claims."),
            Text(
                "三つの表があるフォルダーか、入れ子の Parquet を渡してください。",
                "Give the folder that holds all three, or a nested Parquet file.",
            ),
        )
    return Partition({}, "parquet", path)


def _may_hold_tables(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith((".", "_"))


def _partition(folder: Path) -> Partition | None:
    if not tables_in(folder):
        return None
    files = {table: table_file(folder, table) for table in TABLES}
    return Partition(files, files["occurrences"].suffix[1:])


# reading --------------------------------------------------------------------------------------


def file_schema(path: Path) -> pa.Schema:
    """The columns of a file of one table; in CSV all are texts. Problem if it is damaged."""
    with reading(path):
        if path.suffix == ".csv":
            return pa.schema([(name, pa.string()) for name in _csv_header(path)])
        if path.suffix == ".arrow":
            with pa.memory_map(str(path)) as source:
                return pa.ipc.open_file(source).schema
        return pq.read_schema(path)


def _csv_header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return next(csv.reader(file), [])
        except csv.Error as error:
            raise pa.ArrowInvalid(str(error)) from None


def batches_of(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """The rows of a file, in order, some at a time; `columns`: only these."""
    with reading(path):
        if path.suffix == ".csv":
            yield from _csv_batches(path, columns)
        elif path.suffix == ".arrow":
            with pa.memory_map(str(path)) as source:
                reader = pa.ipc.open_file(source)
                for number in range(reader.num_record_batches):
                    table = pa.Table.from_batches([reader.get_batch(number)])
                    yield from _pieces(table if columns is None else table.select(columns))
        else:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(BATCH_ROWS, columns=columns):
                    yield pa.Table.from_batches([batch])


def _pieces(table: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, table.num_rows, BATCH_ROWS):
        yield table.slice(start, BATCH_ROWS)


def _csv_batches(path: Path, columns: Sequence[str] | None) -> Iterator[pa.Table]:
    schema = file_schema(path)
    reader = pa.csv.open_csv(
        path,
        pa.csv.ReadOptions(block_size=CSV_BLOCK_BYTES),
        pa.csv.ParseOptions(newlines_in_values=True),
        pa.csv.ConvertOptions(
            column_types={field.name: pa.string() for field in schema},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            include_columns=None if columns is None else list(columns),
        ),
    )
    for batch in reader:
        yield pa.Table.from_batches([batch])


def read_partition(partition: Partition, edition: str) -> Tables:
    """One partition, whole, in the types of its files."""
    if partition.nested is not None:
        whole = [*batches_of(partition.nested)]
        table = pa.concat_tables(whole) if whole else _empty(partition.nested)
        found = flat_tables(table, str(partition.nested))
        return Tables(edition, found.policies, found.occurrences, found.receipts)
    return Tables(edition, *(_whole(partition.files[table]) for table in TABLES))


def _whole(path: Path) -> pa.Table:
    found = [*batches_of(path)]
    return pa.concat_tables(found) if found else _empty(path)


def _empty(path: Path) -> pa.Table:
    return file_schema(path).empty_table()


# nested ---------------------------------------------------------------------------------------


def nested(tables: Tables) -> pa.Table:
    """One row an occurrence, its certificate beside it and its receipts inside; tables sorted."""
    occurrences, receipts = tables.occurrences, tables.receipts
    rows = pc.index_in(occurrences.column("policy"), value_set=tables.policies.column("policy"))
    columns = {name: occurrences.column(name) for name in occurrences.column_names}
    for name in tables.policies.column_names:
        if name != "policy":
            columns[f"{POLICY_PREFIX}{name}"] = tables.policies.column(name).take(rows)
    of = pc.index_in(receipts.column("occurrence"), value_set=occurrences.column("occurrence"))
    counts = np.bincount(of.to_numpy(), minlength=occurrences.num_rows)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]).astype(np.int32)
    inner = receipts.drop_columns(["occurrence"]).combine_chunks()
    struct = pa.StructArray.from_arrays(
        [one_array(inner.column(name)) for name in inner.column_names], inner.column_names
    )
    columns[RECEIPTS] = pa.ListArray.from_arrays(pa.array(offsets), struct)
    return pa.table(columns)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder beside `path` to write into; it takes that name in the end, whole or not at all.

    Problem if there is something of that name already, or if it cannot be written.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise Problem(
            "file.exists",
            str(path),
            Text("もうあります。", "It is there already."),
            Text("別の名前にするか、先に削除してください。", "Give another name, or remove it."),
        )
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}{UNFINISHED}")
    try:
        beside.mkdir(parents=True)
        yield beside
        os.replace(beside, path)
    except OSError as error:
        raise unwritable(error, str(path)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


# writing --------------------------------------------------------------------------------------


def write_partition(folder: Path, tables: Tables, kind: str) -> None:
    """Three files in a folder that is made for them; `kind` is one of FORMATS."""
    folder.mkdir(parents=True)
    for name, table in tables:
        write_table(folder / f"{name}.{kind}", table)


def write_table(path: Path, table: pa.Table) -> None:
    """One file, its format told by its ending; nothing in it depends on the time or the place."""
    table = pa.table({name: one_array(table.column(name)) for name in table.column_names})
    if path.suffix == ".csv":
        options = pa.csv.WriteOptions(include_header=True, quoting_style="needed")
        pa.csv.write_csv(_for_csv(table), path, options)
    elif path.suffix == ".arrow":
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=BATCH_ROWS)
    else:
        shared = [name for name in table.column_names if name not in JSON_COLUMNS]
        has_lists = RECEIPTS in shared
        pq.write_table(table, path, use_dictionary=True if has_lists else shared)


def _for_csv(table: pa.Table) -> pa.Table:
    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_boolean(column.type):
            column = pc.if_else(column, "yes", "no")
        elif pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        columns[name] = column
    return pa.table(columns)
