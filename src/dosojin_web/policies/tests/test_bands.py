"""The premium as steps."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dosojin_web.policies.mapping import bands_around, next_band, quote_plan, quote_plans

PRODUCT = "gakkensai-2026"
starts = st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 12, 31))
lengths = st.integers(0, 700)


def test_one_day_longer_within_the_band() -> None:
    band = next_band(PRODUCT, "A", date(2026, 8, 3), date(2026, 8, 18))
    assert (band.same_until, band.spare_days, band.more) == (date(2026, 8, 19), 1, 540)
    assert band.step is not None and band.step.first_day == date(2026, 8, 20)
    assert not band.changes_plan


def test_beyond_31_days_the_pair_goes_on() -> None:
    band = next_band(PRODUCT, "A", date(2026, 8, 3), date(2026, 9, 2))
    assert band.spare_days == 0 and band.changes_plan and band.step is not None
    assert (band.step.plan, band.step.premium, band.more) == ("B", 11610, 1200)


def test_beyond_the_longest_there_is_nothing() -> None:
    band = next_band(PRODUCT, "F", date(2026, 8, 3), date(2028, 8, 2))
    assert (band.spare_days, band.step, band.more) == (0, None, 0)


def test_near_an_end_the_other_side_has_the_room() -> None:
    first = bands_around(PRODUCT, "A", date(2026, 8, 3), date(2026, 8, 3))
    last = bands_around(PRODUCT, "B", date(2026, 8, 3), date(2027, 8, 2))
    assert len(first) == len(last) == 6
    assert first[0].first_day == first[0].last_day == date(2026, 8, 3)
    assert last[-1].last_day == date(2027, 8, 2)


def test_the_ends_of_the_calendar_do_not_fail() -> None:
    assert next_band(PRODUCT, "A", date.min, date.min).spare_days == 0
    last = next_band(PRODUCT, "A", date.max, date.max)
    assert (last.spare_days, last.step) == (0, None)


@given(start=starts, length=lengths)
def test_the_steps_are_what_quotes_say(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    for offer in quote_plans(PRODUCT, start, end):
        steps = bands_around(PRODUCT, offer.plan, start, end)
        here = next(step for step in steps if step.holds(end))
        assert (here.premium, here.plan) == (offer.premium, offer.plan)
        for before, after in pairwise(steps):
            assert after.first_day == before.last_day + timedelta(days=1)
            assert after.premium > before.premium or after.plan != before.plan
        for step in steps:
            for day in (step.first_day, step.last_day):
                assert quote_plan(PRODUCT, step.plan, start, day).premium == step.premium


@given(start=starts, length=lengths)
def test_the_next_band_is_the_first_day_that_costs_more(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    for offer in quote_plans(PRODUCT, start, end):
        band = next_band(PRODUCT, offer.plan, start, end)
        same = quote_plan(PRODUCT, offer.plan, start, band.same_until)
        assert same.premium == offer.premium
        assert band.same_until == end + timedelta(days=band.spare_days)
        if band.step is not None:
            after = quote_plan(PRODUCT, band.step.plan, start, band.step.first_day)
            assert after.premium == offer.premium + band.more
