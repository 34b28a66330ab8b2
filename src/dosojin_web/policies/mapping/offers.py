"""What a trip costs in each plan that takes it, and what each plan insures."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.quote_premium import Quote, quote, quotes
from dosojin.values.periods import count_months
from dosojin.values.text import Text

from .plans import SumInsured, sums_of
from .refusal import refusals

# A quote is a pure function of its arguments; people of one programme ask for the same days.
OFFERS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """One plan for one trip, both days counted.

    ``premium`` in whole yen, the scheme's discount already in it. ``band`` is what the tariff
    prints ("up to 8 days"), ``band_last_day`` the last day of return with the same line of the
    tariff. ``lacking``: benefits that another offer for the same trip has and this has not.
    ``source``: where the premium is printed.
    """

    product: str
    plan: str
    title: Text
    length: Text
    start: date
    end: date
    days: int
    months: int
    premium: int
    currency: str
    band: Text
    band_name: str
    band_last_day: date
    sums: tuple[SumInsured, ...]
    lacking: tuple[SumInsured, ...]
    source: str


@lru_cache(maxsize=OFFERS_KEPT)
def quote_plans(product: str, start: date, end: date) -> tuple[PlanOffer, ...]:
    """An offer of every plan that takes the trip, at least one, in the order of the flyer.

    Refusal at ``product``, if it is unknown or has no published tariff; at ``end``, if that comes
    before the start or later than any plan reaches.
    """
    with refusals():
        found = quotes(load_tariff(product), start, end)
    every = {
        insured.cover: insured for quoted in found for insured in sums_of(product, quoted.plan)
    }
    return tuple(_offer(quoted, every) for quoted in found)


def quote_plan(product: str, plan: str, start: date, end: date) -> PlanOffer:
    """The offer of one plan, beside the others for the same trip.

    Refusal as in ``quote_plans``; at ``plan``, if it is unknown or does not take this length.
    """
    with refusals():
        quote(load_tariff(product), plan, start, end)
    return next(offer for offer in quote_plans(product, start, end) if offer.plan == plan)


def _offer(quoted: Quote, every: dict[str, SumInsured]) -> PlanOffer:
    plan = load_tariff(quoted.product).plan(quoted.plan)
    sums = sums_of(quoted.product, quoted.plan)
    own = {insured.cover for insured in sums}
    last_day = min(quoted.band.last_day(quoted.start), plan.at_most.last_day(quoted.start))
    return PlanOffer(
        product=quoted.product,
        plan=quoted.plan,
        title=quoted.plan_title,
        length=plan.length_text,
        start=quoted.start,
        end=quoted.end,
        days=quoted.days,
        months=count_months(quoted.start, quoted.end),
        premium=quoted.premium,
        currency=quoted.currency,
        band=quoted.band.text,
        band_name=quoted.band.name,
        band_last_day=last_day,
        sums=sums,
        lacking=tuple(insured for cover, insured in every.items() if cover not in own),
        source=quoted.source,
    )
