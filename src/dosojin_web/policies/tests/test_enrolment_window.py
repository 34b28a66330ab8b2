"""D18: the deadline shown is day 10 before departure; day 9 is accepted; closed from day 8."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosojin_web.policies.enrolment_window import WindowState, window_of

DEPARTURE = date(2026, 8, 20)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 8, 9), WindowState.OPEN),
        (date(2026, 8, 10), WindowState.OPEN),
        (date(2026, 8, 11), WindowState.LATE_BUT_ACCEPTED),
        (date(2026, 8, 12), WindowState.CLOSED),
        (date(2026, 8, 20), WindowState.CLOSED),
        (date(2026, 8, 21), WindowState.CLOSED),
    ],
)
def test_each_day_around_the_deadline(today: date, state: WindowState) -> None:
    window = window_of(DEPARTURE, today)
    assert window.state is state
    assert window.shown_deadline == date(2026, 8, 10)
    assert window.last_accepted == date(2026, 8, 11)


@given(departure=days, days_before=st.integers(-400, 400))
def test_the_state_is_the_number_of_days(departure: date, days_before: int) -> None:
    window = window_of(departure, departure - timedelta(days=days_before))
    expected = (
        WindowState.OPEN
        if days_before >= 10
        else WindowState.LATE_BUT_ACCEPTED
        if days_before == 9
        else WindowState.CLOSED
    )
    assert window.state is expected
    assert window.is_open == (days_before >= 9)


@given(departure=days, today=days)
def test_the_deadlines_stand_whatever_today_is(departure: date, today: date) -> None:
    window = window_of(departure, today)
    assert (departure - window.shown_deadline).days == 10
    assert (departure - window.last_accepted).days == 9
    assert (window.state is WindowState.OPEN) == (today <= window.shown_deadline)
    assert (window.state is WindowState.CLOSED) == (today > window.last_accepted)


@given(departure=days, today=days)
def test_it_never_opens_again(departure: date, today: date) -> None:
    order = list(WindowState)
    tomorrow = window_of(departure, today + timedelta(days=1))
    assert order.index(tomorrow.state) >= order.index(window_of(departure, today).state)


def test_the_first_days_of_the_calendar_do_not_fail() -> None:
    assert window_of(date.min, date.min).state is WindowState.CLOSED
