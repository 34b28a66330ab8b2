"""From tables to planes: what `read_claim` makes of one claim, for all of them at once.

Every distinct text is read once, by the reader of single claims; numbers, days and flags are
handled as whole columns. A row that cannot be decided goes to the rejects with the reason that a
single claim would be refused for. The checks of an edition are not applied here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dosojin.adjudication.catalogue import load_edition, load_lowered
from dosojin.adjudication.read_values import read_day, wrong_type
from dosojin.batch.columns import OFFSET_UNKNOWN, Columns, Planes, domain_planes
from dosojin.batch.layout.arrange import EMPTY, Arranged, arrange
from dosojin.batch.layout.cells import Cells, cells_of, one_array
from dosojin.batch.layout.conform import conform_tables
from dosojin.batch.layout.fact_rows import FactRows, Occurrences
from dosojin.batch.layout.known_planes import (
    Lists,
    planes_of,
    read_entries,
    refuse_entries,
    refuse_twice,
)
from dosojin.batch.layout.policy_planes import PlanRows, refuse_periods
from dosojin.batch.layout.receipt_planes import ReceiptReader
from dosojin.batch.layout.rejects import Rejects
from dosojin.batch.layout.schema import Column, columns_of
from dosojin.batch.layout.tables import SUMS, Tables
from dosojin.batch.layout.usage_planes import usage_planes
from dosojin.terms.lowered import Lowered
from dosojin.values.moments import EARLIEST_DAY, LATEST_DAY, offset_minutes
from dosojin.values.problems import Problem
from dosojin.values.text import Text

Array = NDArray[Any]
_SUM_WORDS = {"included": "yes", "1": "yes", "0": "no"}
"""What a sum may say where it is only included or not."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """The claims of a partition that can be decided, and the rows that cannot.

    columns: the claims kept, by policy and `seq`. policy, occurrence, seq: their ids, row by row.
    row, policy_row: where they stand in the tables as given. rejects: see `rejects_schema`.
    occurrences_in, receipts_in: rows given; receipts_kept: those of claims kept. notices: what a
    person should know, such as that the tables had to be sorted.
    """

    columns: Columns
    policy: pa.Array
    occurrence: pa.Array
    seq: Array
    row: Array
    policy_row: Array
    rejects: pa.Table
    occurrences_in: int
    receipts_in: int
    receipts_kept: int
    notices: tuple[Text, ...]

    @property
    def occurrences_kept(self) -> int:
        return self.columns.rows


def ingest(tables: Tables, lowered: Lowered | None = None) -> Ingested:
    """The claims in three tables as planes; `lowered`: read for a kept revision of the edition.

    Problem for a column that is not known, is missing, or holds another kind of thing.
    """
    typed = conform_tables(tables, lowered)
    return _Ingesting(typed, lowered or load_lowered(tables.edition)).ingested()


class _Ingesting:
    def __init__(self, tables: Tables, lowered: Lowered) -> None:
        self.tables = tables
        self.product = product = tables.edition
        self.lowered = lowered
        self.edition = load_edition(product)
        self.columns = columns_of(product, lowered)
        self.rejects = Rejects(
            tables.policies.column("policy").type, tables.occurrences.column("occurrence").type
        )
        self.lists = Lists()
        self.planes: dict[int, Planes] = {}
        self.stated: dict[int, Array] = {}
        self.named: dict[int, tuple[Array, list[tuple[str, ...]]]] = {}
        self.opening = {variable for node in lowered.nodes for variable in node.opens}

    def ingested(self) -> Ingested:
        tables = arrange(self.tables, self.rejects)
        self.all = Occurrences(
            tables.occurrences.column("policy"), tables.occurrences.column("occurrence")
        )
        rows = self._rows("occurrences", tables.occurrence_line)
        self._as_of(tables, rows)
        self._place_offset(tables, rows)
        self._policy_facts(tables)
        for column in self.columns["occurrences"].values():
            if column.variable >= 0:
                self._fact(column, cells_of(tables.occurrences, column.name), rows)
        receipts = ReceiptReader(
            tables.receipts,
            self.columns["receipts"],
            self._rows("receipts", tables.receipt_line, tables.offsets),
            tables.offsets,
            self.lowered,
            self.lists,
        ).receipts(self.named)
        usage = cells_of(tables.occurrences, "usage")
        columns = Columns(
            self.lowered,
            self.all.count,
            self.all.as_of,
            self.all.place_offset,
            tables.certificate,
            self.planes,
            self.stated,
            receipts,
            tuple(self.lists.grades),
            {} if usage is None else self._usage(usage, rows),
        )
        return self._kept(columns, tables)

    def _rows(self, table: str, line: Array | None, offsets: Array | None = None) -> FactRows:
        return FactRows(table, self.all, self.rejects, line, self.tables.lines, offsets)

    def _kept(self, columns: Columns, tables: Arranged) -> Ingested:
        kept = np.flatnonzero(~self.all.bad)
        row = tables.occurrence_line
        if row is None:
            row = np.arange(self.all.count)
        policy_row = tables.policy_row
        policy = tables.occurrences.column("policy")
        occurrence = tables.occurrences.column("occurrence")
        seq = cells_of(tables.occurrences, "seq")
        numbers = np.zeros(0, np.int64) if seq is None or seq.values is None else seq.values
        if len(kept) < self.all.count:
            columns = columns.take(kept)
            policy, occurrence = policy.take(pa.array(kept)), occurrence.take(pa.array(kept))
            row, policy_row, numbers = row[kept], policy_row[kept], numbers[kept]
        return Ingested(
            columns,
            one_array(policy),
            one_array(occurrence),
            numbers,
            row,
            policy_row,
            self.rejects.to_table(),
            self.tables.occurrences.num_rows,
            self.tables.receipts.num_rows,
            columns.receipts.count,
            tables.notices,
        )

    # when and where ---------------------------------------------------------------------------

    def _as_of(self, tables: Arranged, rows: FactRows) -> None:
        cells = cells_of(tables.occurrences, "as_of") or Cells(rows.count)
        days = np.zeros(rows.count, np.int64) if cells.values is None else cells.values
        refuse_twice("as_of", cells, rows)
        if cells.codes is not None:
            said = np.array([*(_day_of(entry) for entry in cells.entries), 0])
            days = np.where(cells.has_value(), days, said[cells.codes])
        if cells.values is None or cells.valid is not None:
            rows.refuse("as_of", EMPTY, np.flatnonzero(~cells.is_stated()))
            days = np.where(cells.is_stated(), days, LATEST_DAY)  # so that no day is called late
        is_bad = (days < EARLIEST_DAY) | (days > LATEST_DAY)
        if is_bad.any():
            bad = np.flatnonzero(is_bad & cells.is_stated())
            told = [_told_day(cells, row) for row in bad.tolist()]
            rows.refuse("as_of", _NO_DAY, bad, told)
            days = np.where(is_bad, LATEST_DAY, days)
        self.all.as_of = days.astype(np.int32)

    def _place_offset(self, tables: Arranged, rows: FactRows) -> None:
        offsets = np.full(rows.count, OFFSET_UNKNOWN, np.int32)
        cells = cells_of(tables.occurrences, "place_offset")
        if cells is not None and cells.codes is not None:
            table = np.full(len(cells.entries) + 1, OFFSET_UNKNOWN, np.int32)
            refused = {}
            for code, entry in enumerate(cells.entries):
                try:
                    table[code] = offset_minutes(entry)
                except ValueError:
                    refused[code] = wrong_type(
                        "", entry, "「-04:00」のような時差", 'a UTC offset such as "-04:00"'
                    )
            refuse_entries("place_offset", refused, cells, rows)
            offsets = table[cells.codes]
        self.all.place_offset = offsets

    # facts ------------------------------------------------------------------------------------

    def _policy_facts(self, tables: Arranged) -> None:
        rows = self._rows("policies", tables.policy_row)
        plans = PlanRows(tables.policies, tables.policy_row, rows, self.product)
        self.planes.update(plans.planes(self.edition, self.lowered))
        for column in self.columns["policies"].values():
            cells = cells_of(tables.policies, column.name) if column.variable >= 0 else None
            if cells is not None:
                cells = cells.take(tables.policy_row)
            if column.name.startswith(SUMS) and column.form == "flag" and cells is not None:
                cells = _as_flags(cells)
            if column.required and column.variable >= 0:
                is_void = np.ones(rows.count, bool) if cells is None else ~cells.is_stated()
                rows.refuse(column.name, EMPTY, np.flatnonzero(is_void))
            self._fact(column, cells, rows)
        names = [variable.name for variable in self.lowered.variables]
        start = names.index(self.edition.policy_start.name)
        end = names.index(self.edition.policy_end.name)
        if start in self.planes and end in self.planes:
            refuse_periods(plans, self.planes[start], self.planes[end], rows)

    def _fact(self, column: Column, cells: Cells | None, rows: FactRows) -> None:
        """Adds what a column says; where it says nothing, what was known before stays."""
        if cells is None or column.variable < 0:
            return
        index = column.variable
        spec = self.lowered.variables[index]
        needs_stated = index in self.opening or index in self.planes
        stated = cells.is_stated() if needs_stated else None
        if index in self.opening and stated is not None and stated.any():
            before = self.stated.get(index)
            self.stated[index] = stated if before is None else before | stated
        if spec.kind == "persons":
            lists = [known or () for known in read_entries(spec, column.name, cells, rows)[:-1]]
            if cells.codes is not None:
                self.named[index] = cells.codes, lists
            return
        planes = planes_of(spec, column.name, cells, rows, self.lists)
        before_planes = self.planes.get(index)
        if before_planes is not None and stated is not None and not stated.all():
            planes = tuple(
                np.where(stated, now, before)
                for now, before in zip(planes, before_planes, strict=True)
            )
        self.planes[index] = planes

    def _usage(self, cells: Cells, rows: FactRows) -> dict[int, Planes]:
        def known(variable: int) -> Planes:
            found = self.planes.get(variable)
            spec = self.lowered.variables[variable]
            return found or domain_planes(spec, self.all.as_of, self.all.place_offset)

        return usage_planes(cells, rows, self.lowered, self.edition.policy_start.name, known)


_NO_DAY = Problem(
    "value.type",
    "",
    Text("いつ現在の情報か、読み取れません。", "This is no day on which anything can be known."),
    Text("1900年から2199年までの日付を書いてください。", "Write a day from 1900 to 2199."),
)


def _day_of(text: str) -> int:
    """The ordinal of a day or moment, 0 if it is none."""
    try:
        found = read_day(text.strip(), "")
    except Problem:
        return 0
    return (found.date() if isinstance(found, datetime) else found).toordinal()


def _told_day(cells: Cells, row: int) -> str:
    if cells.codes is not None and cells.codes[row] >= 0:
        return str(cells.entries[cells.codes[row]])
    assert cells.values is not None
    day = int(cells.values[row])
    return date.fromordinal(day).isoformat() if 1 <= day <= date.max.toordinal() else str(day)


def _as_flags(cells: Cells) -> Cells:
    entries = tuple(_SUM_WORDS.get(entry, entry) for entry in cells.entries)
    return Cells(cells.count, cells.values, cells.valid, cells.codes, entries)
