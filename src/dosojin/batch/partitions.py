"""What a run reads: the partitions of a portfolio, found and put in order before anything runs.

A partition is a folder with the tables, or a range of rows of one nested Parquet file, cut between
certificates. Nothing but footers and the column of policies is read here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dosojin.batch.layout.conform import whole_ids
from dosojin.batch.layout.schema import TABLES
from dosojin.values.problems import Problem
from dosojin.values.text import Text

SUFFIXES = (".parquet", ".arrow", ".csv")
PARQUET = ".parquet"
ROWS_A_PARTITION = 1 << 17
"""Occurrences of a nested file that are decided together, at least; whole row groups."""
_ROWS_AT_ONCE = 4096
_OWN_TEXTS = ("policy", "occurrence", "source", "usage")
"""Hardly two rows say the same in these."""
_MAGIC = b"PAR1"
_FOOTER_TAIL = 8


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that is read: its name, its size in bytes, the digest of its content.

    Of a Parquet file the digest is that of its footer, which has the places, sizes and statistics
    of all that is in it.
    """

    name: str
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class Partition:
    """One partition: a folder of tables, or rows first..last (exclusive) of a nested file.

    name: how people call it. weight: how much work it is, beside others of the same run.
    """

    number: int
    name: str
    path: Path
    files: tuple[InputFile, ...]
    weight: int
    rows: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Ends:
    """The first and the last policy of a partition; None where it has none."""

    name: str
    least: Any
    most: Any


def find_partitions(source: Path) -> tuple[Partition, ...]:
    """The partitions of a portfolio folder, a partition folder or a nested file, in order.

    Problem if there are none, a file cannot be read, or certificates are not in ascending order
    from each to the next.
    """
    if source.is_file():
        return tuple(_nested_partitions(source))
    folders = partition_folders(source)
    partitions = tuple(_folder_partition(number, path) for number, path in enumerate(folders))
    if len(partitions) > 1:
        _require_order(source, [_ends_of_folder(path) for path in folders])
    return partitions


def partition_folders(source: Path) -> list[Path]:
    """The folders with tables: `source` itself, or those in it in order of name."""
    if table_files(source):
        return [source]
    inner = sorted(path for path in source.iterdir() if path.is_dir()) if source.is_dir() else []
    found = [path for path in inner if table_files(path)]
    if not found:
        raise Problem(
            "batch.nothing",
            str(source),
            Text(
                "事案の表がありません。"
                if source.exists()
                else "ファイルもフォルダーもありません。",
                "There are no tables of claims here."
                if source.exists()
                else "There is no such place.",
            ),
            Text(
                "区画フォルダー（part-00000 など）か、Parquet ファイルを指定してください。",
                "Name a Parquet file, a folder with policies, occurrences and receipts, or a "
                "folder of such folders.",
            ),
        )
    return found


def table_files(folder: Path) -> dict[str, Path]:
    """The files of the tables in a folder, by table; Problem if a table is there twice."""
    found: dict[str, Path] = {}
    for table in TABLES:
        paths = [folder / f"{table}{suffix}" for suffix in SUFFIXES]
        there = [path for path in paths if path.is_file()]
        if len(there) > 1:
            raise Problem(
                "table.twice",
                str(folder),
                Text(
                    f"{table} が二つあります（{there[0].name}、{there[1].name}）。",
                    f"{table} is there twice: {there[0].name} and {there[1].name}.",
                ),
                Text("どちらか一つにしてください。", "Keep one of the two."),
            )
        if there:
            found[table] = there[0]
    return found


def _folder_partition(number: int, folder: Path) -> Partition:
    files = table_files(folder)
    for table in TABLES:
        if table not in files:
            raise Problem(
                "table.missing",
                str(folder),
                Text(f"{table} の表がありません。", f"The table {table} is missing."),
                Text(
                    f"{table}.parquet を置いてください。",
                    f"Add {table}.parquet (or .csv, or .arrow).",
                ),
            )
    listed = tuple(input_file(path) for path in files.values())
    return Partition(number, folder.name, folder, listed, sum(file.bytes for file in listed))


