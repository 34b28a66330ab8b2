"""What is open: which way each fact pushes, where a range is cut, what a cell makes known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dosojin.adjudication.completions import (
    BOTH,
    DOWN,
    UP,
    OpenFacts,
    breakpoints,
    flipped,
    is_decided,
    narrowed,
)
from dosojin.facts.expressions import Expression, any_of, not_
from dosojin.terms.money_tree import (
    OCCURRENCE,
    all_together,
    deductible,
    gate,
    less,
    limit,
    lines,
    paid,
    pro_rata,
)
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    Cause,
    Circumstance,
    Cost,
    assessed,
    bill,
    circumstances,
    cited,
    days_lost,
    died,
    edition_paying,
    estimate,
    figure,
    recovered,
    tour_days,
    worked,
    yen,
)

CARE = lines(Cost.CARE)


def open_facts(tree: Any, **entries: Any) -> OpenFacts:
    facts = {"delayed": True, "deductions": "none", **entries.pop("facts", {})}
    expenses = entries.pop("expenses", [bill(Cost.CARE, 100)])
    work = worked(edition_paying(tree), facts=facts, expenses=expenses, **entries)
    assert work.splitter is not None
    return work.splitter.open


def signs(found: OpenFacts) -> dict[str, int]:
    """By fact (and word, for a set) which way it pushes the payout."""
    variables = found.lowered.variables
    names: dict[str, int] = {}
    for (_, variable, bit), fact in found.found.items():
        spec = variables[variable]
        names[spec.name if bit < 0 else f"{spec.name}.{spec.choices[bit]}"] = fact.signs
    return names


def gated(test: Expression) -> Any:
    return gate(cited("g", test), CARE)


def test_what_helps_pushes_up_and_what_hurts_down() -> None:
    assert signs(open_facts(gated(died.is_true))) == {"died": UP}
    assert signs(open_facts(gated(not_(died)))) == {"died": DOWN}


def test_a_fact_that_helps_here_and_hurts_there_is_mixed() -> None:
    tree = all_together(
        gate(cited("a", died), CARE), gate(cited("b", not_(died)), lines(Cost.FARE)), id="all"
    )
    expenses = [bill(Cost.CARE, 100), bill(Cost.FARE, 50)]
    assert signs(open_facts(tree, expenses=expenses)) == {"died": BOTH}


def test_a_decided_branch_is_not_walked() -> None:
    test = any_of(died, circumstances.has(Circumstance.WAR))
    assert signs(open_facts(gated(test))) == {"died": UP, "circumstances.war": UP}
    found = open_facts(gated(test), facts={"circumstances": {"not": ["war"]}})
    assert signs(found) == {"died": UP}


def test_the_smaller_side_of_a_comparison_pushes_down() -> None:
    test = days_lost <= tour_days
    assert signs(open_facts(gated(test))) == {"days_lost": DOWN, "tour_days": UP}
    assert signs(open_facts(gated(not_(test)))) == {"days_lost": UP, "tour_days": DOWN}


def test_an_equality_pushes_both_ways() -> None:
    test = days_lost.quantity.equals(figure(3, "days"))
    assert signs(open_facts(gated(test))) == {"days_lost": BOTH}


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (limit(assessed, CARE, per=OCCURRENCE, id="n", **CITED), {"assessed": UP}),
        (deductible(assessed, CARE, per=OCCURRENCE, id="n", **CITED), {"assessed": DOWN}),
        (less(recovered, of=CARE, id="n", **CITED), {"recovered": DOWN}),
        (
            pro_rata(days_lost, tour_days, CARE, id="n", **CITED),
            {"days_lost": UP, "tour_days": DOWN},
        ),
    ],
)
def test_amounts_push_as_their_node_uses_them(tree: Any, expected: dict[str, int]) -> None:
    found = open_facts(tree)
    assert signs(found) == expected
    assert all(fact.in_money for fact in found.found.values())


def test_what_a_later_node_takes_off_pushes_the_other_way() -> None:
    earlier = gate(cited("g", died), CARE)
    rest = less(paid("g"), of=lines(Cost.FARE), id="rest", **CITED)
    expenses = [bill(Cost.CARE, 100), bill(Cost.FARE, 500)]
    found = open_facts(all_together(earlier, rest, id="all"), expenses=expenses)
    assert signs(found) == {"died": BOTH}


def test_the_two_deaths_pull_cause_both_ways_by_different_words() -> None:
    work = worked(SMALL, facts={"died": True})
    assert work.splitter is not None
    found = signs(work.splitter.open)
    assert found["cause"] == UP
    axis = next(axis for axis in work.splitter.axes)
    assert axis.cells == (0b001, 0b010, 0b100)


def test_an_estimate_taken_off_elsewhere_pulls_both_ways() -> None:
    rest = less(paid("cap"), of=lines(Cost.FARE), id="rest", **CITED)
    tree = all_together(limit(yen(80, "cap"), CARE, per=OCCURRENCE, ja="", en=""), rest, id="all")
    expenses = [estimate(Cost.CARE, 100), bill(Cost.FARE, 500)]
    assert open_facts(tree, expenses=expenses).lines_pull_both_ways()
    gated_tree = gate(cited("g", died), CARE)
    assert not open_facts(gated_tree, expenses=expenses).lines_pull_both_ways()


def test_flipping_twice_is_not_flipping() -> None:
    assert [flipped(sign) for sign in (0, UP, DOWN, BOTH)] == [0, DOWN, UP, BOTH]


@pytest.mark.parametrize(
    ("kind", "known", "bit", "decided"),
    [
        ("flag", 2, -1, False),
        ("flag", 0, -1, True),
        ("flag", 3, -1, True),
        ("choice", 0b100, -1, True),
        ("choice", 0b110, -1, False),
        ("choices", (0b01, 0b10), 0, True),
        ("choices", (0b01, 0b10), 1, True),
        ("choices", (0b01, 0b10), 2, False),
        ("grades", None, -1, False),
        ("grades", (7,), -1, True),
        ("count", (3, 3), -1, True),
        ("count", (3, 4), -1, False),
        ("yen", (0, 0), -1, True),
        ("day", (5, 5, 7, 7), -1, True),
        ("day", (5, 5, 7, 8), -1, False),
    ],
)
def test_when_nothing_more_can_be_learnt(kind: str, known: Any, bit: int, decided: bool) -> None:
    assert is_decided(kind, known, bit) is decided


DAY = date(2026, 6, 2).toordinal()


@pytest.mark.parametrize(
    ("kind", "known", "bit", "cell", "found"),
    [
        ("flag", 2, -1, 3, 3),
        ("choice", 0b111, -1, 0b010, 0b010),
        ("choices", (0b001, 0b000), 1, True, (0b011, 0b000)),
        ("choices", (0b001, 0b000), 1, False, (0b001, 0b010)),
        ("grades", None, -1, (7,), (7,)),
        ("count", (0, 30), -1, (3, 5), (3, 5)),
        ("count", (4, 30), -1, (3, 5), (4, 5)),
        ("day", (DAY, DAY + 1, 0, 9**9), -1, (DAY, DAY, 5, 5), (DAY, DAY, 5, 5)),
        (
            "day",
            (DAY, DAY + 1, DAY * 1440 - 60, (DAY + 2) * 1440),
            -1,
            (DAY, DAY),
            (DAY, DAY, DAY * 1440 - 60, DAY * 1440 + 1379),
        ),
    ],
)
def test_a_cell_narrows_what_is_known(
    kind: str, known: Any, bit: int, cell: Any, found: Any
) -> None:
    # The last one is at +01:00: the day runs from 23:00 UTC to 22:59, minute 1,379 of the day.
    assert narrowed(kind, known, bit, cell, 60) == found


def test_breakpoints_are_where_a_step_function_changes() -> None:
    assert breakpoints(lambda at: 3 if at >= 7 else 0, 0, 100) == [7]
    assert breakpoints(lambda at: 0 if at < 7 else 2 if at < 40 else 3, 0, 100) == [7, 40]
    assert breakpoints(lambda at: 3, 0, 100) == []
    assert breakpoints(lambda at: 3 if at >= 1 else 0, 0, 1) == [1]
    assert breakpoints(lambda at: 3 if at >= 100 else 0, 0, 100) == [100]
    assert breakpoints(lambda at: 3 if at >= 10**30 else 0, 0, 1 << 120) == [10**30]


def test_a_known_claim_has_nothing_open() -> None:
    facts = {"delayed": True, "died": True, "deductions": "none", "cause": Cause.INJURY.value}
    work = worked(edition_paying(gated(died.is_true)), facts=facts, expenses=[bill(Cost.CARE, 5)])
    assert work.is_exact
    assert work.splitter is None
