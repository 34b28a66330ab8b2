"""Reads the tables of one partition: a folder of three files, or one nested Parquet file.

Formats: Parquet, Arrow IPC, and CSV, in which every cell is text. Only columns that are there are
read, and what the schema does not know is refused by name before any row is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet as pq

from dosojin.batch.layout.conform import (
    ReadTables,
    conform_tables,
    require_columns,
    whole_ids,
)
from dosojin.batch.layout.nested_claims import (
    NESTED,
    flat_tables,
    nested_names,
    require_nested_columns,
)
from dosojin.batch.layout.schema import TABLES, TEXT_TYPE, TableColumns, columns_of
from dosojin.terms.lowered import Lowered
from dosojin.values.problems import Problem
from dosojin.values.text import Text

FORMATS = (".parquet", ".arrow", ".csv")
SOURCE = "source"
"""The claim as written; nothing is decided by it, so it is read only when asked for."""
_IDS = ("policy", "occurrence")


def read_tables(
    source: Path | pa.Table,
    product: str,
    lowered: Lowered | None = None,
    *,
    with_source: bool = False,
    name: str = "",
    first_lines: Mapping[str, int] | None = None,
) -> ReadTables:
    """The three tables of a partition folder, a nested Parquet file, or a slice of one.

    lowered: read for a kept revision. with_source: also the column `source`. For a slice, name is
    how problems call it and first_lines, by table, the numbers of its first rows. Problem
    "file.unreadable" for a damaged file, "file.missing", "column.…" for columns that do not fit.
    """
    columns = columns_of(product, lowered)
    if isinstance(source, pa.Table):
        tables = _from_nested(source, columns, name or NESTED, with_source)
    elif source.is_dir():
        tables = _from_folder(source, columns, with_source)
    else:
        tables = _from_file(source, columns, with_source)
    if first_lines is not None:
        tables = tables.counted_from(first_lines)
    return conform_tables(tables, product, lowered)


def table_file(folder: Path, table: str) -> Path:
    """The file of a table; Problem if it is not there, or there in two formats."""
    found = [path for path in (folder / f"{table}{kind}" for kind in FORMATS) if path.is_file()]
    if len(found) > 1:
        raise Problem(
            "file.twice",
            str(found[1]),
            Text(f"{table} の表が二つあります。", f"The table {table} stands twice."),
            Text(
                f"{found[0].name} と {found[1].name} のどちらかにしてください。",
                f"Keep {found[0].name} or {found[1].name}.",
            ),
        )
    if not found:
        raise Problem(
            "file.missing",
            str(folder / f"{table}.parquet"),
            Text(f"{table} の表がありません。", f"The table {table} is missing."),
            Text(
                f"{table}.parquet（または .arrow、.csv）を置いてください。",
                f"Add {table}.parquet (or .arrow, .csv).",
            ),
        )
    return found[0]


def _from_folder(
    folder: Path, columns: Mapping[str, TableColumns], with_source: bool
) -> ReadTables:
    paths = {table: table_file(folder, table) for table in TABLES}
    tables = {}
    for table, path in paths.items():
        with reading(path):
            tables[table] = _read(path, columns[table], with_source)
    if any(path.suffix == ".csv" for path in paths.values()):
        tables = whole_ids(tables)
    places = {table: str(path) for table, path in paths.items()}
    return ReadTables(tables["policies"], tables["occurrences"], tables["receipts"], places)


def _read(path: Path, columns: TableColumns, with_source: bool) -> pa.Table:
    if path.suffix == ".csv":
        return _read_csv(path, columns, with_source)
    if path.suffix == ".arrow":
        with pa.memory_map(str(path)) as mapped:
            table = pa.ipc.open_file(mapped).read_all()
        require_columns(table.column_names, columns, str(path))
        return table.select(_wanted(table.column_names, with_source))
    with pq.ParquetFile(path, memory_map=True) as file:
        names = file.schema_arrow.names
        texts = _text_paths(file)
    require_columns(names, columns, str(path))
    return _parquet(path, _wanted(names, with_source), texts)


def _wanted(names: Sequence[str], with_source: bool) -> list[str]:
    return [name for name in names if with_source or name != SOURCE]


def _text_paths(file: pq.ParquetFile) -> list[str]:
    """Leaves of texts, to be decoded as dictionaries; ids are hardly ever the same."""
    leaves = [file.schema.column(number) for number in range(len(file.schema))]
    return [
        leaf.path
        for leaf in leaves
        if leaf.physical_type == "BYTE_ARRAY" and leaf.path not in (*_IDS, SOURCE)
    ]


def _parquet(path: Path, names: Sequence[str], texts: Sequence[str]) -> pa.Table:
    with pq.ParquetFile(path, memory_map=True, read_dictionary=texts) as file:
        return file.read(columns=list(names), use_threads=True)


def _read_csv(path: Path, columns: TableColumns, with_source: bool) -> pa.Table:
    with path.open("rb") as file:
        first = pa.csv.open_csv(
            pa.BufferReader(file.readline() or b"\n"), pa.csv.ReadOptions(use_threads=False)
        )
        names = first.schema.names
    require_columns(names, columns, str(path))
    types = {name: pa.string() if name in (*_IDS, SOURCE) else TEXT_TYPE for name in names}
    convert = pa.csv.ConvertOptions(
        column_types=types,
        null_values=[""],
        strings_can_be_null=True,
        include_columns=_wanted(names, with_source),
    )
    # a text in quotes may hold a line's end
    parse = pa.csv.ParseOptions(newlines_in_values=True)
    return pa.csv.read_csv(path, parse_options=parse, convert_options=convert)


def _from_file(path: Path, columns: Mapping[str, TableColumns], with_source: bool) -> ReadTables:
    with reading(path):
        with pq.ParquetFile(path, memory_map=True) as file:
            schema = file.schema_arrow
            texts = _text_paths(file)
        require_nested_columns(nested_names(schema), columns, str(path))
        table = _parquet(path, _wanted(schema.names, with_source), texts)
    return flat_tables(table, str(path))


def _from_nested(
    table: pa.Table, columns: Mapping[str, TableColumns], name: str, with_source: bool
) -> ReadTables:
    require_nested_columns(nested_names(table.schema), columns, name)
    return flat_tables(table.select(_wanted(table.column_names, with_source)), name)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what goes wrong while a file is read into a Problem that names the file."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).strip().splitlines()
        reason = said[0] if said else type(error).__name__
        raise Problem(
            "file.unreadable",
            str(path),
            Text(f"ファイルを読めません（{reason}）。", f"The file cannot be read: {reason}"),
            Text(
                "途中で切れていないか、形式が名前のとおりかを確かめてください。",
                "Check that it is whole, and in the format that its name says.",
            ),
        ) from None
