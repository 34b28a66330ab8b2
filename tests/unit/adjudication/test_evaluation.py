"""What is claimed, and the truths that lines and parts give; nothing of a case is kept."""

from __future__ import annotations

from typing import Any

import pytest

from dosojin.adjudication.evaluation import evaluator
from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import any_line, not_
from dosojin.facts.lines import line_abroad
from dosojin.terms.money_tree import fixed, gate, lines
from dosojin.values.money import Span
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    Cost,
    assessed,
    benefit,
    bill,
    cause,
    circumstances,
    cited,
    decided,
    edition_of,
    edition_paying,
    lowered_of,
    worked,
    yen,
)


def claimed(**entries: Any) -> list[str]:
    return [unit.benefit.id for unit in worked(SMALL, **entries).units]


def test_nothing_said_nothing_claimed() -> None:
    decision = decided(SMALL)
    assert decision.benefits == ()
    assert decision.payable == Span(0, 0)
    assert decision.questions == ()


def test_a_line_claims_the_benefit_that_can_take_it() -> None:
    assert claimed(expenses=[bill(Cost.CARE, 1)]) == ["medical_rescue"]
    assert claimed(expenses=[bill(Cost.GOODS, 1)]) == []


def test_an_opening_fact_claims_unless_it_is_no() -> None:
    both = ["injury_death", "sickness_death"]
    assert claimed(facts={"died": True}) == both
    assert claimed(facts={"died": "unknown"}) == both
    assert claimed(facts={"died": False}) == []


@pytest.mark.parametrize(
    ("opens", "stated", "is_claimed"),
    [
        (cause, "injury", True),
        (circumstances, ["war"], True),
        (assessed, 5, True),
        (assessed, "unknown", True),
    ],
)
def test_any_stated_fact_may_open(opens: Fact, stated: Any, is_claimed: bool) -> None:
    tree = fixed(yen(5), id="f", **CITED)
    edition = edition_of(benefit(tree, opens=(opens,)))
    assert bool(worked(edition, facts={opens.name: stated}).units) is is_claimed


def test_a_line_opens_only_the_part_that_can_take_it() -> None:
    work = worked(SMALL, expenses=[bill(Cost.FARE, 1)])
    assert {work.lowered.nodes[index].id for index in work.open_parts} == {"rescue"}


def test_what_is_not_claimed_is_not_paid() -> None:
    facts = {"cause": "injury", "died": False, "circumstances": "none", "deductions": "none"}
    facts |= {"accident_on": "2026-06-02", "admitted_on": "2026-06-02"}
    decision = decided(SMALL, facts=facts, expenses=[bill(Cost.CARE, 70, on="2026-06-03")])
    assert decision.payable == Span(70, 70)


def test_any_receipt_of_a_kind_and_every_receipt_of_a_kind() -> None:
    abroad = any_line(Cost.FARE, where=line_abroad)
    tree = gate(cited("g", abroad), lines(Cost.CARE))
    inverse = gate(cited("g", not_(abroad)), lines(Cost.CARE))

    def brings(test: Any, *fares: Any) -> Span:
        expenses = [bill(Cost.CARE, 100)]
        expenses += [bill(Cost.FARE, 1, **fare) for fare in fares]
        facts = {"delayed": True, "deductions": "none"}
        return decided(edition_paying(test), facts=facts, expenses=expenses).payable

    here, there, unsaid = {"abroad": False}, {"abroad": True}, {}
    assert brings(tree) == Span(0, 0)
    assert brings(tree, here) == Span(0, 0)
    assert brings(tree, here, there) == Span(100, 100)
    assert brings(tree, here, unsaid) == Span(0, 100)
    assert brings(tree, unsaid, there) == Span(100, 100)
    assert brings(inverse) == Span(100, 100)
    assert brings(inverse, here) == Span(100, 100)
    assert brings(inverse, here, there) == Span(0, 0)
    assert brings(inverse, here, unsaid) == Span(0, 100)


def test_receipts_of_other_kinds_are_not_looked_at() -> None:
    tree = gate(cited("g", any_line(Cost.FARE)), lines(Cost.CARE))
    facts = {"delayed": True, "deductions": "none"}
    expenses = [bill(Cost.CARE, 100), bill(Cost.ROOM, 5)]
    assert decided(edition_paying(tree), facts=facts, expenses=expenses).payable == Span(0, 0)


def test_one_evaluator_a_lowered_form_and_no_state_between_claims() -> None:
    assert evaluator(lowered_of(SMALL)) is evaluator(lowered_of(SMALL))
    first = decided(SMALL, facts={"died": True, "cause": "injury"})
    decided(SMALL, facts={"died": True, "cause": "illness"})
    again = decided(SMALL, facts={"died": True, "cause": "injury"})
    assert first.to_json() == again.to_json()
