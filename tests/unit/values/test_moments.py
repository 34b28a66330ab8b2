"""Civil days and moments; minutes were counted by hand from the offsets."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from dosojin.values.moments import (
    When,
    day_in_japan,
    day_start_in_japan,
    days_between,
    moment,
    offset_minutes,
)

DAY = date(2026, 6, 2).toordinal()
MIDNIGHT_UTC = DAY * 24 * 60


def at(hour: int, minute: int, offset: str, second: int = 0) -> When:
    zone = timezone(timedelta(minutes=offset_minutes(offset)))
    return moment(datetime(2026, 6, 2, hour, minute, second, tzinfo=zone))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("+09:00", 540),
        ("-04:00", -240),
        ("+00:00", 0),
        ("-00:00", 0),
        ("+05:45", 345),
        ("-03:30", -210),
        ("-12:00", -720),
        ("+14:00", 840),
    ],
)
def test_offsets_are_minutes_east(text: str, minutes: int) -> None:
    assert offset_minutes(text) == minutes


@pytest.mark.parametrize(
    "text", ["-12:01", "+14:01", "+23:00", "+09:60", "+9:00", "09:00", "Z", "", "+09:00 "]
)
def test_an_offset_that_no_place_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="offset"):
        offset_minutes(text)


def test_a_day_at_a_known_place_is_24_hours() -> None:
    # Boston, four hours behind: its 2 June runs from 04:00 UTC to 03:59 UTC of the 3rd.
    when = days_between(DAY, DAY, -240)
    assert when == When(DAY, DAY, MIDNIGHT_UTC + 240, MIDNIGHT_UTC + 240 + 1439)
    assert when.is_exact_day


def test_a_day_at_an_unknown_place_runs_from_plus_14_to_minus_12() -> None:
    # It begins 14 hours before midnight UTC and ends 12 hours after the next: 50 hours.
    when = days_between(DAY, DAY)
    assert when.minute_first == MIDNIGHT_UTC - 14 * 60
    assert when.minute_last == MIDNIGHT_UTC + 24 * 60 + 12 * 60 - 1
    assert when.minute_last - when.minute_first + 1 == 50 * 60


def test_several_days_keep_both_ends() -> None:
    when = days_between(DAY, DAY + 2, 540)
    assert (when.day_first, when.day_last) == (DAY, DAY + 2)
    assert when.minute_last - when.minute_first + 1 == 3 * 24 * 60
    assert not when.is_exact_day


def test_a_moment_is_one_minute_and_keeps_its_own_civil_day() -> None:
    # 23:30 of the 2nd in Boston is 03:30 UTC of the 3rd, yet the civil day is the 2nd.
    when = at(23, 30, "-04:00")
    assert when == When(DAY, DAY, MIDNIGHT_UTC + 27 * 60 + 30, MIDNIGHT_UTC + 27 * 60 + 30)


def test_seconds_are_dropped() -> None:
    assert at(3, 10, "-04:00", second=59) == at(3, 10, "-04:00")


def test_half_hours_count() -> None:
    assert at(0, 0, "-03:30").minute_first == MIDNIGHT_UTC + 210
    assert at(0, 0, "+05:45").minute_first == MIDNIGHT_UTC - 345


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="UTC offset"):
        moment(datetime(2026, 6, 2, 3, 10))


def test_the_day_changes_in_japan_at_15_utc() -> None:
    assert day_start_in_japan(DAY) == MIDNIGHT_UTC - 9 * 60
    assert day_in_japan(MIDNIGHT_UTC + 15 * 60 - 1) == DAY
    assert day_in_japan(MIDNIGHT_UTC + 15 * 60) == DAY + 1
    assert day_in_japan(day_start_in_japan(DAY)) == DAY
    assert day_in_japan(day_start_in_japan(DAY) - 1) == DAY - 1
