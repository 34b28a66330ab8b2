"""Civil periods: days counted inclusively, months by the month rule (D2).

Dates were worked out by hand from the rule and the calendar.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dosojin.values.periods import (
    Period,
    count_days,
    count_months,
    last_day_of_days,
    last_day_of_months,
    last_day_of_years,
    read_civil_date,
)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 6, 1), date(2026, 6, 8), 8),
        (date(2026, 6, 1), date(2026, 6, 1), 1),
        (date(2026, 2, 1), date(2026, 3, 31), 59),
        (date(2028, 2, 1), date(2028, 3, 31), 60),
        (date(2026, 1, 1), date(2026, 12, 31), 365),
    ],
)
def test_both_ends_are_counted(start: date, end: date, days: int) -> None:
    assert count_days(start, end) == days
    assert Period(start, end).days == days
    assert last_day_of_days(start, days) == end


@pytest.mark.parametrize(
    ("start", "months", "last_day"),
    [
        (date(2026, 3, 20), 6, date(2026, 9, 19)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2028, 1, 29), 1, date(2028, 2, 28)),
        (date(2026, 1, 28), 1, date(2026, 2, 27)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 6, 1), 2, date(2026, 7, 31)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 14)),
    ],
)
def test_months_end_before_the_corresponding_day(start: date, months: int, last_day: date) -> None:
    assert last_day_of_months(start, months) == last_day


def test_a_year_from_a_leap_day_ends_on_the_28th() -> None:
    assert last_day_of_years(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert last_day_of_years(date(2026, 6, 1), 1) == date(2027, 5, 31)
    assert last_day_of_years(date(2026, 6, 1), 2) == date(2028, 5, 31)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 6, 1), date(2026, 7, 31), 2),
        (date(2026, 6, 1), date(2026, 8, 1), 3),
        (date(2026, 6, 1), date(2026, 6, 1), 1),
        (date(2026, 2, 1), date(2026, 3, 31), 2),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 1), 2),
        (date(2026, 1, 31), date(2026, 3, 30), 2),
        (date(2026, 1, 31), date(2026, 3, 31), 3),
        (date(2026, 12, 15), date(2027, 1, 14), 1),
        (date(2026, 12, 15), date(2027, 1, 15), 2),
    ],
)
def test_the_least_months_that_take_a_period_in(start: date, end: date, months: int) -> None:
    assert count_months(start, end) == months
    assert Period(start, end).months == months


def test_180_days_end_on_day_180() -> None:
    # January has 31 days: 31 + 28 + 31 + 30 + 31 = 151 to the end of May, 29 more.
    assert last_day_of_days(date(2026, 1, 1), 180) == date(2026, 6, 29)


def test_no_period_leaves_the_calendar() -> None:
    assert last_day_of_days(date(9999, 12, 30), 5) == date.max
    assert last_day_of_months(date(9999, 12, 31), 1) == date.max
    assert last_day_of_months(date(9999, 11, 30), 1) == date(9999, 12, 29)
    assert last_day_of_years(date(9998, 1, 1), 5) == date.max
    assert count_months(date(9999, 12, 31), date.max) == 1


def test_a_period_never_runs_backwards() -> None:
    for refused in (Period, count_days, count_months):
        with pytest.raises(ValueError, match="on or after its start"):
            refused(date(2026, 6, 2), date(2026, 6, 1))
    with pytest.raises(ValueError, match="at least one"):
        last_day_of_days(date(2026, 6, 1), 0)
    with pytest.raises(ValueError, match="at least one"):
        last_day_of_months(date(2026, 6, 1), 0)


def test_a_moment_is_no_civil_day() -> None:
    with pytest.raises(TypeError, match="moment"):
        Period(datetime(2026, 6, 1, 12), date(2026, 6, 2))


def test_dates_are_read_in_one_writing_only() -> None:
    assert read_civil_date("2026-06-01") == date(2026, 6, 1)
    for text in (
        "20260601",
        "2026-W23-1",
        "2026-6-1",
        "2026-02-30",
        "２０２６-06-01",
        "",
        "2026-06-01 ",
    ):
        with pytest.raises(ValueError, match=r"date|day|month"):
            read_civil_date(text)
