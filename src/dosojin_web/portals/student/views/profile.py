"""The details of the insured: looked over, and mended where that is the student's to do."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault, SummaryRow
from dosojin_web.people.models import Person
from dosojin_web.people.telephones import write_phone
from dosojin_web.policies.operations.confirm_details import confirm_details
from dosojin_web.portals.student.answering import NO_VERSION, Answer, take_answer
from dosojin_web.portals.student.guards import while_open
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.steps import step_address
from dosojin_web.portals.student.trips import Trip
from dosojin_web.templatetags.layout import civil_day

# What a student may mend; the rest comes from the university.
OWN = ("family_name_roman", "given_name_roman", "phone", "email")


@while_open
def details(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """Confirm name, birth date, telephone and mail before paying."""
    person = trip.member.person
    values = _values_of(person)
    faults: list[Fault] = []
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in OWN}
        taken = _take(request, seat, trip, values, now)
        if isinstance(taken, HttpResponse):
            return taken
        faults = [_place(fault) for fault in taken]
    context = {
        "application": trip.application,
        "person": person,
        "values": values,
        "fixed": _list_fixed(trip, person),
    }
    title, back = gettext("Your own details"), step_address(trip, "application")
    return show(request, seat, "student/details.html", title, back, context, faults)


def _take(
    request: HttpRequest, seat: Seat, trip: Trip, values: Mapping[str, str], now: datetime
) -> HttpResponse | list[Fault]:
    application, person = trip.application, trip.member.person
    assert application is not None

    def now_kept() -> Person:
        return Person.objects.get(pk=person.pk)

    def act(version: int) -> None:
        confirm_details(application, values, version, seat.actor, now)

    def rows() -> list[ConflictRow]:
        kept = _values_of(now_kept())
        return [ConflictRow(label, values[name], kept[name]) for name, label in _labels().items()]

    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdigit() and len(sent) < 10 else NO_VERSION
    answer = Answer(
        gettext("Your own details"), act, rows, version, current=lambda: now_kept().version
    )
    return take_answer(request, seat, trip, answer, now)


def _values_of(person: Person) -> dict[str, str]:
    """What the student may mend, as it is shown."""
    return {name: getattr(person, name) for name in OWN} | {"phone": write_phone(person.phone)}


def _labels() -> dict[str, str]:
    return {
        "family_name_roman": gettext("Family name in roman letters"),
        "given_name_roman": gettext("Given name in roman letters"),
        "phone": gettext("Telephone"),
        "email": gettext("E-mail"),
    }


def _list_fixed(trip: Trip, person: Person) -> list[SummaryRow]:
    born = person.birth_date
    kana = f"{person.family_name_kana} {person.given_name_kana}".strip()
    return [
        SummaryRow(gettext("Name"), person.full_name("ja")),
        SummaryRow(gettext("Name in katakana"), kana or "–"),
        SummaryRow(gettext("Date of birth"), civil_day(born) if born else "–"),
        SummaryRow(gettext("University"), trip.member.university.name),
        SummaryRow(gettext("Student number"), trip.member.student_number),
    ]


def _place(fault: Fault) -> Fault:
    """What only the university can mend is said where that is said."""
    if fault.field in (*OWN, "content"):
        return fault
    ask = gettext("Ask the office of your university.")
    return Fault("fixed", f"{fault.message} {ask}")
