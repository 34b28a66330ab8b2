"""Every clause and every figure of every wording is tried by worked cases.

A clause that is coded, or left to a person, fires in one case and holds off in another. A number
that a clause compares is tried on both sides of its edge, by cases in which the clause turns on
it. A limit on money meets what just passes and what is one too many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from dosojin.adjudication.catalogue import load_edition
from dosojin.adjudication.clause_firing import NO, YES, FiringClauses, firing_clauses
from dosojin.adjudication.witness import ClauseCoverage, coverage_of_cases
from dosojin.products import editions
from tests.tidy.case_thresholds import (
    FAILS,
    PASSES,
    Edge,
    Tried,
    comparison_edges,
    limit_edges,
    tried_claims,
)

PRODUCTS = list(editions())

EXCEPTIONS: Mapping[Edge, str] = {
    Edge("accident_on.day <= died_on.day", FAILS): "a death before its accident is refused",
    Edge("accident_on.day <= disability_on.day", FAILS): "a disability before it is refused",
}
"""Sides that no case can lie on, with the reason."""


@cache
def tried(product: str) -> tuple[Tried, ...]:
    return tried_claims(product, firing_clauses(product))


def untried(
    coverage: Mapping[str, ClauseCoverage], unreachable: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Clauses that no case makes fire, or that no case shows holding off."""
    for id, cases in coverage.items():
        if not cases.fires and id not in unreachable:
            yield id, "fires in no case"
        if not cases.holds_off and cases.can_hold_off:
            yield id, "holds off in no case"


def bare(edges: Mapping[Edge, str]) -> list[Edge]:
    """The sides without a case, but for those that can have none."""
    return sorted(edge for edge, title in edges.items() if not title and edge not in EXCEPTIONS)


def carried_truths(clauses: FiringClauses, claims: tuple[Tried, ...]) -> Mapping[str, set[int]]:
    """By benefit, the truths that "the certificate carries it" has in the claims for it."""
    found: dict[str, set[int]] = {benefit.id: set() for benefit in clauses.lowered.benefits}
    for claim in claims:
        for benefit in clauses.lowered.benefits:
            if any(part in claim.run.open_parts for part in benefit.parts):
                found[benefit.id].add(clauses.truth(benefit.carried, claim.run))
    return found


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_clause_fires_in_one_case_and_not_in_another(product: str) -> None:
    unreachable = frozenset(
        entry.clause.id
        for entry in firing_clauses(product).placed
        if entry.clause.unreachable is not None
    )
    assert list(untried(coverage_of_cases(load_edition(product)), unreachable)) == []


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_comparison_has_cases_on_both_sides_of_its_edge(product: str) -> None:
    assert bare(comparison_edges(firing_clauses(product), tried(product))) == []


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_limit_has_cases_on_both_sides_of_its_edge(product: str) -> None:
    assert bare(limit_edges(firing_clauses(product), tried(product))) == []


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_benefit_is_claimed_where_it_is_carried_and_where_it_is_not(product: str) -> None:
    """Instead of the edge between a sum of nothing and a sum of one yen, which nobody insures."""
    truths = carried_truths(firing_clauses(product), tried(product))
    assert [id for id, found in truths.items() if not {NO, YES} <= found] == []


def test_exceptions_are_needed() -> None:
    edges: dict[Edge, bool] = {}
    for product in PRODUCTS:
        for edge, title in comparison_edges(firing_clauses(product), tried(product)).items():
            edges[edge] = edges.get(edge, False) or bool(title)
    assert [edge for edge in EXCEPTIONS if edges.get(edge, True)] == []


def test_the_check_finds_clauses_that_are_not_tried() -> None:
    coverage = {
        "a.1": ClauseCoverage((), ("x",)),
        "a.2": ClauseCoverage(("x",), ()),
        "a.3": ClauseCoverage(("x",), (), can_hold_off=False),
        "a.4": ClauseCoverage((), ("x",)),
    }
    found = list(untried(coverage, frozenset({"a.4"})))
    assert found == [("a.1", "fires in no case"), ("a.2", "holds off in no case")]


def test_the_check_finds_edges_that_are_not_tried() -> None:
    """Without the cases of one file its edges are bare, and so is a limit without its last yen."""
    product = "gakkensai-2026"
    clauses = firing_clauses(product)
    without = tuple(c for c in tried(product) if c.file != "first_and_last_minute.yaml")
    missing = bare(comparison_edges(clauses, without))
    assert {edge.side for edge in missing if "worsened_on.moment" in edge.what} == {PASSES, FAILS}
    assert not [edge for edge in missing if edge.what == "30 <= craft_missing_days"]
    young = tuple(c for c in tried(product) if "sixty-nine" not in c.title)
    assert Edge("70 <= age_at_inception", FAILS) in bare(comparison_edges(clauses, young))
    untouched = tuple(c for c in tried(product) if "One yen more" not in c.title)
    assert Edge("medical.goods_max", FAILS) in bare(limit_edges(clauses, untouched))


def test_a_case_counts_only_where_the_clause_turns_on_the_comparison() -> None:
    """The same three days in hospital try nothing once the accident was before the trip."""
    clauses = firing_clauses("gakkensai-2026")
    edge = Edge("3 <= ((discharged_on.day - admitted_on.day) + 1)", PASSES)
    title = comparison_edges(clauses, tried("gakkensai-2026"))[edge]
    claim = next(claim for claim in tried("gakkensai-2026") if claim.title == title)
    names = [variable.name for variable in clauses.lowered.variables]
    before = claim.case.with_known(names.index("accident_on_trip"), NO)
    changed = Tried(claim.file, claim.title, before, clauses.run(before))
    assert comparison_edges(clauses, (claim,))[edge]
    assert not comparison_edges(clauses, (changed,))[edge]
