"""Where the rows lie that are packed anew or turned into claims: folders of tables, nested files.

Unlike the partitions of a run they may come in any order, and certificates may be scattered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dosojin.batch.layout.id_types import text_ids, with_ids
from dosojin.batch.layout.nested_claims import flat_tables
from dosojin.batch.layout.table_files import (
    CSV,
    PARQUET,
    SUFFIXES,
    all_table_files,
    file_schema,
    partition_folders,
    read_file,
)
from dosojin.batch.layout.tables import RECEIPTS, Tables
from dosojin.values.problems import Problem
from dosojin.values.text import Text


@dataclass(frozen=True, slots=True)
class Source:
    """The files of some claims: by table, or one nested Parquet file for all three.

    suffix: how the names of most files end. texts: ids that are texts in CSV, too.
    """

    files: Mapping[str, Path]
    suffix: str
    nested: Path | None = None
    texts: tuple[str, ...] = ()


def sources_at(path: Path) -> tuple[Source, ...]:
    """The partitions of a portfolio, a single one, or a nested file; none if it is none of these.

    Problem for a partition with a table missing, or with one in two formats, for a file of one
    table alone, and for ids that are whole numbers in one file and texts in another.
    """
    if path.is_file():
        return (_nested_file(path),) if path.suffix in SUFFIXES else ()
    found = [all_table_files(folder) for folder in partition_folders(path)]
    texts = text_ids(found) if any(map(_has_csv, found)) else ()
    return tuple(Source(files, files["occurrences"].suffix, None, texts) for files in found)


def _has_csv(files: Mapping[str, Path]) -> bool:
    return any(path.suffix == CSV for path in files.values())


def _nested_file(path: Path) -> Source:
    names = file_schema(path).names
    if path.suffix != PARQUET or not {"policy", "occurrence", RECEIPTS} <= {*names}:
        raise Problem(
            "table.alone",
            str(path),
            Text("一つの表だけでは事案になりません。", "One table alone makes no claims."),
            Text(
                "三つの表があるフォルダーか、入れ子の Parquet を渡してください。",
                "Give the folder that holds all three, or a nested Parquet file.",
            ),
        )
    return Source({}, PARQUET, path)


def read_source(source: Source, edition: str) -> Tables:
    """The claims of a source, whole, in the types of its files."""
    if source.nested is not None:
        return flat_tables(read_file(source.nested), str(source.nested), edition)
    tables = {table: read_file(path) for table, path in source.files.items()}
    csv = [table for table, path in source.files.items() if path.suffix == CSV]
    places = {table: str(path) for table, path in source.files.items()}
    return Tables(edition, **with_ids(tables, source.texts, csv), places=places)
