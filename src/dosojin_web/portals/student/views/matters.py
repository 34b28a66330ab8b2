"""What is to be read before a contract is made."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.answer_application import acknowledge_matters
from dosojin_web.portals.student.answering import Answer, take_answer
from dosojin_web.portals.student.guards import while_open
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.steps import step_address
from dosojin_web.portals.student.trips import Trip


@while_open
def matters(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """Each matter, and one tick at the end; the words that were read are kept by their digest."""
    application, all_matters = trip.application, load_important_matters(trip.product)
    assert application is not None
    faults: list[Fault] = []
    if request.method == "POST":
        taken = _take(request, seat, trip, now)
        if isinstance(taken, HttpResponse):
            return taken
        faults = taken
    context = {
        "application": application,
        "matters": all_matters.matters,
        "digest": all_matters.digest,
        "is_read": application.read_matters == all_matters.digest,
        "read_at": application.read_at,
        "product": trip.product,
    }
    title, back = gettext("Important matters"), step_address(trip, "application")
    return show(request, seat, "student/matters.html", title, back, context, faults)


def _take(
    request: HttpRequest, seat: Seat, trip: Trip, now: datetime
) -> HttpResponse | list[Fault]:
    application = trip.application
    assert application is not None
    if request.POST.get("read") != "yes":
        return [Fault("read", gettext("Read the matters above, then tick the box."))]
    digest = request.POST.get("digest", "")

    def act(version: int) -> None:
        acknowledge_matters(application, digest, version, seat.actor, now)

    def rows() -> list[ConflictRow]:
        saved = Application.objects.get(pk=application.pk)
        theirs = gettext("Read") if saved.read_matters == digest else gettext("Not read yet")
        return [ConflictRow(gettext("Important matters"), gettext("Read"), theirs)]

    title = gettext("Important matters")
    return take_answer(request, seat, trip, Answer(title, act, rows), now)
