"""The policies of one partition: plan, band, period, riders, age, and how the trip ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dosojin.batch.columns import Array
from dosojin.batch.portfolio.band_days import last_days
from dosojin.batch.portfolio.scene import Drawn, Scene, certain
from dosojin.batch.portfolio.specs import Assumptions, Endorsement
from dosojin.batch.portfolio.streams import Stream
from dosojin.rating.tariff import Plan, Tariff


@dataclass(frozen=True, slots=True)
class Policies:
    """One entry a policy, ascending. plan, riders, place_offset: codes. Days from 1970-01-01.

    premium: yen, the tariff's. endorsement: number, −1 none. home: the day of reaching home.
    trip: what is said of the end of the trip, by fact.
    """

    policy: Array
    plan: Array
    inception: Array
    expiry: Array
    paid_on: Array
    extended: Array
    age: Array
    riders: Array
    sums: Mapping[str, Drawn]
    premium: Array
    place_offset: Array
    home: Array
    trip: Mapping[str, Drawn]

    @property
    def count(self) -> int:
        return len(self.policy)

    @property
    def travel_days(self) -> Array:
        """Days on the trip and in the period, at least one."""
        found: Array = np.maximum(np.minimum(self.home, self.expiry) - self.inception + 1, 1)
        return found


def draw_policies(
    assumptions: Assumptions, tariff: Tariff, first: int, count: int, stream: Stream
) -> Policies:
    """`count` policies, numbered from `first`."""
    told = assumptions.policies
    inception = _inceptions(assumptions, count, stream)
    plan = stream.pick(count, told.plans)
    expiry, premium = _periods(assumptions, tariff, plan, inception, stream)
    endorsement = _endorsements(told.endorsements, count, stream)
    age = stream.quantile(count, told.age)
    riders = np.full(count, -1, np.int64)
    sums: dict[str, Drawn] = {}
    for number, each in enumerate(told.endorsements):
        has = endorsement == number
        riders = np.where(has, each.riders, riders)
        if each.age is not None:
            age = np.where(has, stream.quantile(count, each.age), age)
        for benefit, amount in each.sums.items():
            before = sums.get(benefit, Drawn(np.zeros(count, np.int64), np.zeros(count, bool)))
            sums[benefit] = Drawn(np.where(has, amount, before.values), before.stated | has)
    extends = np.isin(plan, [i for i, id in enumerate(tariff.plans) if id in told.extended_plans])
    home, trip = _trip(assumptions, inception, expiry, stream)
    return Policies(
        np.arange(first, first + count, dtype=np.int64),
        plan,
        inception,
        expiry,
        inception - stream.quantile(count, told.paid_before),
        stream.happens(count, told.extended) & extends,
        age,
        riders,
        sums,
        premium,
        stream.pick(count, told.place_offset),
        home,
        trip,
    )


def _inceptions(assumptions: Assumptions, count: int, stream: Stream) -> Array:
    told = assumptions.policies
    year, month = stream.pick(count, told.years), stream.pick(count, told.months)
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64)
    after = (months + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int64)
    return first + stream.within(after - first)


def _periods(
    assumptions: Assumptions, tariff: Tariff, plan: Array, inception: Array, stream: Stream
) -> tuple[Array, Array]:
    """Last policy day and premium: a row of the plan's table, then a length that it takes."""
    shortest, longest = np.zeros_like(inception), np.zeros_like(inception)
    premium = np.zeros_like(inception)
    for number, each in enumerate(tariff.plans.values()):
        lengths = assumptions.policies.lengths[number]
        row = stream.pick(len(plan), lengths)
        for place, tariff_row in enumerate(each.rows):
            chosen = np.flatnonzero((plan == number) & (row == place))
            starts = inception[chosen]
            shortest[chosen] = _shortest(each, place, starts)
            longest[chosen] = last_days(tariff_row.band, starts)
            premium[chosen] = tariff_row.premium
    spans = longest - shortest + 1
    assert not len(spans) or spans.min() >= 1, "every row of the tariff takes some length"
    return shortest + stream.within(spans), premium


def _shortest(plan: Plan, row: int, starts: Array) -> Array:
    """The first last day that no shorter row takes, nor the shorter plan of the pair."""
    bands = [] if plan.over is None else [plan.over]
    bands += [plan.rows[row - 1].band] if row else []
    found = starts
    for band in bands:
        found = np.maximum(found, last_days(band, starts) + 1)
    return found


def _endorsements(endorsements: tuple[Endorsement, ...], count: int, stream: Stream) -> Array:
    """At most one for each policy; the number of the endorsement, −1 none."""
    drawn = stream.below(count, 1_000_000)
    bounds = np.cumsum([each.chance for each in endorsements])
    number = np.searchsorted(bounds, drawn, side="right")
    return np.where(number < len(endorsements), number, -1)


def _trip(
    assumptions: Assumptions, inception: Array, expiry: Array, stream: Stream
) -> tuple[Array, dict[str, Drawn]]:
    told = assumptions.trip
    count = len(inception)
    kind = stream.pick(count, told.weights)
    home = np.zeros(count, np.int64)
    trip: dict[str, Drawn] = {}
    for number, each in enumerate(told.kinds):
        chosen = np.flatnonzero(kind == number)
        moved = stream.quantile(len(chosen), each.home_days)
        home[chosen] = np.maximum(expiry[chosen] + moved, inception[chosen])
        scene = Scene(len(chosen), each.rules, {}, stream, assumptions.vocabulary)
        for fact in each.rules:
            drawn = scene.fact(fact)
            before = trip.get(fact)
            if before is None:
                before = Drawn(np.zeros(count, np.int64), np.zeros(count, bool))
                trip[fact] = before
            before.values[chosen] = drawn.values
            before.stated[chosen] = drawn.stated
    trip[assumptions.home_fact] = certain(home)
    return home, trip
