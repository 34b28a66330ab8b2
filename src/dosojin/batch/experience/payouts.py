"""The decisions on a portfolio: which files hold them, and what they pay by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dosojin.batch.columns import Array
from dosojin.batch.experience.tallies import Tally
from dosojin.batch.layout.table_files import PARQUET, file_schema, missing_column, reading
from dosojin.batch.runs.manifest import SUMMARY, Places
from dosojin.values.problems import Problem
from dosojin.values.text import Text

EDITION_KEY = b"dosojin.edition"
DECISIONS_AT_ONCE = 1 << 14
"""A finite amount is below 2^48, so 2^14 of them together stay below 2^62."""
_DECIDED = ("policy", "occurrence", "lo", "hi")
Last = tuple[Any, bool]
"""The occurrence of the last row that was read, and whether it is open."""


@dataclass(frozen=True, slots=True)
class PolicyCells:
    """Policies by place: their ids, and the code of the cell that each belongs to.

    ascending: the ids, if they are whole numbers that rise throughout.
    """

    ids: pa.Array
    cell: Array
    ascending: Array | None = None

    def places(self, wanted: pa.Array) -> Array:
        """The place of each wanted id, −1 where no policy has it."""
        if self.ascending is None or not pa.types.is_integer(wanted.type):
            found = pc.index_in(wanted.cast(self.ids.type), value_set=self.ids)
            place: Array = np.asarray(pc.fill_null(found, -1)).astype(np.int64)
            return place
        ids = np.asarray(wanted)
        at = np.minimum(np.searchsorted(self.ascending, ids), len(self.ascending) - 1)
        return np.where(self.ascending[at] == ids, at, -1)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What `dosojin batch` left: its files, the edition, and the occurrences it could not decide.

    unclaimed: occurrences that claim nothing yet, so that there is no decision on them. source: the
    digest of the files that were decided; "" if nothing says.
    """

    files: tuple[Path, ...]
    edition: str
    rejected: int = 0
    unclaimed: int = 0
    source: str = ""


def find_decisions(place: Path) -> Decisions:
    """Decisions in one Parquet file or in a folder of parts.

    Problem if there are none, the run is not finished, or it left out claims by --where.
    """
    files = _files(place)
    summary = Places(place).summary
    if not summary.is_file():
        return Decisions(files, _edition_of(files[0]))
    told = json.loads(summary.read_text(encoding="utf-8"))
    if told["options"].get("where"):
        raise _no_decisions(
            place,
            Text("--where で選んだ判断だけです。", "These are only the decisions of a --where."),
        )
    counts = told["counts"]
    unclaimed, source = counts.get("unclaimed", 0), told.get("input", {}).get("digest", "")
    edition = _edition_of(files[0])
    return Decisions(files, edition, counts["occurrences_rejected"], unclaimed, source)


def payouts(decisions: Decisions, policies: PolicyCells) -> Iterator[tuple[int, Tally]]:
    """Tallies by cell code, several for each; Problem for a decision on an unknown policy."""
    last: Last = (None, False)
    for path in decisions.files:
        for batch in _batches(path):
            found, last = _payouts(batch, policies, last, path)
            yield from found


def _files(decisions: Path) -> tuple[Path, ...]:
    """One file, or the parts of a folder in order."""
    if decisions.is_file():
        return (decisions,)
    if (decisions / ".run").is_dir():
        raise _no_decisions(
            decisions,
            Text("判断がまだ終わっていません。", "This run is not finished."),
        )
    parts = sorted(decisions.glob(f"part-*{PARQUET}")) if decisions.is_dir() else []
    if not parts:
        raise _no_decisions(decisions, Text("判断がありません。", "There are no decisions here."))
    return tuple(parts)


def _edition_of(path: Path) -> str:
    """The edition that made the decisions in a file; Problem if the file does not say."""
    metadata = file_schema(path).metadata or {}
    if EDITION_KEY not in metadata:
        raise _no_decisions(
            path,
            Text("どの版の判断か、書かれていません。", "It does not say which edition decided."),
        )
    return str(metadata[EDITION_KEY].decode())


