"""The month rule in whole numbers, beside the same rule over civil dates."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest

from dosojin.adjudication import policy_year as one_by_one
from dosojin.batch.kernels.calendar_steps import (
    LAST_ORDINAL,
    civil_of,
    months_on,
    ordinal_of,
    policy_year,
)
from dosojin.values.periods import last_day_of_months

DAYS = tuple(random.Random(1).randint(1, LAST_ORDINAL) for _ in range(3000)) + tuple(
    date(year, month, day).toordinal()
    for year in (1, 4, 1900, 2000, 2024, 2026, 9999)
    for month, day in ((1, 1), (2, 28), (3, 1), (12, 31))
)
AROUND_LEAP_DAY = range(date(2023, 1, 1).toordinal(), date(2025, 3, 2).toordinal())


def test_ordinals_are_civil_days_and_back() -> None:
    for day in (*DAYS, *AROUND_LEAP_DAY):
        civil = date.fromordinal(day)
        assert civil_of(day) == (civil.year, civil.month, civil.day)
        assert ordinal_of(civil.year, civil.month, civil.day) == day


@pytest.mark.parametrize("months", [1, 2, 6, 12, 13, 36, 600])
def test_months_end_where_periods_say(months: int) -> None:
    days = np.array((*DAYS, *AROUND_LEAP_DAY), np.int64)
    expected = [
        last_day_of_months(date.fromordinal(day), months).toordinal() for day in days.tolist()
    ]
    assert months_on(days, months).tolist() == expected
    assert [months_on(day, months) for day in days.tolist()] == expected


def test_a_month_without_the_day_ends_on_its_last() -> None:
    january_31 = date(2026, 1, 31).toordinal()
    assert date.fromordinal(months_on(january_31, 1)) == date(2026, 2, 28)
    leap_day = date(2024, 2, 29).toordinal()
    assert date.fromordinal(months_on(leap_day, 12)) == date(2025, 2, 28)


def test_no_period_runs_past_the_calendar() -> None:
    assert months_on(date(9999, 6, 1).toordinal(), 12) == LAST_ORDINAL


def test_policy_years_begin_on_the_day_of_inception() -> None:
    start = date(2024, 6, 1).toordinal()
    days = [date(2024, 5, 1), date(2024, 6, 1), date(2025, 5, 31), date(2025, 6, 1)]
    found = policy_year(np.array([start] * 4), np.array([day.toordinal() for day in days]))
    assert found.tolist() == [1, 1, 1, 2]


def test_policy_years_are_those_of_single_claims() -> None:
    chance = random.Random(2)
    starts = [date(2024, 2, 29).toordinal() + chance.randint(-400, 400) for _ in range(2000)]
    days = [start + chance.randint(-30, 1500) for start in starts]
    expected = [one_by_one._policy_year(*pair) for pair in zip(starts, days, strict=True)]
    assert policy_year(np.array(starts), np.array(days)).tolist() == expected
