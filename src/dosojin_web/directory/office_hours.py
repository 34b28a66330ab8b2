"""Whether a contact answers, and when next. Office hours are Japan's, wherever the reader is."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import jpholiday
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, override

from .contacts import MINUTES_A_DAY, Contact, Days, Hours, YearEnd

JAPAN = ZoneInfo("Asia/Tokyo")
SATURDAY = 5
# The longest closing is a week or so; beyond this, something is wrong with the hours.
DAYS_AHEAD_MAX = 31


def _is_year_end(day: date, year_end: YearEnd) -> bool:
    here = (day.month, day.day)
    if year_end.first <= year_end.last:
        return year_end.first <= here <= year_end.last
    return here >= year_end.first or here <= year_end.last


def _works(hours: Hours, year_end: YearEnd, day: date) -> bool:
    if not hours.year_end and _is_year_end(day, year_end):
        return False
    if hours.days is Days.ALL:
        return True
    return day.weekday() < SATURDAY and not jpholiday.is_holiday(day)


def _spans(contact: Contact, day: date) -> list[tuple[int, int]]:
    """The minutes of ``day`` during which somebody answers, in order, touching ones joined."""
    spans: list[tuple[int, int]] = []
    found = [
        span
        for hours in contact.hours
        if _works(hours, contact.year_end, day)
        for span in hours.spans
    ]
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(0), JAPAN) + timedelta(minutes=minute)


def _coming_spans(contact: Contact, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """When somebody answers, from the day of ``moment`` on; midnight does not part a span."""
    today = moment.astimezone(JAPAN).date()
    held: tuple[datetime, datetime] | None = None
    for ahead in range(DAYS_AHEAD_MAX):
        day = today + timedelta(days=ahead)
        for start, end in _spans(contact, day):
            begins, ends = _moment(day, start), _moment(day, end)
            if held is not None and begins == held[1]:
                held = (held[0], ends)
                continue
            if held is not None:
                yield held
            held = (begins, ends)
    if held is not None:
        yield held


def is_open(contact: Contact, moment: datetime) -> bool | None:
    """Whether somebody answers at ``moment`` (aware); None where no hours are known."""
    if not contact.hours:
        return None
    here = moment.astimezone(JAPAN)
    minute = here.hour * 60 + here.minute
    return any(start <= minute < end for start, end in _spans(contact, here.date()))


def next_opening(contact: Contact, moment: datetime) -> datetime | None:
    """When it opens next, in Japan's time; None if it is open, or no hours are known."""
    if is_open(contact, moment) is not False:
        return None
    return next((start for start, _ in _coming_spans(contact, moment) if start > moment), None)


def next_closing(contact: Contact, moment: datetime) -> datetime | None:
    """When it closes next, in Japan's time; None if it is closed, or never closes."""
    if not is_open(contact, moment) or any(hours.never_closes for hours in contact.hours):
        return None
    return next((end for _, end in _coming_spans(contact, moment) if end > moment), None)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _describe(hours: Hours) -> str:
    if hours.opens == 0 and hours.closes == MINUTES_A_DAY and not hours.breaks:
        return gettext("Day and night")
    said = gettext("%(opens)s to %(closes)s") % {
        "opens": _clock(hours.opens),
        "closes": _clock(hours.closes),
    }
    for begins, ends in hours.breaks:
        said += gettext(" (not %(begins)s to %(ends)s)") % {
            "begins": _clock(begins),
            "ends": _clock(ends),
        }
    return said


def _day_words(month_day: tuple[int, int]) -> str:
    month, day = month_day
    if get_language() == "ja":
        return f"{month}月{day}日"
    # Any leap year: only day and month are shown.
    return date_format(date(2000, month, day), "j F", use_l10n=False)


def _describe_year_end(year_end: YearEnd) -> str:
    return gettext("Closed at the year’s end (%(first)s to %(last)s; please make sure)") % {
        "first": _day_words(year_end.first),
        "last": _day_words(year_end.last),
    }


def describe_hours(
    contact: Contact, language: str, hours: Sequence[Hours] | None = None
) -> tuple[str, ...]:
    """The hours in ``language``, a line each; none where none are known.

    ``hours`` are others than the contact's own, such as those of its staff.
    """
    told = contact.hours if hours is None else hours
    with override(language):
        lines = [
            gettext("Every day: %(hours)s") % {"hours": _describe(one)}
            if one.days is Days.ALL
            else gettext("Weekdays: %(hours)s") % {"hours": _describe(one)}
            for one in told
        ]
        if any(one.days is Days.WEEKDAYS for one in told):
            lines.append(gettext("Closed on Japan’s public holidays"))
        if any(not one.year_end for one in told):
            lines.append(_describe_year_end(contact.year_end))
    return tuple(lines)
