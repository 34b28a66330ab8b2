"""What comes back when a policyholder ends a policy early (D14).

Three strategies, all in whole yen and never negative:
- tariff difference: premium less the published premium of the time that has gone by, in the plan
  of the same pair that takes that time; no rounding, since tariffs are exact;
- short rate: the insurer keeps premium × rate(time gone by) ÷ rate(whole period), the rates being
  those of a one-year contract; so none for policies longer than the rates go;
- pro rata: premium × days left ÷ all days.
The last two round the return premium half up to the edition's unit (ten yen).
Ended before it began, a policy gives everything back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dosojin.rating.bands import Band
from dosojin.rating.problems import (
    cover_ends_after_policy,
    short_rate_not_defined,
    strategy_not_offered,
)
from dosojin.rating.quote_premium import Quote, quote
from dosojin.rating.tariff import RefundStrategy, RefundTerms, Tariff
from dosojin.values.periods import count_days


@dataclass(frozen=True, slots=True)
class Refund:
    """`paid.premium` = `kept_premium` + `return_premium`; cover ran to `last_covered_day`."""

    paid: Quote
    last_covered_day: date
    strategy: RefundStrategy
    kept_premium: int
    return_premium: int

    def to_json(self) -> dict[str, object]:
        """The refund for programs."""
        return {
            "product": self.paid.product,
            "plan": self.paid.plan,
            "start": self.paid.start.isoformat(),
            "end": self.paid.end.isoformat(),
            "last_covered_day": self.last_covered_day.isoformat(),
            "strategy": self.strategy.value,
            "premium": self.paid.premium,
            "kept_premium": self.kept_premium,
            "return_premium": self.return_premium,
            "currency": self.paid.currency,
        }


def refund(
    tariff: Tariff,
    plan: str,
    start: date,
    end: date,
    last_covered_day: date,
    strategy: RefundStrategy | None = None,
) -> Refund:
    """What a policy start..end gives back if its cover stops after `last_covered_day`.

    A `last_covered_day` before `start` means that it never began. `strategy` None takes the
    edition's own. RatingProblem as in `quote`; if cover would end after the policy; if the edition
    does not offer the strategy; if no short-period rate exists for so long a policy.
    """
    paid = quote(tariff, plan, start, end)
    terms = tariff.refund
    assert terms is not None, "a published tariff has refund terms: load_tariff checks it"
    chosen = terms.strategies[0] if strategy is None else strategy
    if chosen not in terms.strategies:
        offered = [each.value for each in terms.strategies]
        raise strategy_not_offered(tariff.product, chosen.value, offered)
    if last_covered_day > end:
        raise cover_ends_after_policy(end, last_covered_day)
    if last_covered_day < start:
        returned = paid.premium
    elif last_covered_day == end:
        returned = 0
    elif chosen is RefundStrategy.TARIFF_DIFFERENCE:
        returned = paid.premium - _elapsed_premium(tariff, paid, last_covered_day)
    elif chosen is RefundStrategy.PRO_RATA:
        days_left = count_days(last_covered_day, end) - 1
        returned = _share_half_up(paid.premium, days_left, paid.days, terms.rounding)
    else:
        returned = _short_rate_return(terms, paid, last_covered_day)
    assert 0 <= returned <= paid.premium
    return Refund(paid, last_covered_day, chosen, paid.premium - returned, returned)


def _elapsed_premium(tariff: Tariff, paid: Quote, last_covered_day: date) -> int:
    plan = tariff.plan(paid.plan)
    applied = plan if plan.admits(paid.start, last_covered_day) else tariff.plan(plan.pair)
    return applied.row_for(paid.start, last_covered_day).premium


def _short_rate_return(terms: RefundTerms, paid: Quote, last_covered_day: date) -> int:
    longest: Band = terms.short_rates[-1][0]
    if not longest.covers(paid.start, paid.end):
        raise short_rate_not_defined(longest.text)
    elapsed = _short_rate(terms, paid.start, last_covered_day)
    whole = _short_rate(terms, paid.start, paid.end)
    return _share_half_up(paid.premium, whole - elapsed, whole, terms.rounding)


def _short_rate(terms: RefundTerms, start: date, end: date) -> int:
    return next(percent for band, percent in terms.short_rates if band.covers(start, end))


def _share_half_up(premium: int, part: int, whole: int, unit: int) -> int:
    """premium × part ÷ whole, half up to a multiple of `unit`, but never above the premium."""
    rounded = (2 * premium * part + whole * unit) // (2 * whole * unit) * unit
    return min(premium, rounded)
