"""Lowering pushes negation down to the tests and guards every reader of a fact that may not apply.

A lowered truth is written out again as nested tuples (`meaning`), so that step numbers do not
matter to what a test expects.
"""

from __future__ import annotations

from typing import Any

import pytest

from dosojin.facts.declaration import Fact, Kind, Owner
from dosojin.facts.expressions import (
    Constant,
    DayInJapan,
    Expression,
    MonthsOn,
    Number,
    StartInJapan,
    all_of,
    any_line,
    any_of,
    category_is,
    either,
    greatest,
    least,
    not_,
)
from dosojin.facts.lines import deductions, line_refunded
from dosojin.terms.lowering import StepBuilder, facts_read, is_line_fact, is_set
from dosojin.values.money import UNBOUNDED
from tests.unit.adjudication.small_edition import (
    Cause,
    Circumstance,
    Cost,
    accident_on,
    admitted_on,
    assessed,
    cause,
    circumstances,
    days_lost,
    delayed,
    died,
    discharged_on,
    fact,
    figure,
    tour_days,
    yen,
)

DAYS = figure(3, "days")
INJURED = cause.is_(Cause.INJURY)
guarded = fact("guarded", Kind.FLAG, applies_when=died.is_true)
deep = fact("deep", Kind.FLAG, applies_when=guarded.is_true)
guarded_yen = fact("guarded_yen", Kind.YEN, unit="yen", applies_when=died.is_true)


class Unfolding:
    """Steps written out as nested tuples; parts of "all" and "any" as sets."""

    def __init__(self) -> None:
        self.steps = StepBuilder()

    def name(self, variable: int) -> str:
        return self.steps.variables[variable].name

    def truth(self, index: int) -> Any:
        kind, *rest = self.steps.truths[index]
        if kind in ("all", "any"):
            return kind, frozenset(self.truth(part) for part in rest[0])
        if kind in ("any_line", "every_line"):
            return kind, rest[0], self.truth(rest[1])
        test = self.test(rest[0])
        return test if kind == "test" else ("not", test)

    def test(self, index: int) -> Any:
        kind, *rest = self.steps.tests[index]
        if kind == "compare":
            return rest[0], self.number(rest[1]), self.number(rest[2])
        if kind == "category":
            return kind, rest[0]
        return kind, self.name(rest[0]), *rest[1:]

    def number(self, index: int) -> Any:
        kind, *rest = self.steps.numbers[index]
        if kind == "constant":
            return rest[0]
        if kind in ("quantity", "day", "moment"):
            return kind, self.name(rest[0])
        if kind in ("least", "greatest"):
            return kind, *(self.number(part) for part in rest[0])
        if kind == "either":
            return kind, self.truth(rest[0]), self.number(rest[1]), self.number(rest[2])
        if kind == "months_on":
            return kind, self.number(rest[0]), rest[1]
        return kind, *(self.number(part) for part in rest)


def meaning(test: Expression, *, negated: bool = False) -> Any:
    found = Unfolding()
    return found.truth(found.steps.truth(test, negated=negated))


def number_meaning(number: Number) -> Any:
    found = Unfolding()
    return found.number(found.steps.number(number))


def all_parts(*parts: Any) -> Any:
    return "all", frozenset(parts)


def any_parts(*parts: Any) -> Any:
    return "any", frozenset(parts)


DIED, DELAYED = ("flag", "died"), ("flag", "delayed")
LOST = ("quantity", "days_lost")


def test_negation_turns_all_into_any_and_back() -> None:
    assert meaning(not_(all_of(died, delayed))) == any_parts(("not", DIED), ("not", DELAYED))
    assert meaning(not_(any_of(died, delayed))) == all_parts(("not", DIED), ("not", DELAYED))


def test_two_negations_are_none() -> None:
    assert meaning(not_(not_(died))) == DIED
    assert meaning(not_(all_of(died, not_(delayed)))) == any_parts(("not", DIED), DELAYED)


@pytest.mark.parametrize(
    ("test", "negated"),
    [
        (days_lost <= DAYS, ("lt", 3, LOST)),
        (days_lost < DAYS, ("le", 3, LOST)),
        (days_lost >= DAYS, ("lt", LOST, 3)),
        (days_lost > DAYS, ("le", LOST, 3)),
        (days_lost.quantity.equals(DAYS), ("ne", LOST, 3)),
    ],
)
def test_a_comparison_is_negated_by_its_opposite(test: Expression, negated: Any) -> None:
    assert meaning(not_(test)) == negated
    assert meaning(not_(not_(test))) == meaning(test)


def test_no_receipt_means_every_receipt_fails() -> None:
    test = any_line(Cost.CARE, Cost.FARE, where=died)
    assert meaning(test) == ("any_line", ("care", "fare"), DIED)
    assert meaning(not_(test)) == ("every_line", ("care", "fare"), ("not", DIED))


def test_all_of_nothing_holds_and_any_of_nothing_fails() -> None:
    assert meaning(all_of()) == all_parts()
    assert meaning(any_of()) == any_parts()
    assert meaning(not_(all_of())) == any_parts()


def test_the_same_part_counts_once() -> None:
    assert meaning(all_of(died, died)) == DIED


def test_words_become_bits_in_the_order_of_the_list() -> None:
    # injury is bit 0, illness bit 1, other bit 2; war 0, terrorism 1, fight 2.
    assert meaning(cause.is_(Cause.OTHER, Cause.INJURY)) == ("choice", "cause", 0b101)
    assert meaning(cause.is_(Cause.OTHER, Cause.OTHER)) == ("choice", "cause", 0b100)
    assert meaning(circumstances.has(Circumstance.FIGHT)) == ("has", "circumstances", 2)


