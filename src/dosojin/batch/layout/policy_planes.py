"""What a policy says: plan and certificate, and whether the plan takes the period."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dosojin.adjudication.case import Known
from dosojin.adjudication.catalogue import plan_ids, plan_riders, plan_sums
from dosojin.adjudication.read_values import ValueReader
from dosojin.batch.columns import PLANE_TYPES, Planes, in_plane
from dosojin.batch.layout.cells import Cells, cells_of
from dosojin.batch.layout.fact_rows import FactRows
from dosojin.batch.layout.known_planes import refuse_strangers
from dosojin.batch.layout.rejects import Refusal
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.quote_premium import refuse_length
from dosojin.rating.tariff import Plan, Tariff
from dosojin.terms.editions import Edition
from dosojin.terms.lowered import Lowered
from dosojin.values.moments import EARLIEST_DAY, LATEST_DAY

Array = NDArray[Any]
_DAYS = LATEST_DAY - EARLIEST_DAY + 1


class PlanRows:
    """The plan of every occurrence: `codes` into `entries`, −1 without one; plans that exist."""

    def __init__(self, policies: pa.Table, policy_row: Array, rows: FactRows, product: str) -> None:
        column = cells_of(policies, "plan") if "plan" in policies.column_names else None
        cells = Cells(rows.count) if column is None else column.take(policy_row)
        self.product = product
        self.entries: tuple[str, ...] = cells.entries
        no_plan = np.full(rows.count, -1, np.int32)
        self.codes: Array = no_plan if cells.codes is None else cells.codes
        self._made: dict[tuple[str, bytes], Array] = {}
        strangers = refuse_strangers("plan", plan_ids(product), cells, rows)
        if strangers:
            is_plan = np.array(
                [code not in strangers for code in range(len(self.entries))] + [False]
            )
            self.codes = np.where(is_plan[self.codes], self.codes, np.int32(-1))

    def planes(self, edition: Edition, lowered: Lowered) -> dict[int, Planes]:
        """By variable, what the plans say by themselves: sums insured and riders."""
        if not (self.codes >= 0).any():
            return {}
        self._places = self.codes.astype(np.intp) + 1
        names = {variable.name: index for index, variable in enumerate(lowered.variables)}
        used = [entry if entry in plan_ids(self.product) else None for entry in self.entries]
        planes: dict[int, Planes] = {}
        riders = names[edition.riders.name]
        words = lowered.variables[riders].choices
        planes[riders] = self._spread(
            lowered, riders, [None if plan is None else self._riders(plan, words) for plan in used]
        )
        sums = [{} if plan is None else plan_sums(self.product, plan) for plan in used]
        for id, fact in edition.sums.items():
            if fact.name not in names:
                continue
            index = names[fact.name]
            is_flag = lowered.variables[index].kind == "flag"
            knowns = [
                None if plan is None else _sum(own.get(id, 0), is_flag)
                for plan, own in zip(used, sums, strict=True)
            ]
            planes[index] = self._spread(lowered, index, knowns)
        return planes

    def _riders(self, plan: str, words: tuple[str, ...]) -> Known:
        included = plan_riders(self.product, plan)
        inside = sum(1 << words.index(rider) for rider in included if rider in words)
        return (inside, ((1 << len(words)) - 1) & ~inside)

    def _spread(self, lowered: Lowered, index: int, knowns: list[Known]) -> Planes:
        """Planes by row; None is the whole domain, which rows without a plan have too."""
        spec = lowered.variables[index]
        domain = ValueReader(LATEST_DAY, None).domain(spec)
        filled = [domain if known is None else known for known in (None, *knowns)]
        types = PLANE_TYPES[spec.kind]
        if len(types) == 1:
            return (self._row_by_row(np.array(filled, types[0])),)
        return tuple(
            self._row_by_row(np.array([in_plane(known[i]) for known in filled], plane_type))
            for i, plane_type in enumerate(types)
        )

    def _row_by_row(self, table: Array) -> Array:
        """What a plan says, for every row; the same array where other facts say the same."""
        key = (table.dtype.str, table.tobytes())
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = np.take(table, self._places, mode="clip")
        return found


def _sum(value: int | None, is_flag: bool) -> Known:
    if value is None:
        return None
    if is_flag:
        return 3 if value else 0
    return (value, value)


def refuse_periods(plans: PlanRows, start: Planes, end: Planes, rows: FactRows) -> None:
    """Rejects periods that the plan does not take: the period was mistyped, or the plan."""
    if not plans.entries:
        return
    first, last = start[0], end[0]
    has_plan = plans.codes >= 0
    is_exact = (start[0] == start[1]) & (end[0] == end[1]) & (first <= last)
    looked_at = has_plan & is_exact
    if not looked_at.any():
        return
    tariff = load_tariff(plans.product)
    day = np.clip(first - EARLIEST_DAY, 0, _DAYS - 1)
    starts = np.zeros(_DAYS, bool)
    starts[day] = True
    taken = [
        _taken(tariff.plan(entry) if entry in tariff.plans else None, np.flatnonzero(starts))
        for entry in plans.entries
    ]
    cell = np.maximum(plans.codes, 0) * np.int64(_DAYS) + day
    above = np.concatenate([each[0] for each in taken])[cell]
    most = np.concatenate([each[1] for each in taken])[cell]
    bad = np.flatnonzero(looked_at & ((last <= above) | (last > most)))
    _refuse(plans, tariff, first, last, bad, rows)


def _taken(plan: Plan | None, days: Array) -> tuple[Array, Array]:
    """By day of departure (from EARLIEST_DAY): the last day too short for it, and its longest."""
    above = np.zeros(_DAYS, np.int32)
    most = np.full(_DAYS, date.max.toordinal(), np.int32)
    if plan is None:
        return above, most
    departures = [date.fromordinal(EARLIEST_DAY + day) for day in days.tolist()]
    most[days] = [plan.at_most.last_day(start).toordinal() for start in departures]
    if plan.over is not None:
        above[days] = [plan.over.last_day(start).toordinal() for start in departures]
    return above, most


def _refuse(
    plans: PlanRows, tariff: Tariff, first: Array, last: Array, bad: Array, rows: FactRows
) -> None:
    if not len(bad):
        return
    said = np.stack((plans.codes[bad], first[bad], last[bad]))
    distinct, which = np.unique(said, axis=1, return_inverse=True)
    which = which.reshape(-1)
    found: dict[str, list[tuple[int, Refusal]]] = {}
    for number, (code, start, end) in enumerate(distinct.T.tolist()):
        period = date.fromordinal(start), date.fromordinal(end)
        problem = refuse_length(tariff, tariff.plan(plans.entries[code]), *period)
        column = "expiry" if problem.place == "end" else problem.place
        refusal = Refusal(problem, f"{period[0]}..{period[1]}")
        found.setdefault(column, []).append((number, refusal))
    for column, refusals in found.items():
        place = np.full(distinct.shape[1], -1, np.int64)
        place[[number for number, _ in refusals]] = np.arange(len(refusals))
        here = np.flatnonzero(place[which] >= 0)
        rows.refuse_each(
            column, [refusal for _, refusal in refusals], place[which[here]], bad[here]
        )
