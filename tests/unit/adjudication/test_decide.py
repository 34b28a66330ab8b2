"""Decisions: verdict, deciding clause, what is cited, papers missing, digest (ENGINE §5)."""

from __future__ import annotations

from typing import Any

import pytest

from dosojin.adjudication.decide import decide, overall
from dosojin.adjudication.decision import BenefitDecision, Decision, Verdict
from dosojin.facts.expressions import any_of, not_
from dosojin.terms.clauses import Clause
from dosojin.terms.editions import Edition
from dosojin.terms.lower_edition import ALWAYS
from dosojin.terms.money_tree import OCCURRENCE, Part, all_together, fixed, less, limit, lines, part
from dosojin.values.canonical import digest
from dosojin.values.money import Span
from dosojin.values.truth import Truth
from tests.unit.adjudication.small_edition import (
    CITED,
    POLICY,
    SMALL,
    Cause,
    Circumstance,
    Cost,
    bill,
    cause,
    circumstances,
    cited,
    decided,
    delayed,
    died,
    edition_paying,
    in_force,
    read,
    recovered,
    yen,
)

YES, NO, UNKNOWN = True, False, "unknown"
WAR = circumstances.has(Circumstance.WAR)
TERRORISM = circumstances.has(Circumstance.TERRORISM)
FIGHT = circumstances.has(Circumstance.FIGHT)
INJURY, ILLNESS = cause.is_(Cause.INJURY), cause.is_(Cause.ILLNESS)


def of(edition: Edition, **entries: Any) -> BenefitDecision:
    decision = decided(edition, **entries)
    assert len(decision.benefits) == 1
    return decision.benefits[0]


def two_grants() -> Edition:
    lifts = cited("r.terrorism", TERRORISM)
    return edition_paying(
        fixed(yen(100), id="f", **CITED),
        grants=(cited("g.1", INJURY), cited("g.2", ILLNESS)),
        excludes=(cited("x.war", WAR, restored_by=(lifts,)), cited("x.fight", FIGHT)),
    )


GRANTS = two_grants()
CIRCUMSTANCES: dict[str, Any] = {
    "none": "none",
    "war": {"has": ["war"], "not": ["terrorism", "fight"]},
    "war or fight open": {"not": ["terrorism"]},
    "fight open": {"not": ["war", "terrorism"]},
    "fight": {"has": ["fight"], "not": ["war", "terrorism"]},
    "war and fight": {"has": ["war", "fight"], "not": ["terrorism"]},
    "war, lifted": {"has": ["war", "terrorism"], "not": ["fight"]},
    "war, lifted, and fight": {"has": ["war", "terrorism", "fight"]},
    "war, perhaps lifted": {"has": ["war"], "not": ["fight"]},
    "war, perhaps lifted, and fight": {"has": ["war", "fight"]},
}


@pytest.mark.parametrize(
    ("caused", "happened", "verdict", "deciding"),
    [
        # YES: the first grant that must hold.
        ("injury", "none", "covered", "g.1"),
        ("illness", "none", "covered", "g.2"),
        ("illness", "war, lifted", "covered", "g.2"),
        # NO: no grant may hold, so the first grant.
        ("other", "none", "not_covered", "g.1"),
        ("other", "war", "not_covered", "g.1"),
        # NO: the first exclusion that must hold and that nothing may lift.
        ("injury", "war", "not_covered", "x.war"),
        ("injury", "fight", "not_covered", "x.fight"),
        ("injury", "war and fight", "not_covered", "x.war"),
        ("injury", "war, lifted, and fight", "not_covered", "x.fight"),
        ("injury", "war, perhaps lifted, and fight", "not_covered", "x.fight"),
        (None, "war", "not_covered", "x.war"),
        # UNKNOWN: no grant must hold, so the first grant that is open.
        (None, "none", "depends", "g.1"),
        ({"one_of": ["illness", "other"]}, "none", "depends", "g.2"),
        (None, "fight open", "depends", "g.1"),
        # UNKNOWN: a grant holds, so the first exclusion still open.
        ("injury", "fight open", "depends", "x.fight"),
        ("injury", "war or fight open", "depends", "x.war"),
        ("injury", "war, perhaps lifted", "depends", "x.war"),
    ],
)
def test_the_deciding_clause(caused: Any, happened: str, verdict: str, deciding: str) -> None:
    facts = {"delayed": True, "circumstances": CIRCUMSTANCES[happened]}
    if caused is not None:
        facts["cause"] = caused
    found = of(GRANTS, facts=facts)
    assert (found.verdict, found.deciding_clause) == (verdict, deciding)