def occurrences_in(partition: Partition) -> int:
    """How many occurrences a partition has; 0 where that takes reading it."""
    if partition.rows is not None:
        return partition.rows[1] - partition.rows[0]
    table = table_files(partition.path)["occurrences"]
    return pq.read_metadata(table).num_rows if table.suffix == ".parquet" else 0


def input_file(path: Path) -> InputFile:
    """Name, size and digest of a file; Problem if it cannot be read."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if path.suffix != PARQUET:
                file.seek(0)
                content = hashlib.file_digest(file, "sha256").hexdigest()
                return InputFile(path.name, size, content)
            file.seek(max(size - _FOOTER_TAIL, 0))
            tail = file.read(_FOOTER_TAIL)
            length = int.from_bytes(tail[:4], "little") + _FOOTER_TAIL
            if size < _FOOTER_TAIL or tail[4:] != _MAGIC or length > size:
                raise truncated(path)
            file.seek(size - length)
            return InputFile(path.name, size, hashlib.sha256(file.read(length)).hexdigest())
    except OSError as error:
        raise unreadable(path, error) from None


def truncated(path: Path) -> Problem:
    """What a person is told of a Parquet file without its end."""
    return Problem(
        "file.truncated",
        str(path),
        Text(
            "Parquet ファイルの終わりがありません。途中で切れているようです。",
            "This is no whole Parquet file: its end is missing.",
        ),
        Text("もう一度書き出すか、コピーし直してください。", "Write it again, or copy it again."),
    )


def unreadable(path: Path, error: Exception) -> Problem:
    """What a person is told of a file that cannot be read."""
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return Problem(
        "file.unreadable",
        str(path),
        Text(f"ファイルを読めません（{reason}）。", f"This file cannot be read: {reason}."),
        Text("ファイルと権限を確かめてください。", "Check the file and the permission."),
    )


# order ----------------------------------------------------------------------------------------


def _require_order(source: Path, ends: list[_Ends]) -> None:
    """Certificates ascend from partition to partition, and none is in two."""
    known = [each for each in ends if each.least is not None]
    for before, after in pairwise(known):
        if isinstance(before.most, str) is not isinstance(after.least, str):
            raise _disorder(
                source,
                Text(
                    f"{before.name} と {after.name} で契約番号の型が違います（整数と文字列）。",
                    f"Policies are whole numbers in one of {before.name} and {after.name}, "
                    "texts in the other.",
                ),
            )
        if before.most >= after.least:
            raise _disorder(
                source,
                Text(
                    f"{before.name}（最後の契約 {before.most}）と {after.name}"
                    f"（最初の契約 {after.least}）が契約番号の順に並んでいません。",
                    f"{before.name} ends with policy {before.most}, but {after.name} begins with "
                    f"{after.least}: partitions must ascend by policy and not overlap.",
                ),
            )


def _disorder(source: Path, message: Text) -> Problem:
    return Problem(
        "batch.order",
        str(source),
        message,
        Text(
            f"dosojin pack {source} -o フォルダー --receipts-per-partition 1000000 で"
            "並べ替えてください。",
            f"Put them in order: dosojin pack {source} -o DIR --receipts-per-partition 1000000",
        ),
    )


def _ends_of_folder(folder: Path) -> _Ends:
    path = table_files(folder)["policies"]
    try:
        least, most = _statistics(path) if path.suffix == PARQUET else (None, None)
        if least is None:
            both = pc.min_max(_policies(path))
            least, most = both["min"].as_py(), both["max"].as_py()
    except (pa.ArrowException, KeyError, OSError) as error:
        if isinstance(error, KeyError):
            # a table without policies is refused with its columns, when it is read
            return _Ends(folder.name, None, None)
        raise unreadable(path, error) from None
    return _Ends(folder.name, least, most)


def _statistics(path: Path) -> tuple[int | None, int | None]:
    """The ends of whole-number policies from the footer; texts may be cut there."""
    footer = pq.read_metadata(path)
    if "policy" not in footer.schema.names:
        raise KeyError("policy")
    at = footer.schema.names.index("policy")
    found = [footer.row_group(i).column(at).statistics for i in range(footer.num_row_groups)]
    ends = [each for each in found if each is not None and each.has_min_max]
    if not ends or len(ends) < len(found) or not all(isinstance(e.min, int) for e in ends):
        return None, None
    return min(each.min for each in ends), max(each.max for each in ends)


def _policies(path: Path) -> pa.ChunkedArray:
    """The policies of a table, whole numbers or texts."""
    if path.suffix == PARQUET:
        column = pq.read_table(path, columns=["policy"])["policy"]
    elif path.suffix == ".arrow":
        with pa.memory_map(str(path)) as file:
            column = pa.ipc.open_file(file).read_all()["policy"]
    else:
        from pyarrow import csv

        texts = csv.ConvertOptions(include_columns=["policy"], column_types={"policy": pa.string()})
        table = csv.read_csv(path, convert_options=texts)
        column = whole_ids({"policies": table})["policies"]["policy"]
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    return column


# nested files ---------------------------------------------------------------------------------


def _nested_partitions(path: Path) -> Iterator[Partition]:
    """Whole row groups until there are enough rows, moved on to where a certificate begins."""
    described = (input_file(path),)
    try:
        with pq.ParquetFile(path) as file:
            if "policy" not in file.schema_arrow.names:
                raise _not_nested(path)
            cuts = _cuts(path, file)
    except (pa.ArrowException, OSError) as error:
        raise unreadable(path, error) from None
    for number, (first, last) in enumerate(pairwise(cuts)):
        name = path.name if len(cuts) == 2 else f"{path.name}[{first}:{last}]"
        yield Partition(number, name, path, described, last - first, (first, last))


def _cuts(path: Path, file: pq.ParquetFile) -> list[int]:
    """Where partitions begin and end, in rows."""
    total = file.metadata.num_rows
    if total <= ROWS_A_PARTITION:
        return [0, total]
    cuts, start, wanted, before = [0], 0, False, None
    for group in range(file.metadata.num_row_groups):
        policies = file.read_row_group(group, columns=["policy"])["policy"].combine_chunks()
        if pa.types.is_dictionary(policies.type):
            policies = policies.cast(pa.string())
        if not len(policies):
            continue
        wanted = wanted or start - cuts[-1] >= ROWS_A_PARTITION
        before = policies[0] if before is None else before
        joined = pa.concat_arrays([pa.array([before.as_py()], policies.type), policies])
        if joined.null_count or pc.any(pc.less(joined[1:], joined[:-1])).as_py():
            raise _disorder(
                path,
                Text(
                    "契約番号の順に並んでいません。",
                    "Its rows are not in ascending order of policy.",
                ),
            )
        if wanted:
            begins = np.flatnonzero(np.asarray(pc.not_equal(joined[1:], joined[:-1])))
            if len(begins):
                cuts.append(start + int(begins[0]))
                wanted = False
        start, before = start + len(policies), policies[-1]
    return [*cuts, total]


def read_rows(path: Path, first: int, last: int) -> pa.Table:
    """Rows first..last (exclusive) of a Parquet file, reading no more row groups than they lie in.

    The last group is decoded only as far as it is needed.
    """
    try:
        with pq.ParquetFile(path) as file:
            texts = _text_leaves(file)
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
    except (pa.ArrowException, OSError) as error:
        raise unreadable(path, error) from None
    return whole.slice(first - start, last - first)


def _text_leaves(file: pq.ParquetFile) -> list[str]:
    """Texts that repeat, to be decoded as dictionaries; Arrow cannot where they lie in lists."""
    leaves = [file.schema.column(number) for number in range(len(file.schema))]
    return [
        leaf.path
        for leaf in leaves
        if leaf.physical_type == "BYTE_ARRAY"
        and leaf.max_repetition_level == 0
        and leaf.path not in _OWN_TEXTS
    ]


def _not_nested(path: Path) -> Problem:
    return Problem(
        "column.missing",
        f"{path}: policy",
        Text("必要な列がありません。", "This column is missing, and needed."),
        Text(
            "dosojin schema --columns で列の一覧を確かめてください。",
            "`dosojin schema --columns` lists the columns of a file of claims.",
        ),
    )
