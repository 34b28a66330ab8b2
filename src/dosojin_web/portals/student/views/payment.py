"""Back from the card company: paid, under way, declined, given up or run out of time."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.shapes import Fault, SummaryRow
from dosojin_web.payments.checkout_policy import allow_checkout
from dosojin_web.payments.declines import explain_decline
from dosojin_web.payments.models import Payment
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import plan_limits, say
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.pay_premium import (
    PaymentNotPossible,
    find_application_payment,
    pay_application_premium,
)
from dosojin_web.policies.readiness import find_unready
from dosojin_web.portals.student.checking import say_period
from dosojin_web.portals.student.contacts import draw_contacts
from dosojin_web.portals.student.guards import of_trip
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.outcome import Outcome, find_outcome, title_of
from dosojin_web.portals.student.steps import step_address
from dosojin_web.portals.student.trips import Trip, find_trip
from dosojin_web.templatetags.money import yen

# The card company sends a payer back here with this once a card was taken, and only then.
TAKEN = "taken"


@allow_checkout
@of_trip
def payment(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """How the payment stands, asked of the card company; and another try where one can be made."""
    if trip.application is None:
        return HttpResponseRedirect(step_address(trip, "application"))
    faults: list[Fault] = []
    if request.method == "POST":
        taken = _try_again(request, seat, trip, now)
        if isinstance(taken, HttpResponse):
            return taken
        faults = taken
    found = find_application_payment(trip.application, now)
    trip = find_trip(seat, trip.member.key, day_in_japan(now))
    assert trip.application is not None
    outcome = find_outcome(trip.application, found, TAKEN in request.GET)
    if outcome is Outcome.NOTHING:
        return HttpResponseRedirect(step_address(trip, "application"))
    if request.htmx:  # type: ignore[attr-defined]
        return _tell_poll(outcome)
    return _show(request, seat, trip, found, outcome, faults, now)


def send_to_card_page(
    request: HttpRequest, seat: Seat, trip: Trip, application: Application, now: datetime
) -> HttpResponse:
    """Send the browser to the card company, or on if there is nothing to pay any more."""
    here = request.build_absolute_uri(step_address(trip, "payment"))
    paying = pay_application_premium(
        application,
        return_url=f"{here}?{TAKEN}=1",
        cancel_url=here,
        language="ja" if get_language() == "ja" else "en",
        actor=seat.actor,
        now=now,
    )
    return HttpResponseRedirect(here if paying.is_paid or not paying.url else paying.url)


def _try_again(
    request: HttpRequest, seat: Seat, trip: Trip, now: datetime
) -> HttpResponse | list[Fault]:
    assert trip.application is not None
    if trip.is_enrolled:
        return HttpResponseRedirect(step_address(trip, "payment"))
    faults = find_unready(trip.application, now)
    if faults:
        return [Fault("pay", fault.message) for fault in faults]
    try:
        return send_to_card_page(request, seat, trip, trip.application, now)
    except PaymentNotPossible as problem:
        return [Fault("pay", str(problem))]


def _tell_poll(outcome: Outcome) -> HttpResponse:
    """Nothing new, or: load the page anew."""
    answer = HttpResponse(status=204)
    if outcome is not Outcome.UNDER_WAY:
        answer["HX-Refresh"] = "true"
    return answer


def _show(
    request: HttpRequest,
    seat: Seat,
    trip: Trip,
    found: Payment | None,
    outcome: Outcome,
    faults: list[Fault],
    now: datetime,
) -> HttpResponse:
    """The page of this outcome, its heading saying it at once."""
    application = trip.application
    assert application is not None
    context = {
        "application": application,
        "trip": trip,
        "outcome": outcome.value,
        "why": explain_decline(found.last_decline) if found else "",
        "amount": found.amount if found else application.total,
        "rows": _list_cover(trip) if outcome is Outcome.ENROLLED else [],
        "contacts": draw_contacts(trip.product, now) if outcome is Outcome.GOES_BACK else [],
        "poll": f"{step_address(trip, 'payment')}?{TAKEN}=1",
    }
    back = reverse("student:home")
    template = "student/payment.html"
    return show(request, seat, template, title_of(outcome), back, context, faults)


def _list_cover(trip: Trip) -> list[SummaryRow]:
    certificate, application = trip.certificate, trip.application
    assert certificate is not None and application is not None
    plan = say(plan_limits(trip.product, application.plan).title)
    rows = [
        SummaryRow(gettext("Certificate number"), certificate.number),
        SummaryRow(gettext("Study trip"), trip.member.programme.title),
        SummaryRow(
            gettext("Policy period"), say_period(certificate.first_day, certificate.last_day)
        ),
        SummaryRow(gettext("Plan"), plan),
        SummaryRow(gettext("Premium paid"), yen(application.total)),
    ]
    return rows