def test_a_lifted_exclusion_is_not_what_is_still_open() -> None:
    # War is lifted for certain; what is open is the fight.
    happened = {"has": ["war", "terrorism"]}
    found = of(GRANTS, facts={"delayed": True, "cause": "injury", "circumstances": happened})
    assert (found.verdict, found.deciding_clause) == ("depends", "x.fight")


def test_verdict_over_all_combinations_and_deciding_clause_by_plain_truths() -> None:
    # Injury or illness is open, yet one of the two grants holds in every combination.
    facts = {"delayed": True, "cause": {"one_of": ["injury", "illness"]}, "circumstances": "none"}
    found = of(GRANTS, facts=facts)
    assert found.verdict == "covered"
    assert found.payable == Span(100, 100)
    assert found.deciding_clause == "g.1"


def test_covered_may_still_be_nothing_to_pay() -> None:
    tree = less(recovered, of=lines(Cost.CARE), id="l", **CITED)
    facts = {"delayed": True, "deductions": "none", "recovered": 500}
    found = of(edition_paying(tree), facts=facts, expenses=[bill(Cost.CARE, 100)])
    assert (found.verdict, found.payable) == ("covered", Span(0, 0))
    assert "l" in found.cites


def test_a_benefit_that_the_certificate_does_not_carry() -> None:
    policy = {**POLICY, "sums": {**POLICY["sums"], "injury_death": 0}}
    decision = decided(SMALL, policy=policy, facts={"died": True, "cause": "injury"})
    found = decision.benefit("injury_death")
    assert found is not None
    assert (found.verdict, found.payable) == ("not_covered", Span(0, 0))
    assert found.deciding_clause == "injury_death.carried"
    assert found.cites == ("injury_death.carried",)


def test_of_several_parts_one_covered_is_enough() -> None:
    facts = {
        "cause": "injury", "accident_on": "2026-06-02", "circumstances": "none",
        "deductions": "none", "admitted_on": "2026-06-02", "discharged_on": "2026-06-03",
    }  # fmt: skip
    expenses = [bill(Cost.CARE, 100, on="2026-06-03"), bill(Cost.FARE, 50, person="mother")]
    found = of(SMALL, facts=facts, expenses=expenses)
    assert (found.verdict, found.deciding_clause) == ("covered", "medical.1")
    assert found.payable == Span(100, 100)
    only_fare = of(SMALL, facts=facts, expenses=expenses[1:])
    assert (only_fare.verdict, only_fare.deciding_clause) == ("not_covered", "rescue.1")


# Overall.


@pytest.mark.parametrize(
    ("verdicts", "found"),
    [
        ("", "depends"),
        ("not_covered", "not_covered"),
        ("covered not_covered", "covered"),
        ("covered depends", "depends"),
        ("not_covered depends", "depends"),
        ("not_covered not_covered", "not_covered"),
    ],
)
def test_the_overall_verdict(verdicts: str, found: str) -> None:
    assert overall(Verdict(word) for word in verdicts.split()) == found


