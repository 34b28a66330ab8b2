"""Refunds on early cancellation, three strategies (D14), worked by hand."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from dosojin.rating import RatingProblem, RefundStrategy, load_tariff, refund

TARIFF = load_tariff("gakkensai-2026")
JUNE_1 = date(2026, 6, 1)
YEAR_END = date(2027, 5, 31)
DIFFERENCE = RefundStrategy.TARIFF_DIFFERENCE
SHORT_RATE = RefundStrategy.SHORT_RATE
PRO_RATA = RefundStrategy.PRO_RATA


@pytest.mark.parametrize(
    ("plan", "end", "last_covered_day", "strategy", "returned"),
    [
        # D, one year 173,340; six months gone by cost 81,750.
        ("D", YEAR_END, date(2026, 11, 30), DIFFERENCE, 91_590),
        # After 20 days the plan of that length is C: 21 days cost 8,760.
        ("D", YEAR_END, date(2026, 6, 20), DIFFERENCE, 164_580),
        # F, two years 355,510; one year gone by costs 177,770.
        ("F", date(2028, 5, 31), YEAR_END, DIFFERENCE, 177_740),
        # Inside the same band nothing comes back: both are "17 days".
        ("C", date(2026, 6, 17), date(2026, 6, 16), DIFFERENCE, 0),
        # Six months: 70 per cent of 173,340 kept, 30 per cent is 52,002, to ten yen 52,000.
        ("D", YEAR_END, date(2026, 11, 30), SHORT_RATE, 52_000),
        # Seven days: 10 per cent kept, 90 per cent of 173,340 is 156,006, to ten yen 156,010.
        ("D", YEAR_END, date(2026, 6, 7), SHORT_RATE, 156_010),
        # 31 days from 1 June are over a month, so 35 per cent; seven of them are 10 per cent:
        # 12,430 × (35 − 10) ÷ 35 = 8,878.57, to ten yen 8,880.
        ("C", date(2026, 7, 1), date(2026, 6, 7), SHORT_RATE, 8_880),
        # Six months are 183 of 365 days; 173,340 × 182 ÷ 365 = 86,432.5, to ten yen 86,430.
        ("D", YEAR_END, date(2026, 11, 30), PRO_RATA, 86_430),
        # 1,460 × 1 ÷ 2 = 730.
        ("A", date(2026, 6, 2), JUNE_1, PRO_RATA, 730),
        # 1,010 × 0 ÷ 1: the policy ran to its end.
        ("A", JUNE_1, JUNE_1, PRO_RATA, 0),
    ],
)
def test_what_comes_back(
    plan: str, end: date, last_covered_day: date, strategy: RefundStrategy, returned: int
) -> None:
    found = refund(TARIFF, plan, JUNE_1, end, last_covered_day, strategy)
    assert found.return_premium == returned
    assert found.kept_premium + found.return_premium == found.paid.premium
    assert found.to_json()["strategy"] == strategy.value


@pytest.mark.parametrize("strategy", list(RefundStrategy))
def test_all_of_it_before_the_start_and_nothing_at_the_end(strategy: RefundStrategy) -> None:
    before = refund(TARIFF, "C", JUNE_1, date(2026, 6, 8), date(2026, 5, 31), strategy)
    assert before.return_premium == 4_730
    after = refund(TARIFF, "C", JUNE_1, date(2026, 6, 8), date(2026, 6, 8), strategy)
    assert after.return_premium == 0


def test_rounding_half_up_reaches_ten_yen() -> None:
    # 2,590 × 1 ÷ 3 = 863.33 → 860; 3,500 × 1 ÷ 5 = 700; 4,370 × 2 ÷ 7 = 1,248.57 → 1,250.
    cases = [(3, 2, 860), (5, 4, 700), (7, 5, 1_250)]
    for days, covered, returned in cases:
        end, last = date(2026, 6, days), date(2026, 6, covered)
        assert refund(TARIFF, "C", JUNE_1, end, last, PRO_RATA).return_premium == returned


def test_the_edition_chooses_the_strategy() -> None:
    found = refund(TARIFF, "D", JUNE_1, YEAR_END, date(2026, 11, 30))
    assert (found.strategy, found.return_premium) == (DIFFERENCE, 91_590)


def refusal(plan: str, end: date, last: date, strategy: RefundStrategy) -> RatingProblem:
    with pytest.raises(RatingProblem) as refused:
        refund(TARIFF, plan, JUNE_1, end, last, strategy)
    return refused.value


def test_cover_cannot_outlast_the_policy() -> None:
    problem = refusal("C", date(2026, 6, 8), date(2026, 6, 9), DIFFERENCE)
    assert (problem.code, problem.place) == ("rating.cover_ends_after_policy", "last_covered_day")


def test_short_period_rates_end_at_one_year() -> None:
    problem = refusal("F", date(2028, 5, 31), date(2026, 12, 31), SHORT_RATE)
    assert problem.code == "rating.short_rate_not_defined"


def test_a_strategy_that_is_not_offered_is_refused() -> None:
    assert TARIFF.refund is not None
    terms = dataclasses.replace(TARIFF.refund, strategies=(DIFFERENCE,))
    with pytest.raises(RatingProblem) as refused:
        refund(
            dataclasses.replace(TARIFF, refund=terms),
            "C",
            JUNE_1,
            date(2026, 6, 8),
            date(2026, 6, 4),
            PRO_RATA,
        )
    assert refused.value.code == "rating.strategy_not_offered"
    assert "tariff_difference" in refused.value.remedy.en
