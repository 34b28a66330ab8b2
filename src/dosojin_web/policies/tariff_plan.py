"""In which plan of its pair a period is priced, and which of the two the certificate shows."""

from dataclasses import replace
from datetime import date

from .mapping import ExtensionOffer, PlanOffer, Refusal, extension_of, plan_limits, quote_plan
from .models import CertificateVersion


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


def extend_in_pair(
    product: str, version: CertificateVersion, new_end: date, requested_on: date | None = None
) -> ExtensionOffer:
    """What it costs that ``version`` runs to ``new_end``; Refusal as ``extension_of`` has it.

    Both lengths are priced in the plans of the pair that take them. The certificate changes its
    plan only where the new length demands it: cover that was shortened below the days of its plan
    keeps that plan, also if it is then made a little longer again.
    """
    priced = quote_in_pair(product, version.plan, version.inception, version.expiry)
    offer = extension_of(
        product,
        priced.plan,
        version.inception,
        version.expiry,
        new_end,
        riders=version.riders,
        requested_on=requested_on,
    )
    shown = plan_limits(product, version.plan)
    if offer.plan == priced.plan:
        offer = replace(offer, plan=version.plan, title=shown.title)
    return replace(offer, from_plan=version.plan, from_title=shown.title)


def list_riders_after(product: str, version: CertificateVersion, new_end: date) -> list[str]:
    """The riders that the certificate shows once it runs to ``new_end``.

    One that reaches beyond the present end stays on it: how far, its own clause says (D13).
    """
    lost = extend_in_pair(product, version, new_end).riders_lost
    over = {each.rider for each in lost if each.last_day <= version.expiry}
    return [rider for rider in version.riders if rider not in over]
