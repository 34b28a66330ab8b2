"""The plans for one trip side by side: what each costs, and where their cover differs.

The template ``policies/plan_comparison.html`` shows a comparison; with ``choose=True`` each plan is
a radio button named ``plan``. ``policies/premium_steps.html`` shows the steps of one plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from dosojin_web.components.band_picture import Step
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import yen

from .mapping import (
    NextBand,
    PlanOffer,
    SumInsured,
    SumKind,
    bands_around,
    next_band,
    quote_plan,
    quote_plans,
    say,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one plan insures in one row: ``words``, unless not ``is_insured``.

    ``note`` names the form of the cover where it differs from the row's title.
    """

    title: str
    words: str
    note: str
    is_insured: bool


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan with its premium for this trip; ``differing`` and ``same`` are the comparison's rows.

    ``longer`` says how the premium goes on after the last day.
    """

    plan: str
    title: str
    length: str
    premium: int
    band: str
    longer: str
    lacking: tuple[str, ...]
    differing: tuple[Cell, ...]
    same: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """All plans that take the trip; ``differing`` and ``same`` are the titles of the rows."""

    product: str
    start: date
    end: date
    days: int
    cards: tuple[PlanCard, ...]
    differing: tuple[str, ...]
    same: tuple[str, ...]

    @property
    def plans(self) -> tuple[str, ...]:
        """The letters of the plans that can be chosen."""
        return tuple(card.plan for card in self.cards)


@dataclass(frozen=True, slots=True)
class PremiumSteps:
    """The picture of one plan: its title, the steps around the last day, and what they say."""

    plan: str
    title: str
    steps: tuple[Step, ...]
    end: date
    sentence: str


def compare_plans(product: str, start: date, end: date) -> PlanComparison:
    """The comparison for a trip, in the active language; Refusal as ``quote_plans``."""
    offers = quote_plans(product, start, end)
    by_plan = {offer.plan: {insured.cover: insured for insured in offer.sums} for offer in offers}
    titles = _row_titles(offers)
    differing = [
        cover for cover in titles if len({_key(own, cover) for own in by_plan.values()}) > 1
    ]
    same = [cover for cover in titles if cover not in differing]
    return PlanComparison(
        product=product,
        start=start,
        end=end,
        days=offers[0].days,
        cards=tuple(_card(offer, by_plan[offer.plan], titles, differing, same) for offer in offers),
        differing=tuple(titles[cover] for cover in differing),
        same=tuple(titles[cover] for cover in same),
    )


def premium_steps(product: str, plan: str, start: date, end: date) -> PremiumSteps:
    """The steps of one plan, and of its pair for longer trips; Refusal as ``quote_plan``."""
    offer = quote_plan(product, plan, start, end)
    steps = tuple(
        Step(step.first_day, step.last_day, step.premium, say(step.title))
        for step in bands_around(product, plan, start, end)
    )
    sentence = describe_next(next_band(product, plan, start, end))
    return PremiumSteps(plan, say(offer.title), steps, end, sentence)


def describe_next(band: NextBand) -> str:
    """ "3 days longer costs 0 yen more; from Thu 13 August 2026 it is 290 yen more." """
    if band.step is None:
        return _describe_last(band)
    values = {
        "days": band.spare_days,
        "day": civil_day(band.step.first_day),
        "more": yen(band.more),
        "plan": say(band.step.title),
    }
    if band.spare_days and band.changes_plan:
        said = ngettext(
            "%(days)s day longer costs 0 yen more; from %(day)s it is %(more)s more, in %(plan)s.",
            "%(days)s days longer costs 0 yen more; from %(day)s it is %(more)s more, in %(plan)s.",
            band.spare_days,
        )
    elif band.spare_days:
        said = ngettext(
            "%(days)s day longer costs 0 yen more; from %(day)s it is %(more)s more.",
            "%(days)s days longer costs 0 yen more; from %(day)s it is %(more)s more.",
            band.spare_days,
        )
    elif band.changes_plan:
        said = gettext("From %(day)s, one day longer, it is %(more)s more, in %(plan)s.")
    else:
        said = gettext("From %(day)s, one day longer, it is %(more)s more.")
    return said % values


def _describe_last(band: NextBand) -> str:
    values = {"days": band.spare_days, "day": civil_day(band.same_until)}
    if not band.spare_days:
        return gettext("This is the longest trip that this cover takes.")
    said = ngettext(
        "%(days)s day longer costs 0 yen more; this cover takes no trip beyond %(day)s.",
        "%(days)s days longer costs 0 yen more; this cover takes no trip beyond %(day)s.",
        band.spare_days,
    )
    return said % values


def _row_titles(offers: Sequence[PlanOffer]) -> dict[str, str]:
    """By cover, its title: that of the cover itself if any plan has it in this form."""
    titles: dict[str, str] = {}
    longest = max(offers, key=lambda offer: len(offer.sums))
    for offer in (longest, *offers):
        for insured in offer.sums:
            if insured.cover not in titles or insured.benefit == insured.cover:
                titles[insured.cover] = say(insured.title)
    return titles


def _key(own: Mapping[str, SumInsured], cover: str) -> tuple[object, ...]:
    insured = own.get(cover)
    return () if insured is None else (insured.benefit, insured.kind, insured.amount)


def _card(
    offer: PlanOffer,
    own: Mapping[str, SumInsured],
    titles: Mapping[str, str],
    differing: Sequence[str],
    same: Sequence[str],
) -> PlanCard:
    band = next_band(offer.product, offer.plan, offer.start, offer.end)
    return PlanCard(
        plan=offer.plan,
        title=say(offer.title),
        length=say(offer.length),
        premium=offer.premium,
        band=say(offer.band),
        longer=describe_next(band),
        lacking=tuple(say(insured.title) for insured in offer.lacking),
        differing=tuple(_cell(own.get(cover), titles[cover]) for cover in differing),
        same=tuple(_cell(own.get(cover), titles[cover]) for cover in same),
    )


def _cell(insured: SumInsured | None, title: str) -> Cell:
    if insured is None:
        return Cell(title, gettext("Not insured"), "", False)
    own = say(insured.title)
    return Cell(title, word_sum(insured), "" if own == title else own, True)


def word_sum(insured: SumInsured) -> str:
    """How much a plan insures a benefit for, in words or yen."""
    if insured.kind is SumKind.UNLIMITED:
        return gettext("Without limit")
    if insured.kind is SumKind.INCLUDED:
        return gettext("Included")
    if insured.kind is SumKind.CERTIFICATE or insured.amount is None:
        return gettext("See the certificate")
    return yen(insured.amount)
