"""Comparisons of wordings: they say what the single evaluator says, and every sum adds up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
import pytest

from dosojin.batch.whatif.amount_words import short_yen, signed_share, span, yen
from dosojin.batch.whatif.compare_portfolio import Question, ask
from dosojin.batch.whatif.comparison import NO_CHANGE, Change, Comparison, Reason, per_mille
from dosojin.batch.whatif.exact_sums import exact_sum, exact_sums
from dosojin.batch.whatif.loss_ratios import LENGTHS, last_days
from dosojin.batch.whatif.spread_of_change import SpreadOfChange, bins_up_to
from dosojin.values.money import Span, is_unbounded
from dosojin.values.problems import Problem
from tests.unit.batch.test_replace_figures import STAY
from tests.unit.batch.worked_portfolio import (
    PREMIUM,
    changed,
    compared,
    compared_cases,
    plain_total,
    worked_claims,
)

CHANGES = (
    ("medical.goods_max=30000",),
    ("medical.window_days=60", "rescue.rescuers_max=1", "flight_delay.lodging=10000"),
    ("common.admission_days_min=10",),
    ("personal_effects.item_max=150000", "baggage_delay.wait_max=4h"),
)


def added(changes: Any) -> Change:
    total = NO_CHANGE
    for change in changes:
        total = total + change
    return total


# against the single evaluator --------------------------------------------------------------


@pytest.mark.parametrize("sets", CHANGES)
def test_totals_are_those_of_the_single_evaluator(sets: tuple[str, ...]) -> None:
    comparison = compared_cases(*sets)
    question = changed(*sets)
    for wording, amount in zip(
        (question.wordings[0], question.wordings[-1]), comparison.payout, strict=True
    ):
        totals = [plain_total(wording.lowered, raw) for raw in worked_claims()]
        assert amount.lo == sum(lo for lo, _ in totals)
        assert amount.unlimited == sum(is_unbounded(hi) for _, hi in totals)
        assert amount.hi == sum(lo if is_unbounded(hi) else hi for lo, hi in totals)


@pytest.mark.parametrize("sets", CHANGES)
def test_every_sum_adds_up_to_the_change(sets: tuple[str, ...]) -> None:
    comparison = compared_cases(*sets)
    assert comparison.change
    assert added(step.change for step in comparison.steps) == comparison.change
    assert added(step.change for step in comparison.figures) == comparison.change
    assert added(each.change for each in comparison.benefits) == comparison.change
    assert comparison.figures[-1].payout == comparison.payout[1]
    for benefit in comparison.benefits:
        own = added(step.change for step in comparison.steps if step.benefit == benefit.id)
        assert own == benefit.change, benefit.id


@pytest.mark.parametrize("sets", CHANGES)
def test_every_claim_is_counted_once(sets: tuple[str, ...]) -> None:
    comparison = compared_cases(*sets)
    claims = comparison.counts.claims
    assert comparison.movement.claims == claims == len(worked_claims())
    assert sum(move.claims for move in comparison.verdicts) == claims
    for spread in (comparison.certain, comparison.possible):
        assert sum(each.claims for each in spread.bins) == spread.moved <= claims
    assert comparison.all_ratio.premium == claims * PREMIUM
    assert sum(ratio.policies for ratio in comparison.ratios) == claims


@pytest.mark.parametrize("sets", CHANGES)
def test_the_claims_that_move_most_say_why(sets: tuple[str, ...]) -> None:
    comparison = compared_cases(*sets)
    moved = []
    for claim in comparison.top:
        change = added(step.change for step in claim.steps)
        assert change.lo == claim.after.lo - claim.before.lo
        raw = worked_claims()[int(claim.occurrence[1:])]
        for wording, payable in zip(
            (changed(*sets).wordings[0], changed(*sets).wordings[-1]),
            (claim.before, claim.after),
            strict=True,
        ):
            lo, hi = plain_total(wording.lowered, raw)
            assert payable == Span(lo, None if is_unbounded(hi) else hi)
        if claim.after.hi is not None and claim.before.hi is not None:
            assert change.hi == claim.after.hi - claim.before.hi
            moved.append(max(abs(change.lo), abs(change.hi)))
    assert moved == sorted(moved, reverse=True)
    assert len(comparison.top) == min(20, comparison.movement.moved)


# by hand ------------------------------------------------------------------------------------


def stay(*amounts: int, telephone: int = 0) -> Mapping[str, Any]:
    """A stay in hospital with bills for goods, and one for the telephone."""
    lines = [{**STAY["expenses"][0], "amount": amount} for amount in amounts]
    if telephone:
        line = {**STAY["expenses"][0], "amount": telephone, "category": "hospital_communication"}
        lines.append(line)
    return {**STAY, "expenses": lines}


def test_one_claim_by_hand() -> None:
    """45,000 yen of goods: 15,000 are more than the new limit."""
    comparison = compared(changed("medical.goods_max=30000"), [stay(45_000)])
    assert comparison.change == Change(-15_000, -15_000)
    (step,) = comparison.steps
    assert step.clauses == ("medical.goods_max",)
    assert step.reason is Reason.CHANGED
    assert step.benefit == "medical_rescue"
    assert comparison.movement.to_json() == {"more": 0, "less": 1, "mixed": 0, "same": 0}
    (claim,) = comparison.top
    assert (claim.policy, claim.occurrence) == ("p0", "o0")
    assert claim.before == Span(45_000, 45_000) and claim.after == Span(30_000, 30_000)
    ((benefit, before, after), *_) = claim.benefits
    assert benefit == "medical_rescue"
    assert before is not None and before.clause == "medical.1" and before.verdict == "covered"
    assert after is not None and after.payable == Span(30_000, 30_000)
    reading = "personal goods: up to 50,000 yen for one injury or illness"
    assert comparison.figures[0].reading.en == reading


def test_a_limit_above_takes_less_when_less_comes_to_it() -> None:
    """190,000 for the telephone and 45,000 of goods: 200,000 in all before, 200,000 after that.

    With goods up to 30,000 yen, 220,000 come to the limit of both, which takes 20,000 in place of
    35,000. With goods up to 5,000 yen, 195,000 come to it and it takes nothing.
    """
    claim = stay(45_000, telephone=190_000)
    comparison = compared(changed("medical.goods_max=30000"), [claim])
    assert not comparison.change
    assert [(s.clauses, s.reason, s.change.lo) for s in comparison.steps] == [
        (("medical.goods_max",), Reason.CHANGED, -15_000),
        (("medical.admission_costs_max",), Reason.FOLLOWS, 15_000),
    ]
    comparison = compared(changed("medical.goods_max=5000"), [claim])
    assert [s.change.lo for s in comparison.steps] == [-40_000, 35_000]
    assert comparison.payout[1].lo == 195_000


def test_a_grant_that_fails_now_is_a_step_of_its_clause() -> None:
    """Twelve days in hospital are no longer enough for rescue expenses."""
    with_fare = {
        **STAY,
        "expenses": [
            {"category": "rescuer_fare", "person": "mother", "amount": 210_000,
             "on": "2026-06-05", "status": "paid"}
        ],
    }  # fmt: skip
    borne = {**with_fare, "facts": {**STAY["facts"], "borne_by_family": True}}
    comparison = compared(changed("common.admission_days_min=13"), [borne])
    assert comparison.change == Change(-210_000, -210_000)
    (step,) = comparison.steps
    assert step.clauses == ("rescue.2",) and step.reason is Reason.CHANGED
    moves = {(m.before, m.after): m.claims for m in comparison.verdicts if m.claims}
    assert moves == {("covered", "not_covered"): 1}


def test_figures_are_counted_one_after_another() -> None:
    """Both cut the same 45,000 yen: the second only takes what the first has left."""
    claims = [stay(45_000)]
    one = compared(changed("goods_max=30000", "admission_costs_max=20000"), claims)
    other = compared(changed("admission_costs_max=20000", "goods_max=30000"), claims)
    assert [step.change.lo for step in one.figures] == [-15_000, -10_000]
    assert [step.change.lo for step in other.figures] == [-25_000, 0]
    assert one.change == other.change


def test_the_same_figures_change_nothing() -> None:
    comparison = compared(changed("medical.goods_max=50000"), [stay(45_000)])
    assert not comparison.change and not comparison.steps and not comparison.top
    assert comparison.movement.same == 1
    assert comparison.before.lowered == comparison.after.lowered


def test_an_unlimited_claim_counts_with_what_is_certain() -> None:
    """Nobody knows what the hospital will charge: no upper limit, before and after."""
    open_bill = {
        **STAY,
        "expenses": [
            *stay(45_000)["expenses"],
            {"category": "physician_and_hospital", "amount": "unknown", "on": "2026-06-14"},
        ],
    }
    comparison = compared(changed("medical.goods_max=30000"), [open_bill, stay(45_000)])
    before, after = comparison.payout
    assert before.unlimited == after.unlimited == 1
    assert (before.lo, before.hi) == (90_000, 90_000)
    assert comparison.change == Change(-30_000, -30_000)
    assert added(step.change for step in comparison.steps) == comparison.change
    assert comparison.top[0].before == Span(45_000, None)
    assert comparison.certain.moved == 2 and comparison.possible.moved == 1


def test_partitions_add_up() -> None:
    question = changed("medical.goods_max=30000", "rescuers_max=1")
    claims = worked_claims()
    together = compared_cases("medical.goods_max=30000", "rescuers_max=1").to_json()
    apart = compared(question, claims[:70], claims[70:]).to_json()
    assert apart["counts"].pop("partitions") == 2
    assert together["counts"].pop("partitions") == 1
    for each in (together, apart):  # rows are named partition by partition
        each["top"] = [(entry["before"], entry["after"], entry["steps"]) for entry in each["top"]]
    assert apart == together


def test_loss_ratios_by_hand() -> None:
    comparison = compared(changed("medical.goods_max=30000"), [stay(45_000), stay(10_000)])
    (ratio,) = comparison.ratios
    assert (ratio.plan, ratio.policies, ratio.premium) == ("D", 2, 2 * PREMIUM)
    assert ratio.length.en == "up to 3 months"
    assert ratio.ratios(ratio.before) == (688, 688)  # 55,000 of 80,000: 68.75 %
    assert ratio.ratios(ratio.after) == (500, 500)
    assert comparison.counts.without_claims == 0


# another edition ----------------------------------------------------------------------------


def test_two_editions() -> None:
    question = ask("gakkensai-2026", (), "gakkensai-2025")
    assert [wording.edition.id for wording in question.wordings] == [
        "gakkensai-2026",
        "gakkensai-2025",
    ]
    assert not question.replacements


@pytest.mark.parametrize(
    ("sets", "against"), [((), None), (("medical.goods_max=1",), "gakkensai-2025")]
)
def test_it_is_either_figures_or_an_edition(sets: tuple[str, ...], against: str | None) -> None:
    with pytest.raises(Problem) as caught:
        ask("gakkensai-2026", sets, against)
    assert caught.value.code == "whatif.one_change"


# parts --------------------------------------------------------------------------------------


def naive_quantile(values: list[int], percent: int) -> int:
    rank = max(-(-len(values) * percent // 100), 1)
    return sorted(values)[rank - 1]


def test_an_edition_against_itself_is_refused() -> None:
    with pytest.raises(Problem, match="another edition"):
        ask("gakkensai-2026", (), "gakkensai-2026")


def test_the_spread_is_exact_while_it_can_be() -> None:
    random = Random(5)
    values = [random.choice((0, 1, -1, 999, 1000, -20_000, random.randrange(-(10**7), 10**7)))
              for _ in range(5_000)]  # fmt: skip
    spread = SpreadOfChange()
    for start in range(0, len(values), 700):
        spread.add(np.array(values[start : start + 700], np.int64))
    found, moved = spread.spread(), [value for value in values if value]
    assert found.is_exact and found.moved == len(moved)
    assert (found.least, found.most) == (min(moved), max(moved))
    assert dict(found.quantiles) == {at: naive_quantile(moved, at) for at in (10, 25, 50, 75, 90)}
    for each in found.bins:
        assert each.claims == sum(each.least <= value <= each.most for value in moved)


def test_too_many_changes_are_rounded_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dosojin.batch.whatif.spread_of_change.DISTINCT_MAX", 100)
    spread = SpreadOfChange()
    spread.add(np.arange(1, 100_000, 7, dtype=np.int64))
    found = spread.spread()
    assert not found.is_exact and found.moved == len(range(1, 100_000, 7))
    assert (found.least, found.most) == (1, max(range(1, 100_000, 7)))
    assert dict(found.quantiles)[50] == 49_900


def test_bins_meet_without_gaps() -> None:
    bounds = bins_up_to(10**9)
    assert (1, 999) in bounds and (-1999, -1000) in bounds and (5000, 9999) in bounds
    for (_, most), (least, _) in pairwise(bounds):
        assert least == most + 1 or (most, least) == (-1, 1)


def test_lengths_are_those_of_the_tariff() -> None:
    random = Random(3)
    epoch = date(1970, 1, 1)
    days = [date(2024, 1, 1) + timedelta(random.randrange(1500)) for _ in range(400)]
    days += [date(2024, 1, 31), date(2024, 2, 29), date(2025, 12, 31), date(2026, 8, 31)]
    numbers = np.array([(day - epoch).days for day in days])
    for band in LENGTHS:
        expected = [(band.last_day(day) - epoch).days for day in days]
        assert last_days(numbers, band).tolist() == expected, band


def test_sums_never_overflow() -> None:
    amounts = np.full(40_000, 1 << 49, np.int64)
    assert exact_sum(amounts) == 40_000 << 49
    groups = np.arange(40_000) % 2
    assert exact_sums(groups, amounts, 3) == [20_000 << 49, 20_000 << 49, 0]


def test_shares_round_half_away_from_zero() -> None:
    assert [per_mille(part, 2000) for part in (1, -1, 3, 0)] == [1, -1, 2, 0]
    assert per_mille(5, 0) == 0


def test_amounts_in_words() -> None:
    assert yen(-1_234_567, "en") == "−¥1,234,567" and yen(1_234_567, "ja") == "1,234,567円"
    assert short_yen(20_000, "ja") == "2万円" and short_yen(-20_000, "en") == "−¥20k"
    assert span(Span(5, None), "en") == "¥5 or more"
    assert span(Span(5, None), "ja") == "5円以上、上限なし"
    assert signed_share(-1, 10**6, "en") == "less than 0.05 %"


def test_the_json_is_plain(comparison: Comparison) -> None:
    content = comparison.to_json()
    assert content["change"] == comparison.change.to_json()
    assert content["by_clause"][0]["clauses"] == ["medical.goods_max"]


@pytest.fixture
def comparison() -> Comparison:
    return compared(QUESTION, [stay(45_000)])


QUESTION: Question = changed("medical.goods_max=30000")
