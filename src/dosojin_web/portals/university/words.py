"""How this portal words days, states and standings."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language, gettext, ngettext

from dosojin_web.components.records import Cell
from dosojin_web.policies.models import Member, Programme, ProgrammeState
from dosojin_web.policies.sheets import country_name
from dosojin_web.policies.standing import Standing

# For each standing and state, the state of the design system that draws it.
STANDING_MARKS: Mapping[Standing, str] = {
    Standing.WITHDRAWN: "no",
    Standing.NOT_INVITED: "todo",
    Standing.INVITED: "invited",
    Standing.APPLYING: "applying",
    Standing.REFERRED: "referred",
    Standing.AWAITING_PAYMENT: "awaiting_payment",
    Standing.REFUSED: "refused",
    Standing.ENROLLED: "enrolled",
    Standing.ON_TRIP: "on_trip",
    Standing.ENDED: "ended",
    Standing.CANCELLED: "cancelled",
}
STATE_MARKS: Mapping[str, str] = {
    ProgrammeState.DRAFT: "requested",
    ProgrammeState.APPROVED: "confirmed",
    ProgrammeState.WITHDRAWN: "cancelled",
}


def reader_language() -> str:
    """ "ja" or "en"."""
    return "ja" if get_language() == "ja" else "en"


def name_of(member: Member) -> str:
    """The student's name for the reader: Japanese offices know it as it is written."""
    return member.person.full_name(reader_language())


def standing_cell(standing: Standing) -> Cell:
    """How a student stands, as a state."""
    return Cell(str(standing.label), state=STANDING_MARKS[standing])


def state_cell(programme: Programme) -> Cell:
    """How far a study trip is, as a state."""
    return Cell(str(ProgrammeState(programme.state).label), state=STATE_MARKS[programme.state])


def place_of(programme: Programme) -> str:
    """The host and its country."""
    country = country_name(programme.country, reader_language())
    return gettext("%(host)s, %(country)s") % {"host": programme.host, "country": country}


def days_to_go(departs_on: date, today: date) -> str:
    """``in 3 days``, ``today``, ``2 days ago``."""
    days = (departs_on - today).days
    if days == 0:
        return gettext("today")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}
