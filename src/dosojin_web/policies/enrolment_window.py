"""Until when a student can enrol online (D18, 003 l.44).

Whoever comes later asks the agency. Days are counted in Japan's calendar, whatever the hour.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SHOWN_DAYS_BEFORE = 10
"""The deadline that is shown."""

ACCEPTED_DAYS_BEFORE = 9
"""The last day on which an enrolment is still taken, with a notice."""


class WindowState(StrEnum):
    """Whether one can still enrol online."""

    OPEN = "open"
    LATE_BUT_ACCEPTED = "late_but_accepted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class EnrolmentWindow:
    """The window of one departure, seen on one day; both deadlines are counted in."""

    departure: date
    shown_deadline: date
    last_accepted: date
    state: WindowState

    @property
    def is_open(self) -> bool:
        """Whether an enrolment is taken today, with or without a notice."""
        return self.state is not WindowState.CLOSED


def window_of(departure: date, today: date) -> EnrolmentWindow:
    """The window of a departure as it stands ``today``; both are days in Japan."""
    days_left = (departure - today).days
    if days_left >= SHOWN_DAYS_BEFORE:
        state = WindowState.OPEN
    elif days_left >= ACCEPTED_DAYS_BEFORE:
        state = WindowState.LATE_BUT_ACCEPTED
    else:
        state = WindowState.CLOSED
    return EnrolmentWindow(
        departure=departure,
        shown_deadline=days_before(departure, SHOWN_DAYS_BEFORE),
        last_accepted=days_before(departure, ACCEPTED_DAYS_BEFORE),
        state=state,
    )


def days_before(day: date, days: int) -> date:
    """The day so many days earlier; the first day of the calendar if there is none."""
    return date.fromordinal(max(1, day.toordinal() - days))
