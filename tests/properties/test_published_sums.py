"""Law 8 on the editions themselves: a higher sum insured never lowers what a worked case pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from dosojin.adjudication.decide import decide
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.facts.declaration import Kind
from dosojin.products import editions
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
