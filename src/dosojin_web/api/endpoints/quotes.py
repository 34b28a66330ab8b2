"""What a trip costs, what a longer one costs on top, and what a shorter one gives back."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.api.access import accepts, anyone, later
from dosojin_web.api.answers import answer, answer_bytes
from dosojin_web.api.shapes import (
    ExtensionAnswer,
    ExtensionQuestion,
    QuotesAnswer,
    QuotesQuery,
    RefundAnswer,
    RefundQuestion,
)
from dosojin_web.policies.enrolment_window import window_of
from dosojin_web.policies.mapping import (
    PlanOffer,
    discount_of,
    extension_of,
    next_band,
    quote_plan,
    quote_plans,
    refund_of,
)

router = Router(tags=["quotes"])
# Students of one programme ask for the same days; a quote depends on nothing else.
ANSWERS_KEPT = 4096


@router.get(
    "/quotes",
    response=QuotesAnswer,
    operation_id="quote_trip",
    summary=later(_("The premium of a trip in every plan that takes it")),
    **anyone(),
)
@accepts()
def quote_trip(request: HttpRequest, asked: Query[QuotesQuery]) -> HttpResponse:
    """An offer of every plan, or of one: premium, how it goes on, sums insured, what is lacking."""
    return answer_bytes(write_quotes(asked.product, asked.start, asked.end, asked.plan))


@router.post(
    "/quotes/extension",
    response=ExtensionAnswer,
    operation_id="quote_extension",
    summary=later(_("The additional premium for a longer stay")),
    **anyone(),
)
@accepts()
def quote_extension(request: HttpRequest, asked: ExtensionQuestion) -> HttpResponse:
    """The premium of the whole stay less that of the present one, in the plan that takes it."""
    found = extension_of(
        asked.product, asked.plan, asked.start, asked.end, asked.new_end,
        riders=asked.riders, requested_on=asked.requested_on,
    )  # fmt: skip
    return answer(ExtensionAnswer.model_validate(found))


@router.post(
    "/quotes/refund",
    response=RefundAnswer,
    operation_id="quote_refund",
    summary=later(_("What comes back if cover ends early")),
    **anyone(),
)
@accepts()
def quote_refund(request: HttpRequest, asked: RefundQuestion) -> HttpResponse:
    """The return premium by the edition's own strategy, or by the one that is named."""
    found = refund_of(
        asked.product, asked.plan, asked.start, asked.end, asked.last_covered_day, asked.strategy
    )
    return answer(RefundAnswer.model_validate(found))


@lru_cache(maxsize=ANSWERS_KEPT)
def write_quotes(product: str, start: date, end: date, plan: str | None) -> bytes:
    """The answer to a quote; Refusal if there is none."""
    if plan is None:
        offers = quote_plans(product, start, end)
    else:
        offers = (quote_plan(product, plan, start, end),)
    # The deadlines depend on the departure alone; whether they have passed is the reader's today.
    window = window_of(start, start)
    shape = QuotesAnswer.model_validate(
        {
            "product": product,
            "start": start,
            "end": end,
            "days": offers[0].days,
            "currency": offers[0].currency,
            "discount": discount_of(product),
            "enrolment": window,
            "offers": [_offer(offer) for offer in offers],
        }
    )
    return shape.model_dump_json().encode()


def _offer(offer: PlanOffer) -> dict[str, Any]:
    return {
        "plan": offer.plan,
        "title": offer.title,
        "premium": offer.premium,
        "band": offer.band,
        "band_last_day": offer.band_last_day,
        "longer": next_band(offer.product, offer.plan, offer.start, offer.end),
        "sums": offer.sums,
        "lacking": offer.lacking,
        "source": offer.source,
    }
