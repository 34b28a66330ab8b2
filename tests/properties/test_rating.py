"""What holds for every trip: a longer stay never costs less, and the way there does not matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from dosojin.rating import (
    RatingProblem,
    RefundStrategy,
    extend,
    load_tariff,
    quote,
    quotes,
    refund,
)
from dosojin.values.periods import (
    count_days,
    count_months,
    last_day_of_days,
    last_day_of_months,
)

TARIFF = load_tariff("gakkensai-2026")
STARTS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@dataclass(frozen=True, slots=True)
class Trip:
    """A plan, a trip that it takes, and the last day to which the plan and its pair can go."""

    plan: str
    start: date
    end: date
    longest: date


@st.composite
def trips(draw: st.DrawFn) -> Trip:
    """Any plan with any trip it takes; a third of them near an edge of its lengths."""
    plan = TARIFF.plan(draw(st.sampled_from(list(TARIFF.plans))))
    start = draw(STARTS)
    first = start if plan.over is None else plan.over.last_day(start) + timedelta(days=1)
    last = plan.at_most.last_day(start)
    edges = st.sampled_from([first, first + timedelta(days=1), last - timedelta(days=1), last])
    end = draw(st.one_of(st.dates(first, last), st.dates(first, last), edges))
    pair = TARIFF.plan(plan.pair)
    return Trip(plan.id, start, end, max(last, pair.at_most.last_day(start)))


def end_of(start: date, days: int) -> date:
    return start + timedelta(days=days - 1)


@given(STARTS, st.integers(1, 1_000))
def test_days_and_their_last_day_are_inverse(start: date, days: int) -> None:
    assert count_days(start, last_day_of_days(start, days)) == days


@given(STARTS, st.integers(1, 60))
def test_months_and_their_last_day_are_inverse(start: date, months: int) -> None:
    last = last_day_of_months(start, months)
    assert count_months(start, last) == months
    assert count_months(start, last + timedelta(days=1)) == months + 1
    assert 28 * months <= count_days(start, last) <= 31 * months


@given(trips(), st.data())
def test_a_longer_trip_never_costs_less(trip: Trip, data: st.DataObject) -> None:
    longer = data.draw(st.dates(trip.end, TARIFF.plan(trip.plan).at_most.last_day(trip.start)))
    less, more = (quote(TARIFF, trip.plan, trip.start, end) for end in (trip.end, longer))
    assert less.premium <= more.premium
    assert less.band.last_day(trip.start) <= more.band.last_day(trip.start)


@given(trips())
def test_the_band_takes_the_trip_in_and_no_shorter_one_does(trip: Trip) -> None:
    for found in quotes(TARIFF, trip.start, trip.end):
        assert found.band.covers(trip.start, trip.end)
        for row in TARIFF.plan(found.plan).rows:
            if row.premium < found.premium:
                assert not row.band.covers(trip.start, trip.end)


@given(STARTS, st.integers(1, 800))
def test_a_trip_fits_one_plan_of_a_pair_at_most(start: date, days: int) -> None:
    fitting = [plan.id for plan in TARIFF.plans_that_admit(start, end_of(start, days))]
    for pair in ("AB", "CD", "EF"):
        assert len(set(pair) & set(fitting)) <= 1
    for plan in TARIFF.plans:
        try:
            quote(TARIFF, plan, start, end_of(start, days))
        except RatingProblem as problem:
            assert plan not in fitting
            assert all(f"Plan {name} (" in problem.remedy.en for name in fitting)
        else:
            assert plan in fitting


@given(trips(), st.data())
def test_two_extensions_cost_what_one_costs(trip: Trip, data: st.DataObject) -> None:
    days_left = (trip.longest - trip.end).days
    assume(days_left >= 2)
    middle = trip.end + timedelta(days=data.draw(st.integers(1, days_left - 1)))
    last = data.draw(st.dates(middle + timedelta(days=1), trip.longest))
    at_once = extend(TARIFF, trip.plan, trip.start, trip.end, last)
    first = extend(TARIFF, trip.plan, trip.start, trip.end, middle)
    second = extend(TARIFF, first.plan, trip.start, middle, last)
    assert first.additional_premium + second.additional_premium == at_once.additional_premium
    assert second.plan == at_once.plan
    assert at_once.additional_premium >= 0
    assert at_once.additional_premium == at_once.extended.premium - at_once.current.premium


@given(trips(), st.data(), st.sampled_from(RefundStrategy))
def test_a_refund_is_never_negative_and_never_grows_with_time(
    trip: Trip, data: st.DataObject, strategy: RefundStrategy
) -> None:
    assume(strategy is not RefundStrategy.SHORT_RATE or count_months(trip.start, trip.end) <= 12)
    one_day = timedelta(days=1)
    last = data.draw(st.dates(trip.start - one_day, trip.end)) - one_day
    now, later = (
        refund(TARIFF, trip.plan, trip.start, trip.end, covered, strategy)
        for covered in (last, last + one_day)
    )
    assert 0 <= later.return_premium <= now.return_premium <= now.paid.premium


@given(trips(), st.data())
def test_cancelling_an_extension_gives_back_what_it_cost(trip: Trip, data: st.DataObject) -> None:
    assume(trip.end < trip.longest)
    new_end = data.draw(st.dates(trip.end + timedelta(days=1), trip.longest))
    extended = extend(TARIFF, trip.plan, trip.start, trip.end, new_end)
    returned = refund(TARIFF, extended.plan, trip.start, new_end, trip.end)
    assert returned.return_premium == extended.additional_premium
