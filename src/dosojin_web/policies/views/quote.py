"""The public quote page: what a trip costs in each plan, without a log-in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dosojin_web.components.shapes import Choice
from dosojin_web.policies.enrolment_window import window_of
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import (
    Refusal,
    discount_of,
    member_schools,
    product_titles,
    say,
)
from dosojin_web.policies.plan_comparison import compare_plans, premium_steps
from dosojin_web.policies.quotes import Trip, read_trip


@require_safe
def quote(request: HttpRequest) -> HttpResponse:
    """Ask for a trip and show every plan that takes it; the address holds the whole question."""
    asked = read_trip(request.GET)
    faults = list(asked.faults)
    context: dict[str, Any] = {}
    unpublished = not _is_published(asked.product) and not faults
    if asked.trip is not None and not unpublished:
        try:
            context = _answer(asked.trip, request.GET.get("plan", ""))
        except Refusal as refusal:
            faults.append(refusal.fault())
    context |= {
        "product": asked.product,
        "values": asked.values,
        "editions": [Choice(known.product, say(known.title)) for known in product_titles()],
        "unpublished": unpublished,
        "faults": faults,
        "error": {fault.field: fault.message for fault in faults},
    }
    return render(request, "policies/quote.html", context, status=422 if faults else 200)


def _is_published(product: str) -> bool:
    return any(known.product == product and known.is_published for known in product_titles())


def _answer(trip: Trip, plan: str) -> dict[str, Any]:
    comparison = compare_plans(trip.product, trip.start, trip.end)
    shown = plan if plan in comparison.plans else comparison.plans[0]
    today = day_in_japan(timezone.now())
    query = {"product": trip.product, "start": str(trip.start), "end": str(trip.end)}
    return {
        "here": f"?{urlencode(query)}",
        "comparison": comparison,
        "steps": premium_steps(trip.product, shown, trip.start, trip.end),
        "discount": discount_of(trip.product),
        "schools": member_schools(trip.product),
        "window": window_of(trip.start, today),
        "departed": trip.start < today,
    }
