"""What a trip costs: its length, the band that takes it in, the premium of that band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dosojin.rating.bands import Band
from dosojin.rating.problems import (
    RatingProblem,
    end_before_start,
    no_published_tariff,
    period_too_long,
    plan_does_not_fit,
)
from dosojin.rating.tariff import Discount, Plan, Tariff
from dosojin.values.periods import count_days
from dosojin.values.text import Text


@dataclass(frozen=True, slots=True)
class Quote:
    """The premium of one plan for one trip, in whole `currency` units, with where it is printed."""

    product: str
    plan: str
    plan_title: Text
    start: date
    end: date
    days: int
    band: Band
    premium: int
    currency: str
    discount: Discount
    source: str

    def to_json(self) -> dict[str, object]:
        """The quote for programs; `band` is the same word in every language."""
        return {
            "product": self.product,
            "plan": self.plan,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "days": self.days,
            "band": self.band.name,
            "band_unit": self.band.unit.value,
            "band_length": self.band.length,
            "premium": self.premium,
            "currency": self.currency,
            "discount": {
                "percent": self.discount.percent,
                "about": self.discount.is_about,
                "included": True,
                "source": self.discount.source,
            },
            "source": self.source,
        }


def quote(tariff: Tariff, plan: str, start: date, end: date) -> Quote:
    """The premium of `plan` for a trip from `start` to `end`, both days counted.

    RatingProblem if the edition publishes no tariff, the plan does not exist, the dates are the
    wrong way round, or the plan does not take this length (the plans that do are named).
    """
    require_published(tariff)
    chosen = tariff.plan(plan)
    require_order(start, end)
    if not chosen.admits(start, end):
        raise refuse_length(tariff, chosen, start, end)
    return _quote_admitted(tariff, chosen, start, end)


def quotes(tariff: Tariff, start: date, end: date) -> tuple[Quote, ...]:
    """One quote for every plan that takes the trip, at least one; RatingProblem as in `quote`."""
    require_published(tariff)
    require_order(start, end)
    fitting = tariff.plans_that_admit(start, end)
    if not fitting:
        raise _refuse_any_length(tariff, start, end)
    return tuple(_quote_admitted(tariff, plan, start, end) for plan in fitting)


def require_published(tariff: Tariff) -> None:
    """RatingProblem if the edition has no published tariff."""
    if not tariff.is_published:
        raise no_published_tariff(tariff.product)


def require_order(start: date, end: date) -> None:
    """RatingProblem if the end is before the start."""
    if end < start:
        raise end_before_start(start, end)


def refuse_length(tariff: Tariff, plan: Plan, start: date, end: date) -> RatingProblem:
    """Why the plan does not take the period, and which plans do: its pair first."""
    fitting = tariff.plans_that_admit(start, end, first=plan.pair)
    if not fitting:
        return _refuse_any_length(tariff, start, end)
    named = [(other.title, other.length_text) for other in fitting]
    return plan_does_not_fit(plan.title, plan.length_text, period_text(start, end), named)


def period_text(start: date, end: date) -> Text:
    """The period and its length, as the middle of a sentence."""
    days = count_days(start, end)
    plural = "day" if days == 1 else "days"
    return Text(f"{start} から {end} までは{days}日間", f"{start} to {end} is {days} {plural}")


def _quote_admitted(tariff: Tariff, plan: Plan, start: date, end: date) -> Quote:
    row = plan.row_for(start, end)
    return Quote(
        tariff.product,
        plan.id,
        plan.title,
        start,
        end,
        count_days(start, end),
        row.band,
        row.premium,
        tariff.currency,
        tariff.discount,
        row.source,
    )


def _refuse_any_length(tariff: Tariff, start: date, end: date) -> RatingProblem:
    longest = tariff.longest_plan
    text = period_text(start, end)
    ending = Text(f"{text.ja}です", text.en)
    last_day = longest.at_most.last_day(start)
    return period_too_long(ending, longest.title, longest.at_most.text, last_day)
