"""For every clause a claim in which it fires: among the worked cases, else by changing facts."""

from __future__ import annotations

from dosojin.adjudication.catalogue import load_edition
from dosojin.adjudication.change_case import CaseChanger
from dosojin.adjudication.clause_firing import claims_of_cases, firing_clauses, firings_in_cases
from dosojin.adjudication.witness import (
    coverage_of_cases,
    find_witness,
    plan_that_reaches,
    witness_findings,
)

PRODUCT = "gakkensai-2026"


def test_a_worked_case_is_a_witness() -> None:
    witness = find_witness(PRODUCT, "medical.x.fight")
    assert witness is not None
    assert not witness.changed
    clauses = firing_clauses(PRODUCT)
    (truths,) = (
        truths
        for claim, truths in firings_in_cases(PRODUCT)
        if (claim.title, claim.file, claim.step) == (witness.title, witness.file, witness.step)
    )
    assert clauses.fires(clauses.entry("medical.x.fight"), truths["medical.x.fight"])


def test_facts_are_changed_until_a_clause_fires() -> None:
    clauses = firing_clauses(PRODUCT)
    truth = clauses.truths["accidental_death.1"]
    alive = next(
        claim.claim.case
        for claim, truths in firings_in_cases(PRODUCT)
        if truths["medical.1"] == {3} and not truths["accidental_death.1"]
    )
    changer = CaseChanger(clauses.evaluator, frozenset(), budget=3000)
    changed = next(changer.until(truth, alive))
    assert clauses.truth(truth, clauses.run(changed)) == 3
    assert changed.known != alive.known


def test_every_clause_can_fire_and_unreachable_ones_are_unreachable() -> None:
    for product in (PRODUCT, "gakkensai-2025"):
        assert [finding.in_("en") for finding in witness_findings(product)] == []


def test_no_published_plan_reaches_the_theft_cap() -> None:
    assert plan_that_reaches(PRODUCT, "personal_effects.theft_limited") is None
    assert plan_that_reaches(PRODUCT, "personal_effects.x.left_or_lost") is not None


def test_coverage_names_the_cases() -> None:
    coverage = coverage_of_cases(load_edition(PRODUCT))
    titles = {claim.title for claim in claims_of_cases(PRODUCT)}
    fight = coverage["medical.x.fight"]
    assert fight.fires and fight.holds_off
    assert set(fight.fires) | set(fight.holds_off) <= titles