def test_the_total_is_over_all_claimed_benefits() -> None:
    facts = {
        "died": True, "cause": "injury", "accident_on": "2026-06-02", "circumstances": "none",
        "deductions": "none", "admitted_on": "2026-06-02", "discharged_on": "2026-06-03",
    }  # fmt: skip
    decision = decided(SMALL, facts=facts, expenses=[bill(Cost.CARE, 100, on="2026-06-03")])
    assert decision.payable == Span(1100, 1100)
    assert [(one.id, one.verdict.value) for one in decision.benefits] == [
        ("injury_death", "covered"),
        ("sickness_death", "not_covered"),
        ("medical_rescue", "covered"),
    ]
    assert decision.verdict == "covered"


# Clauses, citations, flow.


def truths(found: BenefitDecision) -> dict[str, Truth]:
    return {clause.id: clause.truth for clause in found.clauses}


def test_clauses_that_did_not_fire_are_listed_too() -> None:
    happened = {"has": ["war"], "not": ["terrorism"]}
    found = of(GRANTS, facts={"delayed": True, "cause": "illness", "circumstances": happened})
    assert truths(found) == {
        "benefit.carried": Truth.YES,
        "g.1": Truth.NO,
        "g.2": Truth.YES,
        "r.terrorism": Truth.NO,
        "x.war": Truth.YES,
        "x.fight": Truth.UNKNOWN,
    }
    reads = {clause.id: clause.reads for clause in found.clauses}
    assert reads["g.1"] == ("cause",)
    assert reads["x.war"] == ("circumstances",)


def test_what_decides_excludes_lifts_or_takes_money_is_cited() -> None:
    tree = limit(yen(60, "cap"), lines(Cost.CARE), per=OCCURRENCE, ja="", en="")
    lifts = cited("r.terrorism", TERRORISM)
    edition = edition_paying(
        tree, grants=(cited("g.1", INJURY),), excludes=(cited("x.war", WAR, restored_by=(lifts,)),)
    )
    facts = {"cause": "injury", "deductions": "none"}
    lifted = {**facts, "circumstances": ["war", "terrorism"]}
    found = of(edition, facts=lifted, expenses=[bill(Cost.CARE, 100)])
    assert set(found.cites) == {"g.1", "x.war", "r.terrorism", "cap"}
    small = of(edition, facts={**facts, "circumstances": "none"}, expenses=[bill(Cost.CARE, 60)])
    assert set(small.cites) == {"g.1"}


def test_the_flow_shows_what_entered_and_left_every_node() -> None:
    tree = limit(yen(60, "cap"), lines(Cost.CARE), per=OCCURRENCE, ja="", en="")
    facts = {"delayed": True, "deductions": "none"}
    expenses = [bill(Cost.FARE, 1), bill(Cost.CARE, 70), bill(Cost.CARE, 30)]
    found = of(edition_paying(tree), facts=facts, expenses=expenses)
    flow = {node.id: node for node in found.flow}
    source = flow["benefit.part.lines_care"]
    assert (source.into, source.out, source.lines) == (Span(100, 100), Span(100, 100), (1, 2))
    assert (flow["cap"].into, flow["cap"].out) == (Span(100, 100), Span(60, 60))
    assert flow["cap"].children == ("benefit.part.lines_care",)
    assert flow["benefit.part"].cites == "benefit.1"
    assert [node.id for node in found.flow][-1] == "benefit.part"


# Papers.


def test_papers_for_the_facts_a_grant_rests_on_are_missing_until_they_come() -> None:
    facts = {"died": True, "cause": "injury"}
    decision = decided(SMALL, facts=facts)
    assert decision.benefits[0].documents_missing == ("medical_report", "death_certificate")
    sent = decided(SMALL, facts=facts, documents=["death_certificate"])
    assert sent.benefits[0].documents_missing == ("medical_report",)
    assert decided(SMALL, facts={**facts, "cause": "illness"}).benefits[0].documents_missing == ()


# Digest.


CLAIM: dict[str, Any] = {
    "facts": {"died": True, "cause": "injury"},
    "expenses": [bill(Cost.CARE, 100, on="2026-06-03")],
}


