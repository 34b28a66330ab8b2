"""Civil periods: whole days, both ends counted, and the month rule.

A period of days ends on its n-th day, the first day being day 1 (D2). A period of months ends the
day before its corresponding day in the last month, or on the last day of that month where the
corresponding day does not exist: 20 March + 6 months ends on 19 September, 31 January + 1 month on
the last day of February. A year is twelve months. No period runs past the last day of the civil
calendar, 9999-12-31; one that would, ends there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MONTHS_A_YEAR = 12
_ONE_DAY = timedelta(days=1)
_CIVIL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Period:
    """The civil days from `start` to `end`, both of them counted."""

    start: date
    end: date

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if isinstance(day, datetime):
                raise TypeError(f"{day!r} is a moment; a period is made of civil days")
        _require_order(self.start, self.end)

    @property
    def days(self) -> int:
        """How many days it has; one if it starts and ends on the same day."""
        return count_days(self.start, self.end)

    @property
    def months(self) -> int:
        """The least number of months that takes it in; one even for a single day."""
        return count_months(self.start, self.end)


def read_civil_date(text: str) -> date:
    """The date written as 2026-06-01; ValueError for any other writing or a day that is none."""
    if not _CIVIL_DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date written as YYYY-MM-DD")
    return date.fromisoformat(text)


def count_days(start: date, end: date) -> int:
    """Days from `start` to `end`, both counted: 1 June to 8 June is 8."""
    _require_order(start, end)
    return end.toordinal() - start.toordinal() + 1


def last_day_of_days(start: date, days: int) -> date:
    """The n-th day, `start` being day 1: 180 days from 1 January end on day 180."""
    _require_positive(days)
    last = start.toordinal() + days - 1
    return date.fromordinal(min(last, date.max.toordinal()))


def last_day_of_months(start: date, months: int) -> date:
    """The last day of `months` months that begin on `start`, by the month rule."""
    _require_positive(months)
    month_index = start.year * MONTHS_A_YEAR + start.month - 1 + months
    year, month = month_index // MONTHS_A_YEAR, month_index % MONTHS_A_YEAR + 1
    if year > date.max.year:
        return date.max
    try:
        return date(year, month, start.day) - _ONE_DAY
    except ValueError:
        return _last_day_of_month(year, month)


def last_day_of_years(start: date, years: int) -> date:
    """The last day of `years` years that begin on `start`."""
    return last_day_of_months(start, years * MONTHS_A_YEAR)


def count_months(start: date, end: date) -> int:
    """The least n with `end` inside n months from `start`: 1 June to 1 August is 3."""
    _require_order(start, end)
    months = max(1, (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month)
    while last_day_of_months(start, months) < end:
        months += 1
    return months


def _last_day_of_month(year: int, month: int) -> date:
    if month == MONTHS_A_YEAR:
        return date(year, month, 31)
    return date(year, month + 1, 1) - _ONE_DAY


def _require_order(start: date, end: date) -> None:
    if end < start:
        raise ValueError(f"a period ends on or after its start: {start}..{end}")


def _require_positive(length: int) -> None:
    if length < 1:
        raise ValueError(f"a period has at least one day or month, not {length}")
