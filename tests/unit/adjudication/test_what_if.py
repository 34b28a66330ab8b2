"""Other plans, other editions, and the fewest facts that turn a verdict."""

from __future__ import annotations

import pytest

from dosojin.adjudication.decision import Verdict
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.what_if import changed_claim, turning_facts, what_if
from dosojin.values.problems import Problem
from tests.unit.explanation.claims import boston


def test_another_plan_brings_its_own_sums() -> None:
    raw = boston(policy={**boston()["policy"], "sums": {"medical_rescue": 100_000}})
    claim = read_claim(raw)
    assert what_if(claim, plan="B").payable.hi == 810_000
    assert "medical_rescue" not in changed_claim(claim, None, "B")["policy"]["sums"]


def test_riders_of_the_plan_change_with_it_and_bought_ones_stay() -> None:
    raw = boston(policy={**boston()["policy"], "riders": ["special_hazard"]})
    assert "special_hazard" in changed_claim(read_claim(raw), None, "B")["policy"]["riders"]


def test_another_edition_keeps_the_sums_of_the_certificate() -> None:
    decision = what_if(read_claim(boston()), product="gakkensai-2025")
    assert decision.edition == "gakkensai-2025"
    assert decision.payable.hi == 810_000


def test_what_if_leaves_the_claim_alone() -> None:
    raw = boston()
    claim = read_claim(raw)
    what_if(claim, plan="B")
    assert claim.source == boston()


def test_a_plan_that_does_not_take_the_period_says_so() -> None:
    with pytest.raises(Problem) as refused:
        what_if(read_claim(boston()), plan="A")
    assert "31" in refused.value.message.en


def short_stay(**changes: object) -> dict[str, object]:
    raw = boston(**{"documents": [], **changes})
    raw["facts"] = {**raw["facts"], "discharged_on": "2026-06-04"}
    return raw


def test_one_fact_turns_a_refusal() -> None:
    turns = turning_facts(read_claim(short_stay()), "medical_rescue")
    days = [turn for turn in turns if [a.fact for a in turn.answers] == ["discharged_on"]]
    assert [turn.verdict for turn in days] == [Verdict.COVERED]
    assert days[0].answers[0].is_stated


def test_a_proven_fact_does_not_turn() -> None:
    proven = short_stay(documents=["hospital_certificate"])
    turns = turning_facts(read_claim(proven), "medical_rescue")
    assert not any(a.fact == "discharged_on" for turn in turns for a in turn.answers)


def test_two_facts_turn_where_one_does_not() -> None:
    raw = boston("accident", "accident_on", "accident_on_trip")
    raw["facts"] = {**raw["facts"], "cause": "illness", "illness_began": "before_trip",
                    "infection_class": "none"}  # fmt: skip
    turns = turning_facts(read_claim(raw), "medical_rescue")
    sizes = [len(turn.answers) for turn in turns]
    assert sizes == sorted(sizes)
    assert max(sizes) <= 2
    assert any(
        turn.verdict is Verdict.COVERED and [a.fact for a in turn.answers] == ["illness_began"]
        for turn in turns
    )


def test_exclusions_of_one_set_are_one_answer() -> None:
    turns = turning_facts(read_claim(boston()), "medical_rescue")
    sets = [a for turn in turns for a in turn.answers if a.fact == "circumstances"]
    assert len(sets) == 1
    assert "drunk_driving" in sets[0].words and sets[0].is_in


def test_every_turn_really_turns() -> None:
    claim = read_claim(short_stay())
    for turn in turning_facts(claim, "medical_rescue"):
        assert turn.verdict is not Verdict.NOT_COVERED
        assert turn.verdict is not Verdict.DEPENDS


def test_a_benefit_that_is_not_claimed_has_no_turns() -> None:
    assert turning_facts(read_claim(boston()), "liability") == ()