def test_a_test_of_a_fact_that_does_not_apply_fails() -> None:
    assert meaning(guarded.is_true) == all_parts(("flag", "guarded"), DIED)


def test_and_so_its_negation_holds() -> None:
    assert meaning(not_(guarded)) == any_parts(("not", ("flag", "guarded")), ("not", DIED))


def test_a_guard_that_is_guarded_itself_brings_its_own_guard() -> None:
    inner = all_parts(("flag", "guarded"), DIED)
    assert meaning(deep.is_true) == all_parts(("flag", "deep"), inner)


def test_both_sides_of_a_comparison_bring_their_guards() -> None:
    # accident_on applies to injuries only.
    test = meaning(accident_on.day <= admitted_on.day)
    compared = ("le", ("day", "accident_on"), ("day", "admitted_on"))
    assert test == all_parts(compared, ("choice", "cause", 0b001))


def test_branches_of_an_either_are_not_read_always() -> None:
    number = either(died, guarded_yen, assessed)
    assert list(facts_read(number)) == []
    assert meaning(number <= yen(5)) == (
        "le",
        ("either", DIED, ("quantity", "guarded_yen"), ("quantity", "assessed")),
        5,
    )


def test_the_facts_that_a_number_reads() -> None:
    number = least(assessed, yen(5)) - greatest(assessed, guarded_yen)
    assert list(facts_read(number)) == [assessed, assessed, guarded_yen]
    spans = MonthsOn(DayInJapan(StartInJapan(admitted_on.day)), figure(1, "months"))
    assert list(facts_read(spans <= discharged_on.day)) == [admitted_on, discharged_on]
    assert list(facts_read(circumstances.has(Circumstance.WAR))) == [circumstances]


@pytest.mark.parametrize(
    ("number", "steps"),
    [
        (Constant(7, "yen"), 7),
        (yen(7), 7),
        (admitted_on.day, ("day", "admitted_on")),
        (admitted_on.moment, ("moment", "admitted_on")),
        (StartInJapan(admitted_on.day), ("start_in_japan", ("day", "admitted_on"))),
        (DayInJapan(admitted_on.moment), ("day_in_japan", ("moment", "admitted_on"))),
        (
            MonthsOn(admitted_on.day, figure(6, "months")),
            ("months_on", ("day", "admitted_on"), 6),
        ),
        (days_lost.quantity + DAYS, ("sum", LOST, 3)),
        (days_lost.quantity - DAYS, ("difference", LOST, 3)),
        (least(days_lost, tour_days), ("least", LOST, ("quantity", "tour_days"))),
        (greatest(days_lost, DAYS), ("greatest", LOST, 3)),
    ],
)
def test_numbers_keep_their_shape(number: Number, steps: Any) -> None:
    assert number_meaning(number) == steps


def test_a_deduction_that_does_not_apply_is_nothing() -> None:
    found = Unfolding()
    step = found.steps.deduction(guarded_yen.quantity)
    assert found.number(step) == ("either", DIED, ("quantity", "guarded_yen"), 0)


def test_a_bound_that_does_not_apply_bounds_nothing() -> None:
    found = Unfolding()
    step = found.steps.bound(guarded_yen.quantity)
    assert found.number(step) == ("either", DIED, ("quantity", "guarded_yen"), UNBOUNDED)


def test_an_amount_that_always_applies_needs_no_guard() -> None:
    found = Unfolding()
    assert found.number(found.steps.deduction(assessed.quantity)) == ("quantity", "assessed")


def test_every_distinct_step_stands_once() -> None:
    steps = StepBuilder()
    first = steps.truth(all_of(died, INJURED, days_lost >= DAYS))
    again = steps.truth(all_of(days_lost >= DAYS, INJURED, died))
    assert first == again
    assert len(steps.tests) == 3
    assert [variable.name for variable in steps.variables] == ["died", "cause", "days_lost"]


def test_steps_only_refer_to_earlier_ones() -> None:
    steps = StepBuilder()
    steps.truth(not_(all_of(deep, any_of(died, either(died, yen(1), yen(2)) <= yen(1)))))
    for index, step in enumerate(steps.truths):
        if step[0] in ("all", "any"):
            assert all(part < index for part in step[1])


def test_a_variable_carries_what_evaluators_need() -> None:
    steps = StepBuilder()
    steps.variable(accident_on)
    found = next(one for one in steps.variables if one.name == "accident_on")
    assert (found.owner, found.kind, found.may_run) == ("occurrence", "day", False)
    assert steps.truths[found.applies] == ("test", 0)
    steps.variable(cause)
    known = next(one for one in steps.variables if one.name == "cause")
    assert (known.choices, known.applies) == (("injury", "illness", "other"), -1)


def test_the_same_name_on_a_receipt_is_another_variable() -> None:
    steps = StepBuilder()
    one = steps.variable(fact("on", Kind.DAY))
    other = steps.variable(fact("on", Kind.DAY, owner=Owner.LINE))
    assert one != other


def test_receipt_facts_and_sets_are_told_by_declaration() -> None:
    assert is_line_fact(line_refunded) and not is_line_fact(assessed)
    assert is_set(deductions) and not is_set(cause)


def test_a_category_is_tested_by_name() -> None:
    test: Fact | Expression = category_is(Cost.CARE, Cost.FARE)
    assert meaning(not_(test)) == ("not", ("category", ("care", "fare")))
    assert meaning(all_of(test, delayed)) == all_parts(("category", ("care", "fare")), DELAYED)
