"""The plans side by side, with the premium for exactly this trip."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.mapping import Refusal, discount_of, plan_limits, say
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.answer_application import choose_plan
from dosojin_web.policies.plan_comparison import compare_plans, premium_steps
from dosojin_web.portals.student.answering import Answer, take_answer
from dosojin_web.portals.student.guards import while_open
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.steps import step_address
from dosojin_web.portals.student.trips import Trip

# Something before "&plan=", which the template adds for the picture of another plan.
HERE = "?show=1"


@while_open
def plans(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """Choose one; the band picture says what an earlier or later return costs."""
    application = trip.application
    assert application is not None
    start, end = application.departs_on, application.returns_on
    assert start is not None and end is not None
    try:
        comparison = compare_plans(trip.product, start, end)
    except Refusal:
        return HttpResponseRedirect(step_address(trip, "trip"))
    chosen, faults = application.plan, list[Fault]()
    if request.method == "POST":
        chosen = request.POST.get("plan", "")
        taken = _take(request, seat, trip, chosen, now)
        if isinstance(taken, HttpResponse):
            return taken
        faults = taken
    wanted = request.GET.get("plan", "") or chosen
    pictured = wanted if wanted in comparison.plans else comparison.plans[0]
    context = {
        "application": application,
        "comparison": comparison,
        "chosen": chosen,
        "here": HERE,
        "steps": premium_steps(trip.product, pictured, start, end),
        "discount": discount_of(trip.product),
    }
    title, back = gettext("Your plan"), step_address(trip, "application")
    return show(request, seat, "student/plans.html", title, back, context, faults)


def _take(
    request: HttpRequest, seat: Seat, trip: Trip, chosen: str, now: datetime
) -> HttpResponse | list[Fault]:
    application = trip.application
    assert application is not None
    if not chosen:
        return [Fault("plan", gettext("Choose a plan."))]

    def act(version: int) -> None:
        choose_plan(application, chosen, version, seat.actor, now)

    def rows() -> list[ConflictRow]:
        saved = Application.objects.get(pk=application.pk)
        label = gettext("Plan")
        return [ConflictRow(label, _title(trip, chosen), _title(trip, saved.plan))]

    return take_answer(request, seat, trip, Answer(gettext("Your plan"), act, rows), now)


def _title(trip: Trip, plan: str) -> str:
    try:
        return say(plan_limits(trip.product, plan).title) if plan else ""
    except Refusal:
        return plan
