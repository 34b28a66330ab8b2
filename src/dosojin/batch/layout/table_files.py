"""The files of tables: which there are, what they hold, and their rows, whole or some at a time.

Every command reads tables through here: Parquet, Arrow IPC, and CSV, in which all cells are texts
and an empty one, in quotes or not, is null.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet as pq

from dosojin.batch.layout.tables import IDS, JSON_COLUMNS, TABLES, WORDS
from dosojin.values.problems import Problem
from dosojin.values.text import Text

PARQUET, ARROW, CSV = SUFFIXES = (".parquet", ".arrow", ".csv")
OWN_TEXTS = (*IDS, *JSON_COLUMNS)
"""Hardly two rows say the same in these: no dictionary makes them smaller."""
BATCH_ROWS = 1 << 17
CSV_BLOCK_BYTES = 1 << 25
_ROWS_AT_ONCE = 4096


# which there are ------------------------------------------------------------------------------


def table_files(folder: Path) -> dict[str, Path]:
    """The files of the tables in a folder, by table; Problem if a table is there twice."""
    found: dict[str, Path] = {}
    for table in TABLES:
        paths = [folder / f"{table}{suffix}" for suffix in SUFFIXES]
        there = [path for path in paths if path.is_file()]
        if len(there) > 1:
            raise Problem(
                "file.twice",
                str(there[1]),
                Text(f"{table} の表が二つあります。", f"The table {table} stands twice."),
                Text(
                    f"{there[0].name} と {there[1].name} のどちらかにしてください。",
                    f"Keep {there[0].name} or {there[1].name}.",
                ),
            )
        if there:
            found[table] = there[0]
    return found


def all_table_files(folder: Path) -> dict[str, Path]:
    """The files of all three tables; Problem if one is missing, or there twice."""
    found = table_files(folder)
    for table in TABLES:
        if table not in found:
            raise missing_table(folder, table)
    return found


def missing_table(folder: Path, table: str) -> Problem:
    """What a person is told of a folder without one of the tables."""
    return Problem(
        "file.missing",
        str(folder / f"{table}{PARQUET}"),
        Text(f"{table} の表がありません。", f"The table {table} is missing."),
        Text(
            f"{table}.parquet（または .arrow、.csv）を置いてください。",
            f"Add {table}.parquet (or .arrow, .csv).",
        ),
    )


def partition_folders(source: Path) -> list[Path]:
    """The folders with tables: `source` itself, or those in it in order of name; or none."""
    if table_files(source):
        return [source]
    if not source.is_dir():
        return []
    inner = sorted(path for path in source.iterdir() if path.is_dir() and path.name[0] not in "._")
    return [path for path in inner if table_files(path)]


# what can go wrong ----------------------------------------------------------------------------


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what goes wrong while a file is read into a Problem that names the file."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = (getattr(error, "strerror", None) or str(error)).strip().splitlines()
        if isinstance(error, UnicodeDecodeError) or any("UTF8" in line for line in said):
            raise _not_utf8(path) from None
        raise unreadable(path, said[0] if said else type(error).__name__) from None


def _not_utf8(path: Path) -> Problem:
    """What offices in Japan meet first: Excel writes plain CSV in Shift_JIS."""
    return Problem(
        "file.unreadable",
        str(path),
        Text("UTF-8 で書かれていません。", "The file is not in UTF-8."),
        Text(
            "文字コードを UTF-8 にして保存し直してください"
            "（Excel では「CSV UTF-8（コンマ区切り）」）。Shift_JIS は読めません。",
            "Save it again as UTF-8 (in Excel: CSV UTF-8). Shift_JIS cannot be read.",
        ),
    )


def unreadable(path: Path, reason: str) -> Problem:
    """What a person is told of a file that cannot be read."""
    return Problem(
        "file.unreadable",
        str(path),
        Text(f"ファイルを読めません（{reason}）。", f"The file cannot be read: {reason}."),
        Text(
            "読み取りの権限、途中で切れていないこと、形式が名前のとおりであることを確かめてください。",
            "Check that it may be read, is whole, and in the format that its name says.",
        ),
    )


def missing_column(path: Path | str, name: str) -> Problem:
    """What a person is told of a table without a column that is needed."""
    return Problem(
        "column.missing",
        f"{path}: {name}",
        Text("必要な列がありません。", "This column is missing, and needed."),
        Text(f"「{name}」の列を加えてください。", f"Add the column {name}."),
    )


def truncated(path: Path) -> Problem:
    """What a person is told of a Parquet file without its end."""
    return Problem(
        "file.unreadable",
        str(path),
        Text(
            "Parquet ファイルの終わりがありません。途中で切れているようです。",
            "This is no whole Parquet file: its end is missing.",
        ),
        Text("もう一度書き出すか、コピーし直してください。", "Write it again, or copy it again."),
    )


# what they hold -------------------------------------------------------------------------------


def file_schema(path: Path) -> pa.Schema:
    """The columns of a file of one table; in CSV all are texts. Problem if it is damaged."""
    with reading(path):
        if path.suffix == CSV:
            return pa.schema([(name, pa.string()) for name in _csv_header(path)])
        if path.suffix == ARROW:
            with pa.memory_map(str(path)) as source:
                return pa.ipc.open_file(source).schema
        return pq.read_schema(path)


def has_rows(path: Path) -> bool:
    """Whether a Parquet or Arrow file has any rows; an empty one may not know its types."""
    with reading(path):
        if path.suffix == ARROW:
            with pa.memory_map(str(path)) as source:
                return bool(pa.ipc.open_file(source).num_record_batches)
        return bool(pq.read_metadata(path).num_rows)


def _csv_header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return next(csv.reader(file), [])
        except csv.Error as error:
            raise pa.ArrowInvalid(str(error)) from None


def _csv_options(
    path: Path, columns: Sequence[str] | None, words: pa.DataType
) -> tuple[pa.csv.ParseOptions, pa.csv.ConvertOptions]:
    """How CSV is read everywhere; words: the type of texts that may repeat."""
    kinds = {name: pa.string() if name in OWN_TEXTS else words for name in _csv_header(path)}
    convert = pa.csv.ConvertOptions(
        column_types=kinds,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        include_columns=columns if columns is None else list(columns),
    )
    # a text in quotes may hold a line's end
    return pa.csv.ParseOptions(newlines_in_values=True), convert


def text_leaves(file: pq.ParquetFile) -> list[str]:
    """Texts that repeat, to be decoded as dictionaries; Arrow cannot where they lie in lists."""
    leaves = [file.schema.column(number) for number in range(len(file.schema))]
    return [
        leaf.path
        for leaf in leaves
        if leaf.physical_type == "BYTE_ARRAY"
        and leaf.max_repetition_level == 0
        and leaf.path not in OWN_TEXTS
    ]


# their rows -----------------------------------------------------------------------------------


def read_file(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """A file, whole, or only these of its columns; texts that repeat as dictionaries."""
    with reading(path):
        if path.suffix == CSV:
            parse, convert = _csv_options(path, columns, WORDS)
            return pa.csv.read_csv(path, parse_options=parse, convert_options=convert)
        if path.suffix == ARROW:
            with pa.memory_map(str(path)) as mapped:
                table = pa.ipc.open_file(mapped).read_all()
            return table if columns is None else table.select(columns)
        with pq.ParquetFile(path, memory_map=True) as file:
            texts = text_leaves(file)
            is_nested = any(pa.types.is_list(field.type) for field in file.schema_arrow)
            rows = file.metadata.num_rows
            in_groups = file.num_row_groups > 1 and is_nested
        if in_groups:  # Arrow does not join dictionaries inside lists from several row groups
            table = read_rows(path, 0, rows)
            return table if columns is None else table.select(columns)
        with pq.ParquetFile(path, memory_map=True, read_dictionary=texts) as file:
            return file.read(columns=columns if columns is None else list(columns))


def batches_of(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """The rows of a file, in order, some at a time; `columns`: only these."""
    with reading(path):
        if path.suffix == CSV:
            # no dictionaries: each batch would have its own
            parse, convert = _csv_options(path, columns, pa.string())
            read = pa.csv.ReadOptions(block_size=CSV_BLOCK_BYTES)
            for batch in pa.csv.open_csv(path, read, parse, convert):
                yield pa.Table.from_batches([batch])
        elif path.suffix == ARROW:
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


def read_rows(path: Path, first: int, last: int) -> pa.Table:
    """Rows first..last (exclusive) of a Parquet file, reading no more row groups than they lie in.

    The last group is decoded only as far as it is needed.
    """
    with reading(path):
        with pq.ParquetFile(path) as file:
            texts = text_leaves(file)
        with pq.ParquetFile(path, memory_map=True, read_dictionary=texts) as file:
            sizes = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
            ends = np.cumsum(sizes)
            groups = [i for i, end in enumerate(ends) if end > first and end - sizes[i] < last]
            start = int(ends[groups[0]] - sizes[groups[0]]) if groups else 0
            pieces, count = [], 0
            for group in groups:
                left = last - start - count
                if left * 2 > sizes[group]:
                    pieces.append(file.read_row_group(group))
                    count += sizes[group]
                    continue
                for batch in file.iter_batches(_ROWS_AT_ONCE, row_groups=[group]):
                    pieces.append(pa.Table.from_batches([batch]))
                    count += len(batch)
                    if start + count >= last:
                        break
            whole = pa.concat_tables(pieces) if pieces else file.schema_arrow.empty_table()
    return whole.slice(first - start, last - first)
