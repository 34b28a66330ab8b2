"""Case files: one case for every edition it names, later claims find used up what came before."""

from __future__ import annotations

from typing import Any

import pytest

from dosojin.adjudication.worked_cases import (
    Step,
    WorkedCase,
    cases_in,
    decide_steps,
    differences,
    worked_cases,
)
from dosojin.terms.money_tree import POLICY_PERIOD, limit, lines
from tests.unit.adjudication.small_edition import (
    Cost,
    bill,
    claim_file,
    decided,
    edition_paying,
    in_force,
    yen,
)

CAPPED = edition_paying(limit(yen(300, "cap"), lines(Cost.CARE), per=POLICY_PERIOD, ja="", en=""))
FILE = b"""
- defaults: &terms
    as_of: 2026-08-01
    policy: {inception: 2026-06-01, expiry: 2026-08-31}
- title: Two editions, one answer.
  product: [one, two]
  <<: *terms
  facts: {died: true}
  expect: {payable: 5}
  work: 2 + 3
- title: Twice.
  product: two
  plan: D
  facts: {died: true}
  usage: [{node: cap, settled: 7}]
  expect: {payable: 5}
  then:
    - {facts: {died: false}, expect: {payable: 0}, work: nothing left}
"""


def test_a_case_stands_once_for_every_edition_it_names() -> None:
    found = list(cases_in(FILE, "cases.yaml"))
    assert [(case.title, case.product) for case in found] == [
        ("Two editions, one answer.", "one"),
        ("Two editions, one answer.", "two"),
        ("Twice.", "two"),
    ]
    assert found[0].steps[0].claim["product"] == "one"
    assert found[0].steps[0].claim["as_of"] == "2026-08-01"
    assert (found[0].steps[0].expect, found[0].steps[0].work) == ({"payable": 5}, "2 + 3")
    assert not {"title", "expect", "work", "then"} & set(found[0].steps[0].claim)


def test_a_later_claim_shares_the_certificate_and_not_what_happened() -> None:
    later = list(cases_in(FILE, "cases.yaml"))[2].steps[1]
    assert later.claim == {"product": "two", "plan": "D", "facts": {"died": False}}


def step(amount: int, payable: Any) -> Step:
    facts = {"delayed": True, "deductions": "none"}
    claim = claim_file(CAPPED, facts=facts, expenses=[bill(Cost.CARE, amount)])
    return Step(claim, {"payable": payable}, "")


def test_every_claim_settles_what_it_takes_up() -> None:
    # 300 in all: 200, then 100 of 250, then nothing.
    steps = (step(200, 200), step(250, 100), step(5, 0))
    case = WorkedCase("Three.", "x.yaml", CAPPED.id, steps)
    with in_force():
        found = [(differences(one, decision), decision) for one, decision in decide_steps(case)]
    assert [wrong for wrong, _ in found] == [[], [], []]
    assert [decision.payable.lo for _, decision in found] == [200, 100, 0]


def difference(**expect: Any) -> list[str]:
    facts = {"delayed": True, "deductions": "none"}
    decision = decided(CAPPED, facts=facts, expenses=[bill(Cost.CARE, 500)])
    return differences(Step({}, expect, ""), decision)


def test_what_was_expected_is_no_difference() -> None:
    wanted = {
        "verdict": "covered",
        "payable": {"lo": 300, "hi": 300},
        "deciding_clause": "benefit.1",
    }
    assert difference(
        verdict="covered", payable=300, tight=True, promise=300, cites=["cap", "benefit.1"],
        not_cites=["x"], ask_first=None, benefits={"benefit": wanted},
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ({"verdict": "depends"}, "verdict covered, expected depends"),
        ({"payable": 299}, "payable 300..300, expected 299..299"),
        ({"payable": {"lo": 0, "hi": None}}, "payable 300..300, expected 0..None"),
        ({"tight": False}, "tight True, expected False"),
        ({"promise": 0}, "promise 300, expected 0"),
        ({"cites": ["x"]}, "does not cite x"),
        ({"not_cites": ["cap"]}, "cites cap"),
        ({"ask_first": "died"}, "asks None first, expected died"),
        ({"payabel": 300}, "expects an unknown thing: payabel"),
        ({"benefits": {"other": {}}}, "other is not claimed"),
        (
            {"benefits": {"benefit": {"verdict": "depends"}}},
            "benefit: verdict covered, expected depends",
        ),
        ({"benefits": {"benefit": {"payable": 1}}}, "benefit: payable 300..300, expected 1..1"),
        (
            {"benefits": {"benefit": {"deciding_clause": "x"}}},
            "benefit: decided by benefit.1, expected x",
        ),
    ],
)
def test_every_departure_is_told(expect: dict[str, Any], says: str) -> None:
    assert difference(**expect) == [says]


def test_both_editions_have_cases_and_every_case_its_title_and_work() -> None:
    for product in ("gakkensai-2026", "gakkensai-2025"):
        cases = worked_cases(product)
        assert cases
        assert all(case.title and case.product == product for case in cases)
