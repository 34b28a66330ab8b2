"""All study trips of a student, and the task list of one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.policies.eligibility import find_obstacle
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import ApplicationState
from dosojin_web.policies.operations.answer_application import read_disclosure
from dosojin_web.policies.operations.open_application import (
    open_application,
    withdraw_application,
)
from dosojin_web.policies.operations.pay_premium import (
    PaymentNotPossible,
    call_off_application_payment,
)
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.standing import Standing
from dosojin_web.portals.student.contacts import draw_contacts
from dosojin_web.portals.student.cover import OpenRequest, find_open_requests
from dosojin_web.portals.student.emergency import find_emergency
from dosojin_web.portals.student.guards import of_trip, while_open
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.next_step import (
    find_next_step,
    find_refusal,
    find_window,
    is_closed,
)
from dosojin_web.portals.student.questions import QUESTIONS, say_answer, values_of
from dosojin_web.portals.student.steps import find_way, step_address
from dosojin_web.portals.student.trips import Trip, list_trips


@never_cache
@require_safe
@seated(Role.STUDENT)
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Each trip with its one next step."""
    now = timezone.now()
    trips = list_trips(seat, day_in_japan(now))
    numbers = [trip.certificate.number for trip in trips if trip.certificate is not None]
    requests = find_open_requests(numbers) if numbers else {}
    shown = [_draw_trip(trip, requests, now) for trip in trips]
    late = any(each["next"].asks_agency for each in shown)
    contacts = draw_contacts(trips[0].product, now) if late else []
    context = {"shown": shown, "contacts": contacts, "today": day_in_japan(now)}
    title = gettext("Your study trips")
    return show(request, seat, "student/home.html", title, "", context)


def _draw_trip(trip: Trip, requests: Mapping[str, OpenRequest], now: datetime) -> dict[str, Any]:
    """The card of a trip; whoever is abroad has the number to call on it."""
    number = "" if trip.certificate is None else trip.certificate.number
    country = "" if trip.application is None else trip.application.country
    is_abroad = trip.standing is Standing.ON_TRIP
    return {
        "trip": trip,
        "member": trip.member,
        "next": find_next_step(trip, now),
        "window": None if trip.member.withdrawn_at else find_window(trip, now),
        "request": requests.get(number),
        "emergency": find_emergency(trip.product, country) if is_abroad else None,
    }


@require_POST
@of_trip
def start(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """Begin an application, or go on with the one that is open."""
    try:
        open_application(trip.member, seat.actor, now)
    except Refused as refused:
        messages.error(request, " ".join(fault.message for fault in refused.faults))
        return HttpResponseRedirect(reverse("student:home"))
    return HttpResponseRedirect(step_address(trip, "application"))


@require_safe
@of_trip
def application(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """How far this trip is: the steps, or what became of it."""
    home_address = reverse("student:home")
    window = find_window(trip, now)
    context = {"trip": trip, "member": trip.member, "window": window}
    if trip.is_enrolled:
        return HttpResponseRedirect(step_address(trip, "payment"))
    if trip.application is not None and trip.application.state == ApplicationState.REFUSED:
        return _show_refused(request, seat, trip, now)
    obstacle = find_obstacle(trip.member, trip.departs_on, day_in_japan(now))
    if obstacle is not None or not trip.is_open:
        step = find_next_step(trip, now)
        context |= {"next": step, "contacts": draw_contacts(trip.product, now)}
        context |= {"obstacle": obstacle, "closed": is_closed(window)}
        template = "student/not_begun.html"
    else:
        way = find_way(trip, now)
        context |= {"steps": way.steps(), "next_address": way.next_address}
        context |= {"answers": _say_hazards(trip), "count_done": len(way.done)}
        context |= {"can_go_on": way.can_go_on}
        template = "student/application.html"
    title = trip.member.programme.title
    return show(request, seat, template, title, home_address, context)


def _say_hazards(trip: Trip) -> list[tuple[str, str]]:
    """What the agency is asked about, in words."""
    assert trip.application is not None
    if trip.application.state != ApplicationState.REFERRED:
        return []
    values = values_of(read_disclosure(trip.application))
    return [
        (str(question.short), say_answer(question, values))
        for question in QUESTIONS
        if question.slug in ("sports", "work") and values.get(question.field) not in ("no", "")
    ]


def _show_refused(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    context = {
        "trip": trip,
        "refusal": find_refusal(trip),
        "contacts": draw_contacts(trip.product, now),
    }
    title = gettext("This application was not accepted")
    back = reverse("student:home")
    return show(request, seat, "student/refused.html", title, back, context)


@while_open
def give_up(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """Ask once more, then give the application up; a payment that runs is called off first."""
    assert trip.application is not None
    title = gettext("Give up this application?")
    back = step_address(trip, "application")
    context = {"trip": trip, "member": trip.member, "application": trip.application}
    if request.method != "POST" or request.POST.get("application") != str(trip.application.key):
        return show(request, seat, "student/give_up.html", title, back, context)
    try:
        if not call_off_application_payment(trip.application, seat.actor, now):
            messages.warning(request, gettext("Your payment came first: you are enrolled."))
            return HttpResponseRedirect(step_address(trip, "payment"))
        withdraw_application(trip.application, seat.actor, now)
        messages.success(request, gettext("The application was given up. Nothing was charged."))
    except PaymentNotPossible as problem:
        messages.error(request, str(problem))
    except Refused as refused:
        messages.error(request, " ".join(fault.message for fault in refused.faults))
    return HttpResponseRedirect(reverse("student:home"))
