"""Limits that run over claims: what others used, what this one takes up, policy years, promise.

ENGINE §4: settled use is (x, x), a live guarantee (0, x); the worst plane reads the most.
"""

from __future__ import annotations

from typing import Any

import pytest

from dosojin.adjudication.decision import Decision, Usage
from dosojin.facts.expressions import not_
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import (
    OCCURRENCE,
    POLICY_PERIOD,
    POLICY_YEAR,
    Node,
    all_together,
    gate,
    less,
    limit,
    lines,
)
from dosojin.values.money import Span
from tests.unit.adjudication.small_edition import (
    CITED,
    Cost,
    bill,
    cited,
    decided,
    died,
    edition_paying,
    estimate,
    loss_on,
    recovered,
    yen,
)

CARE = lines(Cost.CARE)
PERIOD = edition_paying(limit(yen(300, "cap"), CARE, per=POLICY_PERIOD, ja="", en=""))
YEARLY = edition_paying(limit(yen(300, "cap"), CARE, per=POLICY_YEAR, dated=loss_on, ja="", en=""))
TWO_YEARS = {"inception": "2025-06-15", "expiry": "2027-06-14"}


def claimed(
    edition: Edition, amount: int, *usage: dict[str, Any], facts: Any = (), **entries: Any
) -> Decision:
    known = {"delayed": True, "deductions": "none", **dict(facts)}
    expenses = [bill(Cost.CARE, amount)]
    return decided(edition, facts=known, expenses=expenses, usage=list(usage), **entries)


def paid_by(tree: Node, expenses: list[Any], **facts: Any) -> Decision:
    known = {"delayed": True, "deductions": "none", **facts}
    return decided(edition_paying(tree), facts=known, expenses=expenses)


# What others used.


@pytest.mark.parametrize(
    ("used", "payable"),
    [
        ([], Span(200, 200)),
        ([{"settled": 100}], Span(200, 200)),
        ([{"settled": 150}], Span(150, 150)),
        ([{"settled": 300}], Span(0, 0)),
        ([{"settled": 900}], Span(0, 0)),
        ([{"guaranteed": 150}], Span(150, 200)),
        ([{"guaranteed": 900}], Span(0, 200)),
        ([{"settled": 150, "guaranteed": 100}], Span(50, 150)),
        ([{"settled": 100}, {"settled": 50}], Span(150, 150)),
        ([{"settled": 100}, {"guaranteed": 150}], Span(50, 200)),
    ],
)
def test_the_worst_plane_reads_the_most_others_may_have_used(
    used: list[dict[str, int]], payable: Span
) -> None:
    found = claimed(PERIOD, 200, *({"node": "cap", **entry} for entry in used))
    assert found.payable == payable


def test_a_limit_per_occurrence_knows_no_others() -> None:
    tree = limit(yen(300, "cap"), CARE, per=OCCURRENCE, ja="", en="")
    assert paid_by(tree, [bill(Cost.CARE, 200)]).usage == ()


# What this one takes up.


def test_what_left_the_node_is_taken_up() -> None:
    assert claimed(PERIOD, 200).usage == (Usage("cap", None, Span(200, 200)),)
    assert claimed(PERIOD, 500).usage == (Usage("cap", None, Span(300, 300)),)
    settled = {"node": "cap", "settled": 250}
    assert claimed(PERIOD, 200, settled).usage == (Usage("cap", None, Span(50, 50)),)


def test_an_exhausted_limit_is_not_taken_up() -> None:
    assert claimed(PERIOD, 200, {"node": "cap", "settled": 300}).usage == ()


def test_an_open_gate_may_take_up_nothing() -> None:
    tree = gate(cited("g", died), CARE)
    capped = limit(yen(300, "cap"), tree, per=POLICY_PERIOD, ja="", en="")
    found = paid_by(capped, [bill(Cost.CARE, 200)])
    assert found.usage == (Usage("cap", None, Span(0, 200)),)


def test_two_that_exclude_each_other_are_never_taken_up_together() -> None:
    tree = all_together(
        gate(cited("a", died), CARE), gate(cited("b", not_(died)), lines(Cost.FARE)), id="all"
    )
    capped = limit(yen(900, "cap"), tree, per=POLICY_PERIOD, ja="", en="")
    found = paid_by(capped, [bill(Cost.CARE, 200), bill(Cost.FARE, 50)])
    assert found.usage == (Usage("cap", None, Span(50, 200)),)


