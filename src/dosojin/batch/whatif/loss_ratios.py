"""Loss ratios by plan and length of the policy, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dosojin.batch.columns import Array
from dosojin.batch.whatif.comparison import NOTHING, Amount, LossRatio
from dosojin.batch.whatif.exact_sums import exact_sums
from dosojin.rating.bands import Band, BandUnit
from dosojin.values.text import Text

LENGTHS = (
    Band(BandUnit.DAY, 7),
    Band(BandUnit.DAY, 31),
    Band(BandUnit.MONTH, 3),
    Band(BandUnit.MONTH, 6),
    Band(BandUnit.YEAR, 1),
    Band(BandUnit.YEAR, 2),
)
"""A policy is of the first length that takes it in; those that none takes in come last."""
LONGER = Text("2年超", "over 2 years")
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class PolicyColumns:
    """Policies of a partition: plan ("" if none is named), first and last day, premium in yen.

    inception, expiry: days since 1970-01-01. premium: −1 where none is stated.
    """

    plan: Sequence[str]
    inception: Array
    expiry: Array
    premium: Array


@dataclass(frozen=True, slots=True)
class _Group:
    policies: int = 0
    premium: int = 0
    before: Amount = NOTHING
    after: Amount = NOTHING

    def __add__(self, other: _Group) -> _Group:
        return _Group(
            self.policies + other.policies, self.premium + other.premium,
            self.before + other.before, self.after + other.after,
        )  # fmt: skip


class LossRatios:
    """Gathers premiums and payouts, partition by partition. unpriced: policies without premium."""

    def __init__(self) -> None:
        self.unpriced = 0
        self._groups: dict[tuple[str, int], _Group] = {}

    def add(
        self,
        policies: PolicyColumns,
        policy_of_row: Array,
        before: tuple[Array, Array, Array],
        after: tuple[Array, Array, Array],
    ) -> None:
        """Adds policies and their claims: by row, yen lo and hi, and whether hi has no bound."""
        priced = policies.premium >= 0
        self.unpriced += int((~priced).sum())
        plans = sorted(set(policies.plan))
        number = {plan: place for place, plan in enumerate(plans)}
        of_plan = np.array([number[plan] for plan in policies.plan], np.int64)
        slots = len(LENGTHS) + 1
        group = of_plan * slots + length_of(policies.inception, policies.expiry)
        count = len(plans) * slots
        premiums = exact_sums(group[priced], policies.premium[priced], count)
        counted = np.bincount(group[priced], minlength=count).tolist()
        rows = priced[policy_of_row]
        of_row = group[policy_of_row][rows]
        sums = [_amounts(of_row, side, rows, count) for side in (before, after)]
        for place in np.flatnonzero(counted).tolist():
            key = (plans[place // slots], place % slots)
            added = _Group(counted[place], premiums[place], sums[0][place], sums[1][place])
            self._groups[key] = self._groups.get(key, _Group()) + added

    def rows(self, plans: Iterable[str]) -> tuple[LossRatio, ...]:
        """One entry for each plan and length, plans in the order given, then the others."""
        order = {plan: place for place, plan in enumerate(plans)}
        keys = sorted(self._groups, key=lambda key: (order.get(key[0], len(order)), *key))
        return tuple(_ratio(plan, _length(slot), self._groups[plan, slot]) for plan, slot in keys)

    def together(self) -> LossRatio:
        """All priced policies as one."""
        return _ratio("", Text("", ""), sum(self._groups.values(), _Group()))


def _ratio(plan: str, length: Text, group: _Group) -> LossRatio:
    return LossRatio(plan, length, group.policies, group.premium, group.before, group.after)


def _length(slot: int) -> Text:
    return LENGTHS[slot].text if slot < len(LENGTHS) else LONGER


def _amounts(
    group: Array, side: tuple[Array, Array, Array], rows: Array, count: int
) -> list[Amount]:
    lo, hi, unlimited = (plane[rows] for plane in side)
    lows, highs = exact_sums(group, lo, count), exact_sums(group, hi, count)
    without = np.bincount(group[unlimited], minlength=count).tolist()
    return [Amount(*each) for each in zip(lows, highs, without, strict=True)]


def length_of(inception: Array, expiry: Array) -> Array:
    """The place in LENGTHS of every policy; len(LENGTHS) if it is longer than any."""
    found = np.full(len(inception), len(LENGTHS), np.int64)
    for place in reversed(range(len(LENGTHS))):
        found[expiry <= last_days(inception, LENGTHS[place])] = place
    return found


def last_days(inception: Array, band: Band) -> Array:
    """`Band.last_day` for many days at once; days since 1970-01-01."""
    if band.unit is BandUnit.DAY:
        return inception + band.length - 1
    months = band.length * (_MONTHS_A_YEAR if band.unit is BandUnit.YEAR else 1)
    start = inception.astype("datetime64[D]")
    month = start.astype("datetime64[M]")
    day_of_month = start - month.astype("datetime64[D]")
    last_month = (month + months).astype("datetime64[D]")
    month_end = (month + months + 1).astype("datetime64[D]") - 1
    found: Array = np.minimum(last_month + day_of_month - 1, month_end).astype(np.int64)
    return found