def _batches(path: Path) -> Iterator[pa.Table]:
    """A few rows at a time, so that sums of their amounts fit into 64 bits."""
    with reading(path), pq.ParquetFile(path) as file:
        for name in _DECIDED:
            if name not in file.schema_arrow.names:
                raise missing_column(path, name)
        for batch in file.iter_batches(DECISIONS_AT_ONCE, columns=list(_DECIDED)):
            yield pa.Table.from_batches([batch])


def _payouts(
    batch: pa.Table, policies: PolicyCells, last: Last, path: Path
) -> tuple[list[tuple[int, Tally]], Last]:
    """The tally of each cell."""
    if not batch.num_rows:
        return [], last
    place = policies.places(plain_ids(batch["policy"]))
    if (place < 0).any():
        lost = batch["policy"][int(np.argmin(place))].as_py()
        raise Problem(
            "experience.policy",
            f"{path}: {lost}",
            Text(
                f"契約 {lost} の判断がありますが、契約の一覧にその契約がありません。",
                f"There is a decision on policy {lost}, which the portfolio does not have.",
            ),
            Text(
                "同じフォルダーから作った判断を指定してください。",
                "Name the decisions that were made from this very folder.",
            ),
        )
    cell = policies.cell[place]
    lo, hi = (_yen(batch[name]) for name in ("lo", "hi"))
    occurrence = plain_ids(batch["occurrence"])
    begins = np.ones(len(occurrence), bool)
    begins[1:] = np.asarray(pc.not_equal(occurrence[1:], occurrence[:-1]))
    begins[0] = occurrence[0].as_py() != last[0]
    of = np.cumsum(begins) - 1 + (not begins[0])
    is_open = np.zeros(int(of[-1]) + 1, bool)
    np.logical_or.at(is_open, of, (lo[0] != hi[0]) | lo[1] | hi[1])
    opens = begins & is_open[of]
    if not begins[0]:
        # an occurrence that was cut: it counts as open once, here if its first part was certain
        opens[0] = is_open[0] and not last[1]
        is_open[0] |= last[1]
    codes, of_code = np.unique(cell, return_inverse=True)
    sums = [sums_by_code(values, of_code, len(codes)) for values in (begins, opens, *lo, *hi)]
    found = [
        (code, Tally(0, 0, claims, some_open, _bounded(least, no_lo), _bounded(most, no_hi)))
        for code, claims, some_open, least, no_lo, most, no_hi in zip(
            codes.tolist(), *sums, strict=True
        )
    ]
    return found, (occurrence[-1].as_py(), bool(is_open[-1]))


def _yen(column: pa.ChunkedArray) -> tuple[Array, Array]:
    """Amounts, 0 where there is no bound, and where that is."""
    unbounded = np.asarray(pc.is_null(column))
    return np.asarray(pc.fill_null(column, 0)).astype(np.int64), unbounded


def sums_by_code(values: Array, of_code: Array, codes: int) -> list[int]:
    """The sum of the values of each code, exactly."""
    sums = np.zeros(codes, np.int64)
    np.add.at(sums, of_code, values.astype(np.int64))
    found: list[int] = sums.tolist()
    return found


def _bounded(amount: int, unbounded: int) -> int | None:
    return None if unbounded else amount


def plain_ids(column: pa.ChunkedArray) -> pa.Array:
    """Whole numbers as int64, texts as texts, in one piece."""
    if pa.types.is_integer(column.type):
        return pc.cast(column, pa.int64()).combine_chunks()
    return pc.cast(column, pa.string()).combine_chunks()


def _no_decisions(path: Path, message: Text) -> Problem:
    return Problem(
        "experience.decisions",
        str(path),
        message,
        Text(
            "dosojin batch が最後まで書いた保存先を指定してください。",
            f"Name what `dosojin batch` wrote, with its {SUMMARY}, after it has finished.",
        ),
    )
