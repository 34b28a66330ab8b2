"""Reads the tables of one partition: a folder of three files, or one nested Parquet file.

Only columns that are there are read, and what the schema does not know is refused by name before
any row is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from dosojin.batch.layout.conform import conform_tables, require_columns
from dosojin.batch.layout.id_types import text_ids, with_ids
from dosojin.batch.layout.nested_claims import (
    NESTED,
    flat_tables,
    nested_names,
    require_nested_columns,
)
from dosojin.batch.layout.schema import TableColumns, columns_of
from dosojin.batch.layout.table_files import CSV, all_table_files, file_schema, read_file
from dosojin.batch.layout.tables import Tables
from dosojin.terms.lowered import Lowered

SOURCE = "source"
"""The claim as written; nothing is decided by it, so it is read only when asked for."""


def read_tables(
    source: Path | pa.Table,
    product: str,
    lowered: Lowered | None = None,
    *,
    with_source: bool = False,
    name: str = "",
    first_lines: Mapping[str, int] | None = None,
    texts: Sequence[str] | None = None,
) -> Tables:
    """The three tables of a partition folder, a nested Parquet file, or a slice of one.

    lowered: read for a kept revision. with_source: also the column `source`. For a slice, name is
    how problems call it and first_lines, by table, the numbers of its first rows. texts: the ids
    that are texts in the portfolio, see `text_ids`; None: it is this folder. Problem
    "file.unreadable" for a damaged file, "file.missing", "column.…" for columns that do not fit.
    """
    columns = columns_of(product, lowered)
    if isinstance(source, pa.Table):
        require_nested_columns(nested_names(source.schema), columns, name or NESTED)
        wanted = _wanted(source.column_names, with_source)
        tables = flat_tables(source.select(wanted), name or NESTED, product)
    elif source.is_dir():
        tables = _from_folder(source, product, columns, with_source, texts)
    else:
        schema = file_schema(source)
        require_nested_columns(nested_names(schema), columns, str(source))
        rows = read_file(source, _wanted(schema.names, with_source))
        tables = flat_tables(rows, str(source), product)
    if first_lines is not None:
        tables = tables.counted_from(first_lines)
    return conform_tables(tables, lowered)


def _from_folder(
    folder: Path,
    product: str,
    columns: Mapping[str, TableColumns],
    with_source: bool,
    texts: Sequence[str] | None,
) -> Tables:
    files = all_table_files(folder)
    tables = {}
    for table, path in files.items():
        names = file_schema(path).names
        require_columns(names, columns[table], str(path))
        tables[table] = read_file(path, _wanted(names, with_source))
    csv = [table for table, path in files.items() if path.suffix == CSV]
    if texts is None:
        texts = text_ids([files])
    places = {table: str(path) for table, path in files.items()}
    return Tables(product, **with_ids(tables, texts, csv), places=places)


def _wanted(names: Sequence[str], with_source: bool) -> list[str]:
    return [name for name in names if with_source or name != SOURCE]
