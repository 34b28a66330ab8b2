"""In which plan of its pair a period is priced."""

from datetime import date

from .mapping import PlanOffer, Refusal, plan_limits, quote_plan


def quote_in_pair(product: str, plan: str, start: date, end: date) -> PlanOffer:
    """The offer of ``plan`` for the period, or of its pair where only that takes the length.

    Cover that was shortened keeps its plan, but may last fewer days than the plan takes; what is
    kept for it is then the premium of the pair. Refusal if neither takes the period.
    """
    try:
        return quote_plan(product, plan, start, end)
    except Refusal as refusal:
        if refusal.place != "plan":
            raise
        pair = plan_limits(product, plan).pair
        try:
            return quote_plan(product, pair, start, end)
        except Refusal:
            raise refusal from None
