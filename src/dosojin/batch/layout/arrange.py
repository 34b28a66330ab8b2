"""Puts the rows in order and each where it belongs; rows that belong nowhere go to the rejects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dosojin.adjudication.read_values import wrong_type
from dosojin.batch.columns import offsets_of
from dosojin.batch.layout.cells import Cells, cells_of, one_array
from dosojin.batch.layout.match_ids import NONE, Ids, ids_of, positions, repeated, run_starts
from dosojin.batch.layout.rejects import Rejects
from dosojin.batch.layout.tables import Tables
from dosojin.values.problems import Problem
from dosojin.values.text import Text

Array = NDArray[Any]
EMPTY = Problem(
    "value.empty",
    "",
    Text("値がありません。", "There is no value."),
    Text("この列は必ず書いてください。", "This column needs a value in every row."),
)
_POLICY_TWICE = Problem(
    "policy.twice",
    "",
    Text(
        "同じ契約が二行あるか、行によって内容が違います。",
        "This policy stands twice, or its rows say different things.",
    ),
    Text("契約ごとに内容を一つにしてください。", "Say one thing of each policy, once."),
)
_OCCURRENCE_TWICE = Problem(
    "occurrence.twice",
    "",
    Text("同じ事故が二行あります。", "This occurrence stands twice."),
    Text("事故ごとに別の番号を付けてください。", "Give each occurrence an id of its own."),
)
_NO_POLICY = Problem(
    "policy.unknown",
    "",
    Text("この契約は policies にありません。", "There is no such policy in policies."),
    Text(
        "契約の行を加えるか、番号を確かめてください。",
        "Add the row of the policy, or check the id.",
    ),
)
_NO_OCCURRENCE = Problem(
    "occurrence.unknown",
    "",
    Text("この事故は occurrences にありません。", "There is no such occurrence in occurrences."),
    Text(
        "事故の行を加えるか、番号を確かめてください。",
        "Add the row of the occurrence, or check the id.",
    ),
)


@dataclass(frozen=True, slots=True)
class Arranged:
    """Occurrences by policy and `seq`, and their receipts; what belongs nowhere is left out.

    policies: the table as it was given. policy_row: its row for every occurrence. certificate:
    the policy's place in ascending order of id. occurrence_line, receipt_line: the number of every
    row in the table as given; None: the rows are all there, as they were. offsets: receipts of
    occurrence i are offsets[i] up to, not including, offsets[i + 1].
    """

    policies: pa.Table
    occurrences: pa.Table
    receipts: pa.Table
    policy_row: Array
    certificate: Array
    occurrence_line: Array | None
    receipt_line: Array | None
    offsets: Array
    notices: tuple[Text, ...]


def arrange(tables: Tables, rejects: Rejects) -> Arranged:
    """The tables in order; every row without a place is added to `rejects`."""
    return _Arranging(tables, rejects).arranged()


class _Arranging:
    def __init__(self, tables: Tables, rejects: Rejects) -> None:
        self.tables = tables
        self.rejects = rejects
        self.unsorted: list[str] = []

    def arranged(self) -> Arranged:
        policy_row, certificate = self._policies()
        rows = self._occurrence_rows(policy_row, certificate)
        occurrences = self.tables.occurrences
        if rows is not None:
            occurrences = occurrences.take(pa.array(rows))
            policy_row, certificate = policy_row[rows], certificate[rows]
        receipt_rows, offsets = self._receipt_rows(rows)
        receipts = self.tables.receipts
        if receipt_rows is not None:
            receipts = receipts.take(pa.array(receipt_rows))
        return Arranged(
            self.tables.policies, occurrences, receipts, policy_row, certificate,
            rows, receipt_rows, offsets, (*self.tables.notices, *self._notices()),
        )  # fmt: skip

    def _notices(self) -> list[Text]:
        if not self.unsorted:
            return []
        names = ", ".join(self.unsorted)
        return [
            Text(
                f"並べ替えました（{names}）。順に並んだ入力のほうが速く読めます。",
                f"Sorted here: {names}. Input that is in order is read faster.",
            )
        ]

    # policies ---------------------------------------------------------------------------------

    def _policies(self) -> tuple[Array, Array]:
        """For each occurrence the row of its policy (NONE: it has none) and the policy's rank."""
        column = self.tables.policies.column("policy")
        ids = ids_of(column)
        given = np.arange(ids.count)
        if ids.valid is not None:
            self._refuse("policies", "policy", EMPTY, np.flatnonzero(~ids.valid))
            given = np.flatnonzero(ids.valid)
            ids = ids.take(given)
        rank = np.arange(ids.count)
        if not ids.ascend():
            order = ids.order()
            if not np.array_equal(order, rank):
                self.unsorted.append("policies")
            rank = np.empty(len(order), np.int64)
            rank[order] = np.arange(len(order))
        twice = repeated(ids)
        wanted = ids_of(self.tables.occurrences.column("policy"))
        found = _positions(wanted, ids)
        if twice is not None:
            self._refuse("policies", "policy", _POLICY_TWICE, given[np.flatnonzero(twice)])
            hit = np.flatnonzero((found >= 0) & twice[found]) if len(twice) else found[:0]
            self._refuse_occurrences("policies", "policy", _POLICY_TWICE, hit, given[found[hit]])
            self.twice = hit
        else:
            self.twice = found[:0]
        if not len(given):
            return found, found
        row = given[found] if ids.count != len(column) else found
        certificate = rank[found]
        missing = found == NONE
        if missing.any():
            row = np.where(missing, NONE, row)
        return row, certificate

    def _refuse(self, table: str, column: str, problem: Problem, rows: Array) -> None:
        """Rejects rows of `policies` or `receipts` that concern no occurrence we know."""
        if not len(rows):
            return
        held = getattr(self.tables, table)
        lines = self.tables.lines(table, rows)
        ids = {
            name: one_array(held.column(key).take(pa.array(rows)))
            for key, name in (("policy", "policies"), ("occurrence", "occurrences"))
            if key in held.column_names
        }
        values = _shown(held, column, rows)
        self.rejects.add(table, column, problem, lines=lines, values=values, **ids)

    # occurrences ------------------------------------------------------------------------------

    def _refuse_occurrences(
        self,
        table: str,
        column: str,
        problem: Problem,
        rows: Array,
        lines: Array,
        values: str | None = None,
    ) -> None:
        if not len(rows):
            return
        held = self.tables.occurrences
        self.rejects.add(
            table,
            column,
            problem,
            lines=self.tables.lines(table, lines),
            policies=one_array(held.column("policy").take(pa.array(rows))),
            occurrences=one_array(held.column("occurrence").take(pa.array(rows))),
            values=values or _shown(held, column, rows),
        )

    def _occurrence_rows(self, policy_row: Array, certificate: Array) -> Array | None:
        """The rows to keep, in order; None if these are all, as they are."""
        held = self.tables.occurrences
        count = held.num_rows
        bad = np.zeros(count, bool)

        def refuse(column: str, problem: Problem, is_bad: Array, value: str | None = None) -> None:
            rows = np.flatnonzero(is_bad)
            self._refuse_occurrences("occurrences", column, problem, rows, rows, value)
            bad[rows] = True

        bad[self.twice] = True
        keys = {name: ids_of(held.column(name)) for name in ("policy", "occurrence")}
        for name, ids in keys.items():
            if ids.valid is not None:
                refuse(name, EMPTY, ~ids.valid)
        has_policy = keys["policy"].valid
        if count and int(policy_row.min()) == NONE:
            no_policy = policy_row == NONE
            named = no_policy if has_policy is None else no_policy & has_policy
            refuse("policy", _NO_POLICY, named)
        has_id = keys["occurrence"].valid
        named = np.arange(count) if has_id is None else np.flatnonzero(has_id)
        ids = keys["occurrence"] if has_id is None else keys["occurrence"].take(named)
        twice = repeated(ids)
        if twice is not None:
            is_twice = np.zeros(count, bool)
            is_twice[named[twice]] = True
            refuse("occurrence", _OCCURRENCE_TWICE, is_twice)
        self.named, self.named_ids = named, ids
        return self._ordered(self._seq(refuse), certificate, bad)

    def _seq(self, refuse: Callable[..., None]) -> Array:
        held = self.tables.occurrences
        cells = cells_of(held, "seq") or Cells(held.num_rows)
        if cells.values is not None and cells.valid is None:
            return cells.values
        has_value, has_text = cells.has_value(), cells.has_text()
        assert cells.codes is not None or not has_text.any()
        for code, entry in enumerate(cells.entries):
            problem = wrong_type("", entry, "整数", "a whole number")
            refuse("seq", problem, ~has_value & (cells.codes == code), entry)
        refuse("seq", EMPTY, ~has_value & ~has_text)
        return np.zeros(held.num_rows, np.int64) if cells.values is None else cells.values

    def _ordered(self, seq: Array, certificate: Array, bad: Array) -> Array | None:
        some_bad = bool(bad.any())
        rows = np.flatnonzero(~bad) if some_bad else None
        if rows is not None:
            seq, certificate = seq[rows], certificate[rows]
        later, same = certificate[1:] > certificate[:-1], certificate[1:] == certificate[:-1]
        if bool((later | (same & (seq[1:] >= seq[:-1]))).all()):
            return rows
        self.unsorted.append("occurrences")
        order = np.lexsort((seq, certificate))
        return order if rows is None else rows[order]

    # receipts ---------------------------------------------------------------------------------

    def _receipt_rows(self, rows: Array | None) -> tuple[Array | None, Array]:
        """The rows to keep, in order (None: all, as they are), and the offsets."""
        total = self.tables.occurrences.num_rows
        count = total if rows is None else len(rows)
        ids = ids_of(self.tables.receipts.column("occurrence"))
        starts = run_starts(ids)
        lengths = np.diff(starts, append=ids.count)
        found = _positions(ids.take(starts), self.named_ids)
        place = self._places(found, rows, total)
        if len(found) and int(found.min()) == NONE:
            lost = np.flatnonzero(np.repeat(found == NONE, lengths))
            is_void = np.zeros(len(lost), bool) if ids.valid is None else ~ids.valid[lost]
            self._refuse("receipts", "occurrence", EMPTY, lost[is_void])
            self._refuse("receipts", "occurrence", _NO_OCCURRENCE, lost[~is_void])
        per_occurrence = np.zeros(count, np.int64)
        if bool((place[1:] > place[:-1]).all()) and (not len(place) or place[0] >= 0):
            per_occurrence[place] = lengths
            return None, offsets_of(per_occurrence)
        of = np.repeat(place, lengths)
        kept = np.flatnonzero(of >= 0)
        of = of[kept]
        if not bool((of[1:] >= of[:-1]).all()):
            self.unsorted.append("receipts")
            order = np.argsort(of, kind="stable")
            kept, of = kept[order], of[order]
        return kept, offsets_of(np.bincount(of, minlength=count))

    def _places(self, found: Array, rows: Array | None, total: int) -> Array:
        """Where the occurrence with that number of a named one stands now; NONE: nowhere."""
        if rows is None and len(self.named) == total:
            return found
        now = np.full(total + 1, NONE, np.int64)
        now[np.arange(total) if rows is None else rows] = np.arange(
            total if rows is None else len(rows)
        )
        given = np.append(self.named, total)  # what is not found points past the last one
        place: Array = now[given[found]]
        return place


def _positions(wanted: Ids, ids: Ids) -> Array:
    """`positions`, where ids wanted may be void."""
    if wanted.valid is None or bool(wanted.valid.all()):
        return positions(wanted, ids)
    found = np.full(wanted.count, NONE, np.int64)
    given = np.flatnonzero(wanted.valid)
    found[given] = positions(wanted.take(given), ids)
    return found


def _shown(table: pa.Table, column: str, rows: Array) -> list[str | None] | None:
    if column not in table.column_names:
        return None
    values = table.column(column).take(pa.array(rows)).to_pylist()
    return [None if value is None else str(value) for value in values]
