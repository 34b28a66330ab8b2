"""What a run reads: the partitions of a portfolio, found and put in order before anything runs.

A partition is a folder with the tables, or a range of rows of one nested Parquet file, cut between
certificates. Nothing but footers and the column of policies is read here, and the ids of CSV.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dosojin.batch.layout.id_types import text_ids
from dosojin.batch.layout.one_type import is_text
from dosojin.batch.layout.table_files import (
    PARQUET,
    all_table_files,
    file_schema,
    missing_column,
    partition_folders,
    read_file,
    reading,
    truncated,
)
from dosojin.values.problems import Problem
from dosojin.values.text import Text

ROWS_A_PARTITION = 1 << 17
"""Occurrences of a nested file that are decided together, at least; whole row groups."""
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

    name: how people call it. weight: how much work it is, beside others of the same run. texts:
    the ids that are texts throughout the portfolio, see `text_ids`.
    """

    number: int
    name: str
    path: Path
    files: tuple[InputFile, ...]
    weight: int
    rows: tuple[int, int] | None = None
    texts: tuple[str, ...] = ()


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
    found = {folder: all_table_files(folder) for folder in require_folders(source)}
    # what cannot be read is refused first, for that is most likely what is wrong
    described = {folder: tuple(map(input_file, files.values())) for folder, files in found.items()}
    texts = text_ids(found.values())
    if len(found) > 1:
        _require_order(
            source, [_ends(folder, files["policies"], texts) for folder, files in found.items()]
        )
    return tuple(
        Partition(number, folder.name, folder, files, sum(f.bytes for f in files), texts=texts)
        for number, (folder, files) in enumerate(described.items())
    )


def require_folders(source: Path) -> list[Path]:
    """The folders with tables, in order of name; Problem if there are none."""
    found = partition_folders(source)
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


def occurrences_in(partition: Partition) -> int:
    """How many occurrences a partition has; 0 where that takes reading it."""
    if partition.rows is not None:
        return partition.rows[1] - partition.rows[0]
    table = all_table_files(partition.path)["occurrences"]
    return pq.read_metadata(table).num_rows if table.suffix == PARQUET else 0


def input_file(path: Path) -> InputFile:
    """Name, size and digest of a file; Problem if it cannot be read."""
    with reading(path), path.open("rb") as file:
        size = file.seek(0, 2)
        if path.suffix != PARQUET:
            file.seek(0)
            return InputFile(path.name, size, hashlib.file_digest(file, "sha256").hexdigest())
        file.seek(max(size - _FOOTER_TAIL, 0))
        tail = file.read(_FOOTER_TAIL)
        length = int.from_bytes(tail[:4], "little") + _FOOTER_TAIL
        if size < _FOOTER_TAIL or tail[4:] != _MAGIC or length > size:
            raise truncated(path)
        file.seek(size - length)
        return InputFile(path.name, size, hashlib.sha256(file.read(length)).hexdigest())


# order ----------------------------------------------------------------------------------------


def _require_order(source: Path, ends: list[_Ends]) -> None:
    """Certificates ascend from partition to partition, and none is in two."""
    known = [each for each in ends if each.least is not None]
    for before, after in pairwise(known):
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


def _ends(folder: Path, path: Path, texts: Collection[str]) -> _Ends:
    if "policy" not in file_schema(path).names:
        # a table without policies is refused with its columns, when it is read
        return _Ends(folder.name, None, None)
    least, most = _statistics(path) if path.suffix == PARQUET else (None, None)
    if least is None:
        ids = read_file(path, ["policy"])["policy"]
        if is_text(ids.type):
            ids = ids.cast(pa.string() if "policy" in texts else pa.int64())
        both = pc.min_max(ids)
        least, most = both["min"].as_py(), both["max"].as_py()
    return _Ends(folder.name, least, most)


def _statistics(path: Path) -> tuple[int | None, int | None]:
    """The ends of whole-number policies from the footer; texts may be cut there."""
    with reading(path):
        footer = pq.read_metadata(path)
    at = footer.schema.names.index("policy")
    found = [footer.row_group(i).column(at).statistics for i in range(footer.num_row_groups)]
    ends = [each for each in found if each is not None and each.has_min_max]
    if not ends or len(ends) < len(found) or not all(isinstance(e.min, int) for e in ends):
        return None, None
    return min(each.min for each in ends), max(each.max for each in ends)


# nested files ---------------------------------------------------------------------------------


def _nested_partitions(path: Path) -> Iterator[Partition]:
    """Whole row groups until there are enough rows, moved on to where a certificate begins."""
    described = (input_file(path),)
    with reading(path), pq.ParquetFile(path) as file:
        if "policy" not in file.schema_arrow.names:
            raise missing_column(path, "policy")
        cuts = _cuts(path, file)
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