def digest_of(**changed: Any) -> str:
    return decided(SMALL, **{**CLAIM, **changed}).digest


def test_the_same_claim_gives_the_same_bytes() -> None:
    assert digest_of() == digest_of()
    backwards = {key: CLAIM["facts"][key] for key in reversed(CLAIM["facts"])}
    assert digest_of(facts=backwards) == digest_of()


@pytest.mark.parametrize(
    "changed",
    [
        {"facts": {"died": True, "cause": "illness"}},
        {"facts": {"died": True, "cause": {"one_of": ["injury"]}}},
        {"as_of": "2026-08-02"},
        {"expenses": [bill(Cost.CARE, 101, on="2026-06-03")]},
        {"note": "a remark that changes no amount"},
        {"documents": ["death_certificate"]},
        {"policy": {**POLICY, "expiry": "2026-08-30"}},
    ],
)
def test_any_other_input_gives_another_digest(changed: dict[str, Any]) -> None:
    assert digest_of(**changed) != digest_of()


def test_the_digest_closes_over_everything_but_prose() -> None:
    shown = decided(SMALL, **CLAIM).to_json()
    sealed = {key: value for key, value in shown.items() if key != "digest"}
    sealed["questions"] = [
        {key: value for key, value in question.items() if key != "ask"}
        for question in shown["questions"]
    ]
    assert shown["digest"] == digest(sealed)
    assert shown["questions"]


def test_the_json_has_what_a_program_needs() -> None:
    shown = decided(SMALL, **CLAIM).to_json()
    assert {
        "verdict", "payable", "tight", "promise", "benefits", "questions", "usage", "digest",
    } <= set(shown)  # fmt: skip
    assert set(shown["payable"]) == {"lo", "hi"}
    benefit = shown["benefits"][0]
    assert {
        "id", "verdict", "payable", "deciding_clause", "clauses", "flow", "documents_missing",
    } <= set(benefit)  # fmt: skip
    assert {"id", "role", "truth"} <= set(benefit["clauses"][0])
    assert set(shown["questions"][0]["ask"]) == {"ja", "en"}


def test_no_bound_is_null() -> None:
    facts = {"cause": "injury", "accident_on": "2026-06-02", "circumstances": "none"}
    decision = decided(SMALL, facts=facts, expenses=[bill(Cost.CARE, "unknown")])
    assert decision.to_json()["payable"] == {"lo": 0, "hi": None}


def test_questions_left_out_change_nothing_else() -> None:
    claim = read(SMALL, **CLAIM)
    with in_force():
        full, quick = decide(claim), decide(claim, with_questions=False)
    assert full.questions and not quick.questions
    assert (full.payable, full.verdict, full.benefits) == (
        quick.payable, quick.verdict, quick.benefits,
    )  # fmt: skip


def test_a_benefit_by_its_id() -> None:
    decision: Decision = decided(SMALL, **CLAIM)
    found = decision.benefit("medical_rescue")
    assert found is not None and found.id == "medical_rescue"
    assert decision.benefit("nothing") is None


def test_exclusions_of_one_part_leave_the_other_alone() -> None:
    def gated(id: str, taken: Cost, *excludes: Clause) -> Part:
        return part(
            id, ja="", en="", source="", grants=[cited(f"{id}.1", ALWAYS)], excludes=excludes,
            money=lines(taken),
        )  # fmt: skip

    tree = all_together(
        gated("a", Cost.CARE, cited("a.x", any_of(WAR, FIGHT))), gated("b", Cost.FARE), id="all"
    )
    edition = edition_paying(tree, opens=(delayed,), grants=(cited("o", not_(died)),))
    facts = {"died": False, "delayed": True, "deductions": "none", "circumstances": ["war"]}
    expenses = [bill(Cost.CARE, 100), bill(Cost.FARE, 7)]
    assert decided(edition, facts=facts, expenses=expenses).payable == Span(7, 7)
