"""Whether ids are whole numbers or texts: one answer for all files of a portfolio.

In CSV an id may be either. It is a whole number only if all ids of its kind are plain ones (no
sign, no leading zero, at most 18 digits), in whatever partition and table they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from dosojin.batch.layout.one_type import is_text
from dosojin.batch.layout.table_files import CSV, file_schema, has_rows, read_file
from dosojin.batch.layout.tables import IDS
from dosojin.values.problems import Problem
from dosojin.values.text import Text

PLAIN_ID = r"^(0|[1-9][0-9]{0,17})$"
"""A whole number as a text that no other text stands for."""


def are_plain(ids: pa.ChunkedArray) -> bool:
    """Whether all texts that are not null are whole numbers, written as these are."""
    matched = pc.match_substring_regex(ids.cast(pa.string()), PLAIN_ID)
    return pc.all(matched, min_count=0).as_py() is True


def text_ids(partitions: Iterable[Mapping[str, Path]]) -> tuple[str, ...]:
    """Those of IDS that are texts in these files, by table.

    Problem if one of them is whole numbers in one file and texts in another.
    """
    whole: dict[str, Path] = {}
    texts: dict[str, Path] = {}
    for files in partitions:
        for path in files.values():
            schema = file_schema(path)
            for name in set(IDS).intersection(schema.names):
                kind = schema.field(name).type
                if path.suffix == CSV:
                    if not are_plain(read_file(path, [name]).column(name)):
                        texts.setdefault(name, path)
                elif has_rows(path) and pa.types.is_integer(kind):
                    whole.setdefault(name, path)
                elif has_rows(path) and is_text(kind):
                    texts.setdefault(name, path)
    for name in sorted(texts.keys() & whole.keys()):
        raise two_types(name, [str(whole[name]), str(texts[name])])
    return tuple(name for name in IDS if name in texts)


def with_ids(
    tables: Mapping[str, pa.Table], texts: Collection[str], csv: Collection[str]
) -> dict[str, pa.Table]:
    """The tables with the ids of those from CSV, and ids that are all null, as they should be.

    texts: which of IDS are texts. csv: the tables that were read from CSV.
    """
    found = dict(tables)
    for table, held in tables.items():
        for name in set(IDS).intersection(held.column_names):
            ids = held.column(name)
            if table in csv or ids.null_count == len(ids):
                ids = ids.cast(pa.string() if name in texts else pa.int64())
                at = found[table].column_names.index(name)
                found[table] = found[table].set_column(at, name, ids)
    return found


def two_types(name: str, places: Collection[str]) -> Problem:
    """What a person is told of ids that are whole numbers here and texts there."""
    return Problem(
        "column.type",
        f"{', '.join(places)}: {name}",
        Text(
            "ファイルによって型が違います（整数と文字列）。",
            "Its type differs between the files: whole numbers and texts.",
        ),
        Text(
            "どのファイルでも同じ型にしてください。dosojin pack で作り直せます。",
            "Give it one type in all of them; `dosojin pack` does.",
        ),
    )
