"""Rows that cannot be taken, and why: one row of REJECTS for every reason and occurrence.

A reason that many rows share is kept once: table, column, code and reasons are dictionaries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dosojin.adjudication.read_values import shown
from dosojin.batch.layout.tables import WORDS
from dosojin.values.problems import Problem
from dosojin.values.text import Text

Array = NDArray[Any]


def rejects_schema(policy: pa.DataType, occurrence: pa.DataType) -> pa.Schema:
    """The schema of rejects for ids of these types; `line` counts a table's rows from 0."""
    return pa.schema(
        [
            pa.field("table", WORDS, False),
            pa.field("policy", policy),
            pa.field("occurrence", occurrence),
            pa.field("line", pa.int64()),
            pa.field("column", WORDS),
            pa.field("value", pa.string()),
            pa.field("code", WORDS, False),
            pa.field("reason", WORDS, False),
            pa.field("reason_ja", WORDS, False),
        ]
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell cannot be taken, and what stood in it."""

    problem: Problem
    value: str


class Rejects:
    """Collects rejects; the ids of policies and occurrences have one type each."""

    def __init__(self, policy: pa.DataType, occurrence: pa.DataType) -> None:
        self.schema = rejects_schema(policy, occurrence)
        self._chunks: list[pa.Table] = []

    def __bool__(self) -> bool:
        return bool(self._chunks)

    def add(
        self,
        table: str,
        column: str | None,
        problem: Problem,
        *,
        lines: Array,
        policies: pa.Array | None = None,
        occurrences: pa.Array | None = None,
        values: Sequence[str | None] | str | None = None,
    ) -> None:
        """One reject for each of `lines`, the same reason for all; ids and values stand beside.

        `values`: what stood in the cell, one text for all or one each.
        """
        count = len(lines)
        if not count:
            return
        if values is None or isinstance(values, str):
            told = pa.repeat(pa.scalar(_cut(values), pa.string()), count)
        else:
            told = pa.array([_cut(value) for value in values], pa.string())
        reason = _sentence(problem)
        filled = {
            "table": _same(table, count),
            "policy": self._ids("policy", policies, count),
            "occurrence": self._ids("occurrence", occurrences, count),
            "line": pa.array(lines.astype(np.int64)),
            "column": _same(column, count),
            "value": told,
            "code": _same(problem.code, count),
            "reason": _same(reason.en, count),
            "reason_ja": _same(reason.ja, count),
        }
        self._chunks.append(pa.table(filled, schema=self.schema))

    def add_each(
        self,
        table: str,
        column: str,
        refusals: Sequence[Refusal],
        which: Array,
        *,
        lines: Array,
        policies: pa.Array,
        occurrences: pa.Array,
    ) -> None:
        """One reject for each of `lines`; which: for each of them, its refusal."""
        count = len(lines)
        if not count:
            return
        reasons = [_sentence(refusal.problem) for refusal in refusals]
        place = pa.array(which)
        filled = {
            "table": _same(table, count),
            "policy": self._ids("policy", policies, count),
            "occurrence": self._ids("occurrence", occurrences, count),
            "line": pa.array(lines.astype(np.int64)),
            "column": _same(column, count),
            "value": pa.array([shown(refusal.value) for refusal in refusals]).take(place),
            "code": _words([refusal.problem.code for refusal in refusals]).take(place),
            "reason": _words([reason.en for reason in reasons]).take(place),
            "reason_ja": _words([reason.ja for reason in reasons]).take(place),
        }
        self._chunks.append(pa.table(filled, schema=self.schema))

    def _ids(self, name: str, ids: pa.Array | None, count: int) -> pa.Array:
        kind = self.schema.field(name).type
        return pa.nulls(count, kind) if ids is None else ids.cast(kind)

    def to_table(self) -> pa.Table:
        """All of them, in the order they were added."""
        if not self._chunks:
            return self.schema.empty_table()
        return pa.concat_tables(self._chunks).unify_dictionaries().combine_chunks()


def _cut(value: str | None) -> str | None:
    return None if value is None else shown(value)


def _same(word: str | None, count: int) -> pa.DictionaryArray:
    if word is None:
        return pa.nulls(count, WORDS)
    return pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(count, np.int32)), pa.array([word], pa.string())
    )


def _words(words: list[str]) -> pa.DictionaryArray:
    return pa.array(words, pa.string()).dictionary_encode()


def _sentence(problem: Problem) -> Text:
    return Text(
        f"{problem.message.ja}{problem.remedy.ja}",
        f"{problem.message.en} {problem.remedy.en}",
    )
