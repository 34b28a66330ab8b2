"""How long something has waited, how long there is still, in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext, ngettext

from dosojin_web.components.records import Cell
from dosojin_web.policies.japan import end_of_day
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.portals import japan_time

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NEAR = timedelta(days=3)
"""From here on a deadline is shown as near."""


@dataclass(frozen=True, slots=True)
class DueDay:
    """A last day that counts to its end, seen at a moment."""

    day: date
    now: datetime

    @property
    def left(self) -> timedelta:
        """Until 24:00 of the day in Japan; negative once it has passed."""
        return end_of_day(self.day) - self.now

    @property
    def is_late(self) -> bool:
        """Whether it has passed."""
        return self.left <= timedelta(0)

    @property
    def is_near(self) -> bool:
        """Whether it has passed or soon will have."""
        return self.left <= NEAR

    @property
    def moment(self) -> str:
        """The end of the day as a deadline."""
        return gettext("%(day)s, 24:00 (Japan time)") % {"day": civil_day(self.day)}

    @property
    def words(self) -> str:
        """How long is left, or by how much it is late."""
        if self.is_late:
            return gettext("%(span)s late") % {"span": say_span(-self.left)}
        return gettext("%(span)s left") % {"span": say_span(self.left)}

    @property
    def cell(self) -> Cell:
        """For a list: red once it is near."""
        note = gettext("until %(moment)s") % {"moment": self.moment}
        if self.is_near:
            state = "late" if self.is_late else "needs_attention"
            return Cell(self.words, state=state, note=note)
        return Cell(self.words, note=note)


def say_span(span: timedelta) -> str:
    """The days, or below two days the hours; never less than an hour."""
    if span >= 2 * DAY:
        return ngettext("%(count)s day", "%(count)s days", span // DAY) % {"count": span // DAY}
    hours = max(1, span // HOUR)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def waiting_cell(since: datetime, now: datetime) -> Cell:
    """How long something without a deadline has waited."""
    words = gettext("waiting for %(span)s") % {"span": say_span(now - since)}
    return Cell(words, note=gettext("since %(moment)s") % {"moment": japan_time(since)})
