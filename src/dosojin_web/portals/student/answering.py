"""How a page takes an answer: freed of a running payment, tried, and stale ones shown beside.

In:  a form that was sent, with the version of the record it was opened on.
Out: a redirect, the page with both versions (409), or what is wrong with the answer.
Never: an answer over another one without the reader's choice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Application, ApplicationState
from dosojin_web.policies.operations.pay_premium import (
    PaymentNotPossible,
    call_off_application_payment,
)
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.templatetags.portals import KEEP_MINE, TAKE_THEIRS

from .layout import show
from .steps import find_way, step_address
from .trips import Trip, find_trip

NO_VERSION = -1
BEING_FILLED_IN = (ApplicationState.DRAFT, ApplicationState.AWAITING_PAYMENT)
# The browser sends these by itself, or the page of two versions adds them.
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "version", "application", "stands", "both"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page does with a form: ``act`` keeps it on a version, ``rows`` compare it.

    ``version`` and ``current`` read the version that the form was opened on and the one of now;
    without them, the application's. ``title`` names the page.
    """

    title: str
    act: Callable[[int], object]
    rows: Callable[[], Sequence[ConflictRow]]
    version: int | None = None
    current: Callable[[], int] | None = None
    kept: Callable[[], None] = field(default=lambda: None)


def take_answer(
    request: HttpRequest, seat: Seat, trip: Trip, answer: Answer, now: datetime
) -> HttpResponse | list[Fault]:
    """The response; or what is wrong, for the page to say."""
    assert trip.application is not None
    stands = request.POST.get("stands", "")
    if stands == TAKE_THEIRS:
        answer.kept()
        messages.info(request, gettext("The saved version stands."))
        return go_on(seat, trip, now)
    if "both" in request.POST and stands != KEEP_MINE:
        return _show_both(request, seat, trip, answer)
    held = _call_off(request, seat, trip, now)
    if held is not None:
        return held
    sent = _sent_version(request, trip.application) if answer.version is None else answer.version
    try:
        answer.act(sent)
    except Refused as refused:
        return refused.faults
    except Stale:
        if any(row.differs for row in answer.rows()):
            return _show_both(request, seat, trip, answer)
    answer.kept()
    return go_on(seat, trip, now)


def go_on(seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """On to the first step that is not done, or to the page that says how it stands."""
    fresh = find_trip(seat, trip.member.key, day_in_japan(now))
    if fresh.application is None or fresh.application.state not in BEING_FILLED_IN:
        return HttpResponseRedirect(step_address(fresh, "application"))
    return HttpResponseRedirect(find_way(fresh, now).next_address)


def _sent_version(request: HttpRequest, application: Application) -> int:
    """The version that the form was opened on; none that can be if on another application."""
    if request.POST.get("application") != str(application.key):
        return NO_VERSION
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 10 else NO_VERSION


def _call_off(
    request: HttpRequest, seat: Seat, trip: Trip, now: datetime
) -> HttpResponse | list[Fault] | None:
    """A payment that runs is called off first; None if nothing stands in the way."""
    application = trip.application
    assert application is not None
    if application.state != ApplicationState.AWAITING_PAYMENT:
        return None
    try:
        if call_off_application_payment(application, seat.actor, now):
            return None
    except PaymentNotPossible as problem:
        return [Fault("content", str(problem))]
    words = gettext("Your payment came first: the answers are final and were not changed.")
    messages.warning(request, words)
    return HttpResponseRedirect(step_address(trip, "payment"))


def _show_both(request: HttpRequest, seat: Seat, trip: Trip, answer: Answer) -> HttpResponse:
    """Both versions, 409; the form brings the reader's answers again, with the choice."""
    assert trip.application is not None
    application = Application.objects.get(pk=trip.application.pk)
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN_FIELDS
        for value in values
    ]
    context: dict[str, Any] = {
        "rows": answer.rows(),
        "sent": sent,
        "application": application,
        "version": answer.current() if answer.current else application.version,
        "error": gettext("Choose one of the two.") if "both" in request.POST else "",
    }
    back = step_address(trip, "application")
    return show(request, seat, "student/conflict.html", answer.title, back, context, status=409)
