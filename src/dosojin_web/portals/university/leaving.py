"""Who leaves soon without cover, and what the office can do about it today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.people.telephones import write_phone
from dosojin_web.policies.enrolment_window import window_of
from dosojin_web.policies.models import Member, ProgrammeState
from dosojin_web.policies.standing import Standing
from dosojin_web.templatetags.layout import civil_day

from .words import days_to_go, name_of, standing_cell

ADVICE = {
    Standing.INVITED: gettext_lazy("Invite again, then call the student."),
    Standing.APPLYING: gettext_lazy("Call the student: the application is not finished."),
    Standing.AWAITING_PAYMENT: gettext_lazy("Call the student: only the payment is missing."),
    Standing.REFERRED: gettext_lazy("Ask the agency when it will answer."),
    Standing.REFUSED: gettext_lazy(
        "Call the student: the agency could not accept the application, so other cover is needed."
    ),
    Standing.CANCELLED: gettext_lazy("Call the student: the cover was cancelled. Find out why."),
}


def leaving_columns() -> list[Column]:
    """The columns of ``leaving_row``."""
    return [
        Column(gettext("Student")),
        Column(gettext("Departure")),
        Column(gettext("Status")),
        Column(gettext("What to do")),
    ]


def leaving_row(member: Member, today: date) -> TableRow:
    """One student, annotated with a standing, as a row."""
    standing = Standing(member.standing)  # type: ignore[attr-defined]
    away = member.departs_on < today
    stands = standing_cell(standing)
    if away:
        words = gettext("Away without cover")
        stands = Cell(words, state="needs_attention", note=str(standing.label))
    address = reverse("university:member", args=[member.key])
    return TableRow(
        (
            Cell(name_of(member), address, note=member.student_number),
            Cell(civil_day(member.departs_on), note=days_to_go(member.departs_on, today)),
            stands,
            Cell(advise(member, standing, today), note=write_phone(member.person.phone)),
        )
    )


def advise(member: Member, standing: Standing, today: date) -> str:
    """What the office does next for a student without cover."""
    if member.departs_on < today:
        return gettext("Call the student now, and ask the agency what can still be done.")
    if not window_of(member.departs_on, today).is_open:
        return gettext("Online enrolment has closed. Call the student, and ask the agency.")
    if standing is Standing.NOT_INVITED:
        if member.programme.state == ProgrammeState.APPROVED:
            return gettext("Send the invitation.")
        return gettext("Have the programme approved, then send the invitation.")
    return str(ADVICE[standing])
