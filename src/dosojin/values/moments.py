"""Civil days and moments as integers, so that comparing them is arithmetic.

A civil day is its proleptic Gregorian ordinal. A moment is whole minutes, counted in UTC from the
start of ordinal 0. A civil day seen as a moment is its 24 hours; if the place's UTC offset is
unknown, every offset in use on Earth (−12:00 … +14:00) counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MINUTES_A_DAY = 24 * 60
JAPAN_OFFSET = 9 * 60
OFFSET_LEAST = -12 * 60
OFFSET_MOST = 14 * 60
EARLIEST_DAY = date(1900, 1, 1).toordinal()
LATEST_DAY = date(2200, 1, 1).toordinal()
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True)
class When:
    """What is known of a point in time: its civil day at its place, and its moment in UTC.

    All four are inclusive bounds; days are ordinals, moments minutes.
    """

    day_first: int
    day_last: int
    minute_first: int
    minute_last: int

    @property
    def is_exact_day(self) -> bool:
        return self.day_first == self.day_last


def offset_minutes(text: str) -> int:
    """Minutes east of UTC for "+09:00", "-04:00"; ValueError if it is no such offset."""
    found = _OFFSET.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a UTC offset such as +09:00")
    minutes = int(found[2]) * 60 + int(found[3])
    signed = -minutes if found[1] == "-" else minutes
    if not OFFSET_LEAST <= signed <= OFFSET_MOST or int(found[3]) > 59:
        raise ValueError(f"{text!r}: offsets run from -12:00 to +14:00")
    return signed


def days_between(first: int, last: int, offset: int | None = None) -> When:
    """All moments of the civil days first..last (ordinals) at a place `offset` minutes east."""
    least = OFFSET_LEAST if offset is None else offset
    most = OFFSET_MOST if offset is None else offset
    return When(
        first,
        last,
        first * MINUTES_A_DAY - most,
        (last + 1) * MINUTES_A_DAY - least - 1,
    )


def moment(value: datetime) -> When:
    """An exact moment; the datetime must carry its UTC offset. Seconds are dropped."""
    offset = value.utcoffset()
    if offset is None:
        raise ValueError("a moment needs its UTC offset, for example 2026-06-02T03:10-04:00")
    day = value.toordinal()
    minute = day * MINUTES_A_DAY + value.hour * 60 + value.minute - offset // timedelta(minutes=1)
    return When(day, day, minute, minute)


def day_start_in_japan(day: int) -> int:
    """The moment 00:00 in Japan of a civil day (ordinal), in minutes."""
    return day * MINUTES_A_DAY - JAPAN_OFFSET


def day_in_japan(minute: int) -> int:
    """The civil day (ordinal) in Japan at a moment."""
    return (minute + JAPAN_OFFSET) // MINUTES_A_DAY
