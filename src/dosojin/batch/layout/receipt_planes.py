"""The receipts of occurrences: categories, amounts, what they say line by line, who and what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dosojin.adjudication.read_claim import LINES_MAX, STATUSES
from dosojin.adjudication.read_values import wrong_type
from dosojin.batch.columns import TOTAL_MAX, UNLIMITED, Groups, Planes, Receipts, categories_of
from dosojin.batch.layout.arrange import EMPTY
from dosojin.batch.layout.cells import Cells, cells_of
from dosojin.batch.layout.fact_rows import FactRows
from dosojin.batch.layout.known_planes import Lists, planes_of, refuse_strangers, too_much
from dosojin.batch.layout.receipt_groups import groups_by_name
from dosojin.batch.layout.schema import AMOUNT, Column, TableColumns
from dosojin.terms.lowered import Lowered
from dosojin.values.problems import Problem
from dosojin.values.text import Text

Array = NDArray[Any]
NamedLists = Mapping[int, tuple[Array, Sequence[tuple[str, ...]]]]


class ReceiptReader:
    """Reads one table of receipts, in the order of their occurrences."""

    def __init__(
        self,
        table: pa.Table,
        columns: TableColumns,
        rows: FactRows,
        offsets: Array,
        lowered: Lowered,
        lists: Lists,
    ) -> None:
        self.table = table
        self.columns = columns
        self.rows = rows
        self.offsets = offsets
        self.lowered = lowered
        self.lists = lists

    def receipts(self, named: NamedLists) -> Receipts:
        """All receipts; `named`: by variable, the lists of persons that occurrences give."""
        self._refuse_many()
        estimated = self._estimated()
        lo, hi = self._amounts()
        if estimated is not None:
            lo = np.where(estimated, 0, lo)
        return Receipts(
            self.offsets,
            self._categories(),
            lo,
            hi,
            self._planes(hi),
            self._groups("person", named),
            self._groups("item", {}),
            estimated,
        )

    def _cells(self, name: str) -> Cells | None:
        return cells_of(self.table, name)

    def _refuse_many(self) -> None:
        lengths = np.diff(self.offsets)
        for occurrence in np.flatnonzero(lengths > LINES_MAX).tolist():
            problem = Problem(
                "receipts.many",
                "",
                Text(
                    f"一つの事故に領収書が{lengths[occurrence]}行あります。",
                    f"The occurrence has {lengths[occurrence]} receipts.",
                ),
                Text(
                    f"一つの事故につき{LINES_MAX}行までです。",
                    f"Give at most {LINES_MAX} for one occurrence.",
                ),
            )
            self.rows.refuse("occurrence", problem, self.offsets[occurrence : occurrence + 1])

    def _categories(self) -> Array:
        cells = self._cells("category") or Cells(self.rows.count)
        named = categories_of(self.lowered)
        words = self.columns["category"].words
        refuse_strangers("category", words, cells, self.rows)
        number = {word: code for code, word in enumerate(named)}
        codes = [number.get(entry, len(named)) for entry in cells.entries]
        kind = np.int8 if len(named) <= np.iinfo(np.int8).max else np.int16
        table = np.array([*codes, len(named)], kind)
        if cells.codes is None:
            self.rows.refuse("category", EMPTY, np.arange(self.rows.count))
            return np.full(self.rows.count, len(named), kind)
        if self.table.column("category").null_count:
            self.rows.refuse("category", EMPTY, np.flatnonzero(cells.codes < 0))
        found: Array = table[cells.codes]
        return found

    def _estimated(self) -> Array | None:
        cells = self._cells("status") if "status" in self.table.column_names else None
        if cells is None or cells.codes is None:
            return None
        refuse_strangers("status", STATUSES, cells, self.rows)
        is_estimate = np.array([*(entry == "estimated" for entry in cells.entries), False])
        estimated: Array = is_estimate[cells.codes]
        return estimated if estimated.any() else None

    def _amounts(self) -> Planes:
        cells = self._cells("amount")
        if cells is None:
            self.rows.refuse("amount", EMPTY, np.arange(self.rows.count))
            return np.zeros(self.rows.count, np.int64), np.zeros(self.rows.count, np.int64)
        names = [variable.name for variable in self.lowered.variables]
        spec = self.lowered.variables[names.index("amount")] if "amount" in names else AMOUNT
        lo, hi = planes_of(spec, "amount", cells, self.rows, self.lists)
        if cells.values is None or cells.valid is not None:
            self.rows.refuse("amount", EMPTY, np.flatnonzero(~cells.is_stated()))
        self._refuse_totals(hi)
        return lo, hi

    def _refuse_totals(self, hi: Array) -> None:
        """Rejects occurrences whose receipts are so much that a sum could leave 64 bits."""
        lengths = np.diff(self.offsets)
        if not len(hi) or int(hi.max()) * int(lengths.max()) <= TOTAL_MAX:
            return
        finite = np.where(hi >= UNLIMITED, 0, hi)
        # one amount may be far off (rejected above); its place in the sum must not wrap around
        sums = np.add.reduceat(np.append(np.clip(finite, 0, TOTAL_MAX), 0), self.offsets[:-1])
        totals = np.where(lengths > 0, sums, 0)
        for occurrence in np.flatnonzero(totals > TOTAL_MAX).tolist():
            total = int(totals[occurrence])
            line = self.offsets[occurrence : occurrence + 1]
            self.rows.refuse("amount", _total_too_much(total), line, str(total))

    def _planes(self, hi: Array) -> dict[int, Planes]:
        found: dict[int, Planes] = {}
        for column in self.columns.values():
            if column.variable < 0:
                continue
            cells = self._cells(column.name)
            if cells is None:
                continue
            spec = self.lowered.variables[column.variable]
            planes = planes_of(spec, column.name, cells, self.rows, self.lists)
            if spec.kind == "yen":
                stated = cells.is_stated()
                if not stated.all():
                    planes = planes[0], np.where(stated, planes[1], hi)
            found[column.variable] = planes
        return found

    def _groups(self, name: str, named: NamedLists) -> Groups | None:
        column: Column = self.columns[name]
        cells = self._cells(column.name)
        if cells is None or cells.codes is None:
            return None
        if "" in cells.entries:
            problem = wrong_type("", "", "名前", "a name")
            bad = np.flatnonzero(cells.codes == cells.entries.index(""))
            self.rows.refuse(name, problem, bad, "")
        of = self.rows.of
        assert of is not None
        return groups_by_name(cells, of, self.offsets, named)


def _total_too_much(total: int) -> Problem:
    problem = too_much(total)
    return Problem(
        problem.code,
        "",
        Text(
            f"一つの事故の領収書が合わせて{total}円あり、扱えません。",
            f"The receipts of one occurrence come to {total} yen, which cannot be taken.",
        ),
        Text(
            f"合わせて{TOTAL_MAX:,}円以下にしてください。",
            f"Give at most {TOTAL_MAX:,} yen in all.",
        ),
    )
