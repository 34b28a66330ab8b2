"""An edition with other figures: the same wording, decided anew; what nobody reads is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dosojin.adjudication.catalogue import load_edition, load_lowered
from dosojin.adjudication.decide import Adjudication
from dosojin.adjudication.evaluation import evaluator
from dosojin.adjudication.load_claim import load_claim
from dosojin.adjudication.read_claim import read_claim
from dosojin.batch.whatif.replace_figures import (
    lower_replaced,
    read_replacements,
    replace_figures,
)
from dosojin.facts.expressions import Figure
from dosojin.terms.editions import Edition
from dosojin.terms.lint.contents import figures_inside, nodes_in
from dosojin.terms.lower_edition import lower
from dosojin.values.problems import Problem

PRODUCT = "gakkensai-2026"
EDITION = load_edition(PRODUCT)
STAY: Mapping[str, Any] = {
    "product": PRODUCT,
    "plan": "D",
    "as_of": "2026-07-10",
    "policy": {
        "inception": "2026-06-01",
        "expiry": "2026-08-31",
        "premium_paid_on": "2026-05-01",
    },
    "facts": {
        "cause": "injury",
        "accident": True,
        "accident_on": "2026-06-02",
        "accident_on_trip": True,
        "circumstances": "none",
        "treated": True,
        "first_treated_on": "2026-06-02",
        "admitted": True,
        "admitted_on": "2026-06-03",
        "discharged_on": "2026-06-14",
        "died": False,
        "distress": "none",
        "deductions": "none",
        "delayed_return": "none",
        "returned_home_on": {"from": "2026-07-10"},
    },
    "expenses": [
        {"category": "hospital_personal_goods", "amount": 45_000, "on": "2026-06-04"},
    ],
}


def payable(sets: list[str], claim: Mapping[str, Any] = STAY) -> tuple[int, int | None]:
    """What the claim is paid under the edition with these figures, at worst and at best."""
    lowered = lower_replaced(EDITION, read_replacements(EDITION, sets))
    case = read_claim(claim, lowered=lowered).case
    total = Adjudication(evaluator(lowered), case).total()
    return total.lo, total.hi


def refusal(*sets: str, edition: Edition = EDITION) -> Problem:
    with pytest.raises(Problem) as caught:
        lower_replaced(edition, read_replacements(edition, sets))
    return caught.value


@pytest.mark.parametrize("product", ["gakkensai-2026", "gakkensai-2025"])
def test_the_same_values_give_the_same_lowered_form(product: str) -> None:
    edition = load_edition(product)
    same = [f"{id}={figure.value}" for id, figure in edition.figures.items()]
    assert lower_replaced(edition, read_replacements(edition, same)) == load_lowered(product)


@pytest.mark.parametrize("product", ["gakkensai-2026", "gakkensai-2025"])
def test_every_figure_can_be_replaced_and_some_clause_notices(product: str) -> None:
    edition = load_edition(product)
    for id, figure in edition.figures.items():
        value = figure.value - 1 or 2
        found = read_replacements(edition, [f"{id}={value}"])
        assert lower(replace_figures(edition, found)) != load_lowered(product), id


def test_the_figure_is_replaced_wherever_it_stands_and_nowhere_else() -> None:
    found = read_replacements(EDITION, ["common.admission_days_min=5"])
    changed = replace_figures(EDITION, found)
    before = [f.value for _, node in nodes_in(EDITION) for f in figures_inside(node)]
    after = [f.value for _, node in nodes_in(changed) for f in figures_inside(node)]
    read = [
        f.value
        for _, node in nodes_in(changed)
        for f in figures_inside(node)
        if f.id == "common.admission_days_min"
    ]
    assert set(read) == {5}
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == len(read)
    assert changed.figures["common.admission_days_min"].value == 5
    assert EDITION.figures["common.admission_days_min"].value == 3


def test_facts_stay_the_same_facts() -> None:
    changed = replace_figures(EDITION, read_replacements(EDITION, ["medical.goods_max=30000"]))
    assert changed.facts == EDITION.facts
    assert all(a is b for a, b in zip(changed.facts, EDITION.facts, strict=True))
    assert changed.policy_start is EDITION.policy_start


def test_a_figure_in_applies_when_is_replaced_with_the_fact_that_reads_it() -> None:
    figure = EDITION.figures["medical.goods_max"]
    count = next(f for f in EDITION.facts if f.kind.value == "yen" and f.unit == "yen")
    asked = replace(EDITION.facts[0], applies_when=count <= figure)
    edition = replace(EDITION, facts=(asked, *EDITION.facts[1:]))
    changed = replace_figures(edition, read_replacements(edition, ["goods_max=7"]))
    assert changed.facts[0] == asked
    assert [f.value for f in figures_inside(changed.facts[0].applies_when)] == [7]


def test_a_lower_limit_pays_less_by_exactly_that() -> None:
    assert payable([]) == (45_000, 45_000)
    assert payable(["medical.goods_max=30_000"]) == (30_000, 30_000)
    assert payable(["medical.goods_max=45_000"]) == (45_000, 45_000)
    assert payable(["medical.goods_max=44_999"]) == (44_999, 44_999)


def test_two_figures_work_together() -> None:
    assert payable(["goods_max=30000", "admission_costs_max=20000"]) == (20_000, 20_000)


def test_a_window_in_days_moves_the_last_day() -> None:
    late = {**STAY, "expenses": [{**STAY["expenses"][0], "on": "2026-06-20"}]}
    assert payable(["medical.window_days=19"], late) == (45_000, 45_000)
    assert payable(["medical.window_days=18"], late) == (0, 0)


def test_the_broken_leg_with_fewer_nights() -> None:
    # 20 nights for 300,000 yen: 10 are paid in place of 14, 60,000 yen less at best.
    leg = load_claim(Path("docs/claims/broken_leg.yaml").read_bytes(), "broken_leg.yaml")
    assert payable([], leg.source) == (6_402_124, 7_032_124)
    assert payable(["room_nights_max=10"], leg.source) == (6_402_124, 6_972_124)


def test_a_figure_that_no_clause_reads_is_refused() -> None:
    loose = Figure("medical.copied", 3, "days", "nowhere")
    edition = replace(EDITION, figures={**EDITION.figures, loose.id: loose})
    problem = refusal("medical.copied=4", edition=edition)
    assert problem.code == "figure.unread"
    assert "No clause reads" in problem.message.en
    # Asking for the value it has anyway promises nothing, and is taken.
    assert read_replacements(edition, ["medical.copied=3"])
    assert lower_replaced(edition, read_replacements(edition, ["medical.copied=3"])) == lower(
        edition
    )


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("baggage_delay.wait_max=4h", 240),
        ("baggage_delay.wait_max=4:30", 270),
        ("baggage_delay.wait_max=90分", 90),
        ("medical.goods_max=30,000", 30_000),
        ("medical.goods_max=30_000 yen", 30_000),
        ("medical.goods_max=３０，０００円", 30_000),
        ("medical.goods_max=3万円", 30_000),
        ("medical.window_days=1 day", 1),
        ("rescuers_max=0", 0),
    ],
)
def test_values_as_people_write_them(said: str, value: int) -> None:
    assert read_replacements(EDITION, [said])[0].value == value


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("medical.goodsmax=1", "figure.unknown", "medical.goods_max"),
        ("goods_maxx=1", "figure.unknown", "medical.goods_max"),
        ("zzz=1", "figure.unknown", "dosojin show"),
        ("=1", "figure.unknown", "dosojin show"),
        ("window_days=9", "figure.ambiguous", "medical.window_days, preexisting.window_days"),
        ("medical.goods_max=-1", "figure.range", "from 0"),
        ("medical.goods_max=9999999999999", "figure.range", "1,000,000,000,000"),
        ("disability.worst_grade_paid=15", "figure.range", "14"),
        ("disability.worst_grade_paid=0", "figure.range", "from 1"),
        ("disability.percent_grade_1=101", "figure.range", "100"),
        ("medical.goods_max=3 days", "figure.unit", "yen"),
        ("medical.goods_max=6:30", "figure.unit", "yen"),
        ("medical.window_days=3h", "figure.unit", "days"),
        ("medical.goods_max=", "figure.value", "medical.goods_max=50000"),
        ("medical.goods_max", "figure.value", "medical.goods_max=50000"),
        ("medical.goods_max=3.5", "figure.value", "medical.goods_max=50000"),
        ("medical.goods_max=30,00", "figure.value", "medical.goods_max=50000"),
        ("medical.goods_max=much", "figure.value", "medical.goods_max=50000"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_remedy(said: str, code: str, told: str) -> None:
    problem = refusal(said)
    assert problem.code == code
    assert problem.place.startswith("--set")
    assert told in problem.remedy.en
    assert problem.remedy.ja and problem.message.ja


def test_a_figure_is_set_once() -> None:
    assert refusal("goods_max=1", "medical.goods_max=2").code == "figure.twice"
