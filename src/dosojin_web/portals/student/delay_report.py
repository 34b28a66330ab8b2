"""What a student says of a late journey home.

In:  a form with days and times, which are Japan's: the journey ends at home.
Out: the delay, or what is wrong with the answers.
Never: whether cover goes on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from unicodedata import normalize

from django.utils.translation import gettext

from dosojin_web.components.shapes import Choice, Fault
from dosojin_web.policies.delay_causes import DelayCause
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.operations.record_delay import Delay
from dosojin_web.policies.quotes import read_day

CLOCK = re.compile(r"(\d{1,2})[:時](\d{2})分?")
FIELDS = ("cause", "planned_arrival", "planned_time", "expected_arrival", "expected_time")


@dataclass(frozen=True, slots=True)
class DelayForm:
    """The answers as they were typed, what is wrong with them, and the delay if nothing is."""

    typed: Mapping[str, str]
    days: Mapping[str, date | str]
    delay: Delay | None
    faults: list[Fault]


def list_causes() -> list[Choice]:
    """The causes, each with what has to be true for it to count."""
    hints = {
        DelayCause.TRANSPORT: gettext(
            "A scheduled flight, ship, train or bus that you were on or were to take."
        ),
        DelayCause.BOARDING: gettext("The desk took your booking wrongly, so you could not board."),
        DelayCause.TREATMENT: gettext("You were treated by a doctor. You need not say for what."),
        DelayCause.COMPANION: gettext(
            "A relative, or somebody whose journey was booked together with yours, is in hospital."
        ),
        DelayCause.PASSPORT: gettext(
            "It counts once a new passport or a travel document for the return was issued."
        ),
        DelayCause.OTHER: gettext("Tell the desk, too: it can say what to do."),
    }
    return [Choice(cause.value, str(cause.label), hints[cause]) for cause in DelayCause]


def read_form(sent: Mapping[str, str]) -> DelayForm:
    """The answers as they were sent, right or wrong. An expected arrival may be missing."""
    typed = {name: normalize("NFKC", sent.get(name, "")).strip() for name in FIELDS}
    faults: list[Fault] = []
    if typed["cause"] not in DelayCause:
        faults.append(Fault("cause", gettext("Choose what made you late.")))
    planned = _read_moment(typed, "planned", faults)
    expected = None
    if typed["expected_arrival"] or typed["expected_time"]:
        expected = _read_moment(typed, "expected", faults)
    days = {
        name: read_day(typed[name]) or typed[name]
        for name in ("planned_arrival", "expected_arrival")
    }
    if faults or planned is None:
        return DelayForm(typed, days, None, faults)
    return DelayForm(typed, days, Delay(typed["cause"], planned, expected), [])


def _read_moment(typed: Mapping[str, str], which: str, faults: list[Fault]) -> datetime | None:
    """The moment in Japan; what cannot be read is added to ``faults``."""
    day, clock = read_day(typed[f"{which}_arrival"]), _read_clock(typed[f"{which}_time"])
    if day is None:
        said = typed[f"{which}_arrival"]
        message = (
            gettext("“%(typed)s” is not a day. Write it like 2026-06-01.") % {"typed": said}
            if said
            else gettext("Enter the day.")
        )
        faults.append(Fault(f"{which}_arrival", message))
    if clock is None:
        message = gettext("Enter the time, from 00:00 to 23:59, like 18:40.")
        faults.append(Fault(f"{which}_time", message))
    return datetime.combine(day, clock, JAPAN) if day and clock is not None else None


def _read_clock(typed: str) -> time | None:
    found = CLOCK.fullmatch(typed)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError:
        return None
