"""Who can enrol, and on what (003 l.20-26, l.42-44)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from .enrolment_window import WindowState, window_of
from .models import MasterPolicy, Member, ProgrammeState


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a student cannot enrol online, and what to do; ``code`` is for programs and tests."""

    code: str
    message: str
    remedy: str


def find_obstacle(member: Member, departure: date | None, today: date) -> Obstacle | None:
    """The first reason why ``member`` cannot enrol online on ``today``, or None.

    ``departure`` is the first day of the trip if it is known.
    """
    university, programme = member.university, member.programme
    ask_office = gettext("Ask the office of your university.")
    if member.withdrawn_at is not None:
        return Obstacle(
            "withdrawn", gettext("You are no longer on the roster of this study trip."), ask_office
        )
    if not university.in_gakkensai:
        return Obstacle(
            "not_in_gakkensai",
            gettext("Students of this university are not insured in Gakkensai (学研災)."),
            ask_office,
        )
    if not university.has_adopted:
        return Obstacle(
            "not_adopted", gettext("Your university has not introduced this scheme."), ask_office
        )
    if programme.state != ProgrammeState.APPROVED:
        return Obstacle(
            "not_approved",
            gettext("Your university has not approved this study trip yet."),
            gettext("You get a mail as soon as you can enrol."),
        )
    return _obstacle_in_time(programme.master, departure, today) if departure else None


def _obstacle_in_time(master: MasterPolicy, departure: date, today: date) -> Obstacle | None:
    ask_agency = gettext("Call the agency: it can tell you what is still possible.")
    if not master.first_inception <= departure <= master.last_inception:
        return Obstacle(
            "outside_scheme_year",
            gettext("A trip that begins on this day belongs to another year of the scheme."),
            ask_agency,
        )
    if window_of(departure, today).state is WindowState.CLOSED:
        return Obstacle(
            "window_closed",
            gettext("Online enrolment closes nine days before departure; that day has passed."),
            ask_agency,
        )
    return None
