"""What a run counted: rows in and out, decisions by benefit and verdict, yen, rejects.

Counts of partitions add up to those of the run, in whatever order they were decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import pyarrow as pa

from dosojin.batch.columns import Array
from dosojin.batch.runs.decision_rows import VERDICTS
from dosojin.values.problems import Problem
from dosojin.values.text import Text

_SHIFT = 24
ByBenefit = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one partition, or of a whole run.

    *_in = *_decided + *_rejected + *_left_out (by --where), for occurrences and for receipts.
    unclaimed: occurrences decided that claim no benefit, so that no row speaks of them.
    by_benefit: decisions "covered", "depends" and "not_covered", yen "lo" and "hi" in total, and
    how many have "no_lo" or "no_hi" (no bound; they are not in the totals). through_scalar:
    occurrences that the single evaluator decided. tightened: decisions that --tight made again.
    rejects: by reason (see `reason_name`), how often it was given; a row may have several.
    """

    occurrences_in: int = 0
    occurrences_decided: int = 0
    occurrences_rejected: int = 0
    occurrences_left_out: int = 0
    receipts_in: int = 0
    receipts_decided: int = 0
    receipts_rejected: int = 0
    receipts_left_out: int = 0
    unclaimed: int = 0
    through_scalar: int = 0
    tightened: int = 0
    by_benefit: ByBenefit = field(default_factory=dict)
    rejects: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Counts) -> Counts:
        mine, theirs = self.to_json(), other.to_json()
        return Counts.from_json({name: _added(mine[name], theirs[name]) for name in mine})

    def to_json(self) -> dict[str, Any]:
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Counts:
        return Counts(**{each.name: stored[each.name] for each in fields(Counts)})

    @property
    def decisions(self) -> int:
        return sum(self.total(verdict) for verdict in VERDICTS)

    def total(self, name: str) -> int:
        """A figure of `by_benefit` over all benefits."""
        return sum(row.get(name, 0) for row in self.by_benefit.values())

    def check(self, place: str) -> None:
        """Every row that came in went somewhere; Problem if one got lost."""
        for kind in ("occurrences", "receipts"):
            came = getattr(self, f"{kind}_in")
            parts = [getattr(self, f"{kind}_{p}") for p in ("decided", "rejected", "left_out")]
            if came != sum(parts):
                raise rows_lost(place, kind, came, parts)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    return value


def _added(mine: Any, theirs: Any) -> Any:
    if mine is None or theirs is None:
        return theirs if mine is None else mine
    if isinstance(mine, Mapping):
        return {name: _added(mine.get(name), theirs.get(name)) for name in sorted({*mine, *theirs})}
    return mine + theirs


def rows_lost(place: str, kind: str, came: int, parts: list[int]) -> Problem:
    """A fault of ours: rows came in (decided, rejected, left out) and went nowhere."""
    decided, rejected, left_out = parts
    return Problem(
        "batch.rows_lost",
        place,
        Text(
            f"{kind} の件数が合いません"
            f"（入力 {came}、判断 {decided}、除外 {rejected}、対象外 {left_out}）。",
            f"The {kind} do not add up: {came} came in, {decided} were decided, "
            f"{rejected} rejected, {left_out} left out.",
        ),
        Text(
            "プログラムの誤りです。開発者にお知らせください。",
            "This is a fault of the program; report it, please.",
        ),
    )


def reason_name(code: str, table: str, column: str | None) -> str:
    """How a reason for rejecting is called in a summary: what is wrong, and in which column."""
    return f"{code} {table}.{column}" if column else f"{code} {table}"


def count_decisions(decisions: pa.Table) -> dict[str, dict[str, int]]:
    """By benefit that occurs: verdicts, yen in total, decisions without a bound."""
    if not decisions.num_rows:
        return {}
    benefits = decisions["benefit"].combine_chunks()
    words = benefits.dictionary.to_pylist()
    of = np.asarray(benefits.indices)
    verdicts = np.asarray(decisions["verdict"].combine_chunks().indices)
    cells = of.astype(np.int64) * len(VERDICTS) + verdicts
    by_verdict = np.bincount(cells, minlength=len(words) * len(VERDICTS))
    by_verdict = by_verdict.reshape(len(words), len(VERDICTS))
    ends = [(end, decisions[end].combine_chunks()) for end in ("lo", "hi")]
    found: dict[str, dict[str, int]] = {}
    for index in np.flatnonzero(by_verdict.sum(axis=1)):
        row = {word: int(by_verdict[index, at]) for at, word in enumerate(VERDICTS)}
        mine = pa.array(of == index)
        for end, column in ends:
            yen = column.filter(mine)
            row[end] = exact_sum(np.asarray(yen.drop_null()))
            row[f"no_{end}"] = yen.null_count
        found[words[index]] = row
    return found


def exact_sum(yen: Array) -> int:
    """The sum of int64 amounts, whatever its size."""
    return (int((yen >> _SHIFT).sum()) << _SHIFT) + int((yen & ((1 << _SHIFT) - 1)).sum())