def conditional() -> Node:
    return limit(yen(300, "cap"), CARE, per=POLICY_PERIOD, when=cited("when", died), ja="", en="")


@pytest.mark.parametrize(
    ("stated", "consumed"),
    [(True, Span(200, 200)), ("unknown", Span(0, 200)), (False, None)],
)
def test_a_conditional_limit_counts_only_what_it_limits(stated: Any, consumed: Span | None) -> None:
    found = paid_by(conditional(), [bill(Cost.CARE, 200)], died=stated)
    assert [used.consumed for used in found.usage] == ([] if consumed is None else [consumed])


# Policy years: 15 June 2025 to 14 June 2026 is the first.


@pytest.mark.parametrize(
    ("on", "year"),
    [("2025-06-15", 1), ("2026-06-14", 1), ("2026-06-15", 2), ("2025-06-14", 1)],
)
def test_a_loss_belongs_to_the_policy_year_of_its_day(on: str, year: int) -> None:
    found = claimed(YEARLY, 200, facts={"loss_on": on}, policy=TWO_YEARS)
    assert found.usage == (Usage("cap", year, Span(200, 200)),)


def test_use_of_another_year_does_not_count() -> None:
    used = {"node": "cap", "settled": 250, "year": 1}
    second = claimed(YEARLY, 200, used, facts={"loss_on": "2026-06-15"}, policy=TWO_YEARS)
    assert second.payable == Span(200, 200)
    first = claimed(YEARLY, 200, used, facts={"loss_on": "2026-06-14"}, policy=TWO_YEARS)
    assert first.payable == Span(50, 50)


def test_while_the_year_is_open_use_of_either_may_count() -> None:
    used = {"node": "cap", "settled": 250, "year": 1}
    around = {"loss_on": {"from": "2026-06-14", "to": "2026-06-15"}}
    found = claimed(YEARLY, 200, used, facts=around, policy=TWO_YEARS)
    assert found.payable == Span(50, 200)
    assert [entry.year for entry in found.usage] == [None]
    other = {"node": "cap", "settled": 250, "year": 3}
    assert claimed(YEARLY, 200, other, facts=around, policy=TWO_YEARS).payable == Span(200, 200)


# Promise: what is certain with estimates taken as billed.


def test_a_promise_takes_estimates_as_billed() -> None:
    found = paid_by(CARE, [bill(Cost.CARE, 100), estimate(Cost.CARE, 50)])
    assert (found.payable, found.promise) == (Span(100, 150), 150)


def test_a_promise_is_still_the_worst_of_what_is_unknown() -> None:
    tree = all_together(gate(cited("g", died), lines(Cost.FARE)), CARE, id="all")
    expenses = [bill(Cost.FARE, 1000), estimate(Cost.CARE, 50)]
    found = paid_by(tree, expenses)
    assert (found.payable, found.promise) == (Span(0, 1050), 50)


def test_a_promise_keeps_to_limits_and_deductions() -> None:
    tree = limit(yen(80), less(recovered, of=CARE, id="l", **CITED), per=OCCURRENCE, ja="", en="")
    assert paid_by(tree, [estimate(Cost.CARE, 100)], recovered=30).promise == 70
    assert paid_by(tree, [estimate(Cost.CARE, 200)], recovered=30).promise == 80
    assert paid_by(tree, [estimate(Cost.CARE, 100)]).promise == 0


def test_without_estimates_the_promise_is_the_least() -> None:
    tree = gate(cited("g", died), CARE)
    assert paid_by(tree, [bill(Cost.CARE, 100)]).promise == 0
    assert paid_by(tree, [bill(Cost.CARE, 100)], died=True).promise == 100


def test_a_guarantee_for_others_lowers_the_promise() -> None:
    known = {"delayed": True, "deductions": "none"}
    usage = [{"node": "cap", "guaranteed": 250}]
    found = decided(PERIOD, facts=known, expenses=[estimate(Cost.CARE, 200)], usage=usage)
    assert (found.payable, found.promise) == (Span(0, 200), 50)
