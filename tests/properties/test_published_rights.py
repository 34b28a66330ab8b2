"""Law 8 on the editions themselves: a higher sum, or a rider that widens, never lowers the total.

A rider that narrows never raises it. Every worked case is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from dosojin.adjudication.catalogue import load_edition
from dosojin.adjudication.decide import decide
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.facts.declaration import Kind
from dosojin.products import editions
from dosojin.terms.editions import RiderEffect
from dosojin.values.money import YEN_MAX

MORE = 1_000_000


def raised(claim: Claim) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The claim once for every sum insured that is known, that sum being higher."""
    policy = claim.source["policy"]
    variables = {one.name: i for i, one in enumerate(claim.evaluator.lowered.variables)}
    for id, fact in claim.edition.sums.items():
        least, most = (
            claim.case.known[variables[fact.name]] if fact.kind is Kind.YEN else (0, YEN_MAX)
        )
        if least == most < YEN_MAX:
            sums = {**policy.get("sums", {}), id: most + MORE}
            yield id, {**claim.source, "policy": {**policy, "sums": sums}}


@pytest.mark.parametrize("product", list(editions()))
def test_a_higher_sum_never_lowers_the_total(product: str) -> None:
    tried = 0
    for case in worked_cases(product):
        claim = read_claim(case.steps[0].claim)
        before = decide(claim, with_questions=False).payable
        for id, raw in raised(claim):
            after = decide(read_claim(raw), with_questions=False).payable
            tried += 1
            assert after.lo >= before.lo, (case.title, id)
            assert after.hi is None or (before.hi is not None and after.hi >= before.hi), case.title
    assert tried


def with_rider(claim: Claim, rider: str) -> Mapping[str, Any] | None:
    """The claim with one rider more; None if it has the rider or does not list its riders."""
    policy = claim.source["policy"]
    held = policy.get("riders", [])
    held = [] if held == "none" else held
    if not isinstance(held, list) or rider in held:
        return None
    return {**claim.source, "policy": {**policy, "riders": [*held, rider]}}


@pytest.mark.parametrize("product", list(editions()))
def test_every_rider_says_what_it_does(product: str) -> None:
    edition = load_edition(product)
    assert edition.riders.choices is not None
    assert set(edition.rider_effects) == set(edition.riders.choices)


@pytest.mark.parametrize("product", list(editions()))
def test_a_rider_moves_the_total_only_the_way_it_says(product: str) -> None:
    moved = set()
    for case in worked_cases(product):
        claim = read_claim(case.steps[0].claim)
        before = decide(claim, with_questions=False).payable
        for rider, effect in claim.edition.rider_effects.items():
            raw = with_rider(claim, str(rider))
            if raw is None:
                continue
            after = decide(read_claim(raw), with_questions=False).payable
            low, high = (before, after) if effect is RiderEffect.WIDENS else (after, before)
            assert high.lo >= low.lo, (case.title, rider)
            assert high.hi is None or (low.hi is not None and high.hi >= low.hi), case.title
            moved |= {str(rider)} if after != before else set()
    assert {"special_hazard", "preexisting_emergency"} <= moved
