"""Everything once more, and the way to the card company."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import Column
from dosojin_web.components.shapes import Fault
from dosojin_web.payments.checkout_policy import allow_checkout
from dosojin_web.policies.models import Application, ApplicationState
from dosojin_web.policies.operations.pay_premium import PaymentNotPossible
from dosojin_web.policies.operations.submit_application import submit_application
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.portals.student.answering import NO_VERSION
from dosojin_web.portals.student.checking import (
    Price,
    describe_answers,
    find_price,
    list_changes,
    list_missing,
    say_period,
)
from dosojin_web.portals.student.guards import while_open
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.next_step import find_window
from dosojin_web.portals.student.steps import step_address
from dosojin_web.portals.student.trips import Trip
from dosojin_web.portals.student.views.payment import send_to_card_page

NUMBER_LENGTH_MAX = 10


@allow_checkout
@while_open
def check(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """Look all answers over; the button fixes the price that is shown and goes to the card page."""
    application = trip.application
    assert application is not None
    price = find_price(trip)
    if price is None or application.state == ApplicationState.REFERRED:
        return HttpResponseRedirect(step_address(trip, "application"))
    missing = list_missing(trip, now)
    if request.method != "POST":
        return _show(request, seat, trip, price, now)
    if missing:
        return _show(request, seat, trip, price, now, [fault for fault, _ in missing])
    try:
        submitted = submit_application(
            application,
            _number(request, "version") if _is_same(request, application) else NO_VERSION,
            _number(request, "seen_total"),
            seat.actor,
            now,
        )
        return send_to_card_page(request, seat, trip, submitted, now)
    except Stale as stale:
        return _show_changed(request, seat, trip, stale, now)
    except Refused as refused:
        return _show(request, seat, trip, price, now, refused.faults)
    except PaymentNotPossible as problem:
        return _show(request, seat, trip, price, now, [Fault("pay", str(problem))])


def _is_same(request: HttpRequest, application: Application) -> bool:
    return request.POST.get("application") == str(application.key)


def _number(request: HttpRequest, name: str) -> int:
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdigit() and len(sent) <= NUMBER_LENGTH_MAX else NO_VERSION


def _show(
    request: HttpRequest,
    seat: Seat,
    trip: Trip,
    price: Price,
    now: datetime,
    faults: list[Fault] | None = None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = describe_answers(trip, price, now) | {
        "application": trip.application,
        "price": price,
        "missing": list_missing(trip, now),
        "window": find_window(trip, now),
        "period": say_period(price.offer.start, price.offer.end),
        **(more or {}),
    }
    title, back = gettext("Check and pay"), step_address(trip, "application")
    status = 409 if more else 0
    return show(request, seat, "student/check.html", title, back, context, faults or [], status)


def _show_changed(
    request: HttpRequest, seat: Seat, trip: Trip, stale: Stale, now: datetime
) -> HttpResponse:
    """The answers are others by now: what was on the page, and what stands."""
    assert isinstance(stale.record, Application) and trip.application is not None
    trip.application.refresh_from_db()
    price = find_price(trip)
    if price is None:
        return HttpResponseRedirect(step_address(trip, "application"))
    names = ("period", "plan", "total")
    seen = {name: request.POST.get(f"seen_{name}_words", "") for name in names}
    more = {
        "changes": list_changes(seen, trip.application, price.total),
        "change_columns": (
            Column(gettext("Item")),
            Column(gettext("On your page")),
            Column(gettext("As it stands")),
        ),
    }
    return _show(request, seat, trip, price, now, more=more)
