"""Compiled steps: every test and number on ranges, "must" and "may" worked out by hand.

0 is NO, 2 UNKNOWN, 3 YES; a number is (least, most).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dosojin.adjudication.program import Program
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
from dosojin.facts.lines import line_nights
from dosojin.terms.lowered import SEMANTICS, Lowered
from dosojin.terms.lowering import StepBuilder
from tests.unit.adjudication.small_edition import (
    Cause,
    Circumstance,
    Cost,
    admitted_on,
    assessed,
    cause,
    circumstances,
    days_lost,
    died,
    discharged_on,
    figure,
    tour_days,
    yen,
)

NO, UNKNOWN, YES = 0, 2, 3
JUNE_2 = date(2026, 6, 2).toordinal()
NO_LINE = (0, 0)


def program_of(steps: StepBuilder) -> Program:
    return Program(
        Lowered(
            "x", 1, SEMANTICS, steps.variables, tuple(steps.numbers), tuple(steps.tests),
            tuple(steps.truths), (), (), (), (),
        )
    )  # fmt: skip


def truth(test: Expression, known: dict[str, Any], line: Any = (), category: str = "") -> int:
    steps = StepBuilder()
    index = steps.truth(test)
    values = [known.get(variable.name) for variable in steps.variables]
    found: int = program_of(steps).truths((index,))(values, line, category, None)[0]
    return found


def amount(number: Number, known: dict[str, Any]) -> tuple[int, int]:
    steps = StepBuilder()
    index = steps.number(number)
    values = [known.get(variable.name) for variable in steps.variables]
    found: tuple[int, int] = program_of(steps).number(index)(values, (), "", None)[0]
    return found


LOST, TOUR = days_lost.quantity, tour_days.quantity


@pytest.mark.parametrize(
    ("left", "right", "le", "lt", "eq"),
    [
        ((1, 3), (3, 5), YES, UNKNOWN, UNKNOWN),
        ((1, 2), (3, 5), YES, YES, NO),
        ((4, 5), (1, 3), NO, NO, NO),
        ((3, 5), (1, 3), UNKNOWN, NO, UNKNOWN),
        ((1, 5), (3, 3), UNKNOWN, UNKNOWN, UNKNOWN),
        ((3, 3), (3, 3), YES, NO, YES),
        ((2, 4), (2, 4), UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_ranges_are_compared_at_their_ends(
    left: tuple[int, int], right: tuple[int, int], le: int, lt: int, eq: int
) -> None:
    known = {"days_lost": left, "tour_days": right}
    opposite = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}
    assert truth(LOST <= TOUR, known) == le
    assert truth(LOST < TOUR, known) == lt
    assert truth(LOST.equals(TOUR), known) == eq
    assert truth(not_(LOST <= TOUR), known) == opposite[le]
    assert truth(not_(LOST < TOUR), known) == opposite[lt]
    assert truth(not_(LOST.equals(TOUR)), known) == opposite[eq]


@pytest.mark.parametrize(
    ("possible", "found"),
    [(0b001, YES), (0b010, YES), (0b011, YES), (0b100, NO), (0b101, UNKNOWN), (0b111, UNKNOWN)],
)
def test_a_choice_holds_when_every_word_still_possible_is_one_of_these(
    possible: int, found: int
) -> None:
    test = cause.is_(Cause.INJURY, Cause.ILLNESS)
    assert truth(test, {"cause": possible}) == found
    assert truth(not_(test), {"cause": possible}) == {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[found]


@pytest.mark.parametrize(
    ("inside", "outside", "found"),
    [(0b010, 0b101, YES), (0b000, 0b010, NO), (0b001, 0b100, UNKNOWN), (0, 0, UNKNOWN)],
)
def test_a_member_is_in_out_or_open(inside: int, outside: int, found: int) -> None:
    test = circumstances.has(Circumstance.TERRORISM)
    assert truth(test, {"circumstances": (inside, outside)}) == found


@pytest.mark.parametrize("value", [NO, UNKNOWN, YES])
def test_a_flag_is_its_own_truth_and_its_negation_the_opposite(value: int) -> None:
    assert truth(died.is_true, {"died": value}) == value
    assert truth(not_(died), {"died": value}) == {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[value]


def test_truths_combine_after_kleene() -> None:
    sure = figure(3, "days") >= LOST
    for value, both, one in ((NO, NO, YES), (UNKNOWN, UNKNOWN, YES), (YES, YES, YES)):
        known = {"died": value, "days_lost": (1, 1)}
        assert truth(all_of(died, sure), known) == both
        assert truth(any_of(died, sure), known) == one
    for value, both, one in ((NO, NO, NO), (UNKNOWN, NO, UNKNOWN), (YES, NO, YES)):
        known = {"died": value, "days_lost": (9, 9)}
        assert truth(all_of(died, sure), known) == both
        assert truth(any_of(died, sure), known) == one


def test_all_of_nothing_is_yes_and_any_of_nothing_no() -> None:
    assert truth(all_of(), {}) == YES
    assert truth(any_of(), {}) == NO


def test_a_receipt_is_of_a_category_or_not() -> None:
    assert truth(category_is(Cost.CARE, Cost.FARE), {}, category="fare") == YES
    assert truth(category_is(Cost.CARE, Cost.FARE), {}, category="room") == NO


def test_the_facts_of_a_receipt_are_read_from_the_receipt() -> None:
    test = line_nights <= figure(14, "nights")
    assert truth(test, {}, line=((3, 3),)) == YES
    assert truth(test, {}, line=((3, 20),)) == UNKNOWN


def test_a_difference_takes_the_opposite_ends() -> None:
    known = {"days_lost": (2, 5), "tour_days": (10, 30)}
    assert amount(TOUR - LOST, known) == (5, 28)
    assert amount(TOUR + LOST, known) == (12, 35)
    assert amount(LOST - LOST, known) == (-3, 3)


def test_the_least_and_the_greatest_of_ranges() -> None:
    known = {"days_lost": (2, 5), "tour_days": (3, 4)}
    assert amount(least(LOST, TOUR), known) == (2, 4)
    assert amount(greatest(LOST, TOUR), known) == (3, 5)
    assert amount(least(LOST), known) == (2, 5)


@pytest.mark.parametrize(("value", "found"), [(YES, (9, 9)), (NO, (2, 5)), (UNKNOWN, (2, 9))])
def test_either_is_both_while_its_test_is_open(value: int, found: tuple[int, int]) -> None:
    number = either(died, yen(9), assessed)
    assert amount(number, {"died": value, "assessed": (2, 5)}) == found


def test_either_between_two_open_amounts_takes_the_outer_ends() -> None:
    number = either(died, assessed, yen(4))
    assert amount(number, {"died": UNKNOWN, "assessed": (2, 3)}) == (2, 4)


def test_months_end_the_day_before_their_corresponding_day() -> None:
    # 31 January + 1 month ends on 28 February; 1 March + 1 month on 31 March.
    known = {
        "admitted_on": (date(2026, 1, 31).toordinal(), date(2026, 3, 1).toordinal(), 0, 0),
    }
    ends = (date(2026, 2, 28).toordinal(), date(2026, 3, 31).toordinal())
    assert amount(MonthsOn(admitted_on.day, figure(1, "months")), known) == ends


def test_a_civil_day_in_japan_starts_nine_hours_before_utc() -> None:
    midnight = JUNE_2 * 1440
    known = {"admitted_on": (JUNE_2, JUNE_2, midnight + 240, midnight + 240 + 1439)}
    assert amount(StartInJapan(admitted_on.day), known) == (midnight - 540, midnight - 540)
    assert amount(admitted_on.moment, known) == (midnight + 240, midnight + 1679)
    # 04:00 UTC is 13:00 in Japan, 03:59 UTC of the next day 12:59 there, already the 3rd.
    assert amount(DayInJapan(admitted_on.moment), known) == (JUNE_2, JUNE_2 + 1)


def test_a_date_against_a_moment_is_unknown_within_its_24_hours() -> None:
    noon = JUNE_2 * 1440 + 720
    day = (JUNE_2, JUNE_2, JUNE_2 * 1440, JUNE_2 * 1440 + 1439)
    exact = (JUNE_2, JUNE_2, noon, noon)
    before = admitted_on.moment <= discharged_on.moment
    assert truth(before, {"admitted_on": day, "discharged_on": exact}) == UNKNOWN
    assert truth(before, {"admitted_on": exact, "discharged_on": exact}) == YES
    later = (JUNE_2, JUNE_2, JUNE_2 * 1440 + 1440, JUNE_2 * 1440 + 2879)
    assert truth(before, {"admitted_on": exact, "discharged_on": later}) == YES
    assert truth(before, {"admitted_on": later, "discharged_on": exact}) == NO


def test_what_a_step_reads() -> None:
    steps = StepBuilder()
    index = steps.truth(all_of(died, either(died, yen(1), assessed) <= yen(5), not_(LOST <= TOUR)))
    program = program_of(steps)
    names = {steps.variables[variable].name for variable in program.truth_reads[index]}
    assert names == {"died", "assessed", "days_lost", "tour_days"}


def test_steps_about_a_receipt_are_told_from_those_about_the_occurrence() -> None:
    steps = StepBuilder()
    on_line = steps.truth(all_of(died, line_nights <= figure(14, "nights")))
    of_category = steps.truth(category_is(Cost.CARE))
    over_lines = steps.truth(any_line(Cost.CARE, where=line_nights <= figure(14, "nights")))
    plain = steps.truth(died.is_true)
    program = program_of(steps)
    found = [program.truth_on_line[i] for i in (on_line, of_category, over_lines, plain)]
    assert found == [True, True, False, False]


def test_many_steps_in_one_go_come_by_number() -> None:
    steps = StepBuilder()
    truths = (steps.truth(died.is_true), steps.truth(not_(died)))
    numbers = (steps.number(assessed.quantity), steps.number(Constant(7, "yen")))
    values = [YES, (2, 5)]
    found = program_of(steps).values(truths, numbers)(values, (), "", None)
    assert found == (
        {truths[0]: YES, truths[1]: NO},
        {numbers[0]: (2, 5), numbers[1]: (7, 7)},
    )
