"""Expressions are plain data: no truth of their own, structural `==`, units kept apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import (
    AllOf,
    AnyLine,
    AnyOf,
    Compare,
    Constant,
    DayInJapan,
    IsCategory,
    MonthsOn,
    Not,
    StartInJapan,
    all_of,
    any_line,
    any_of,
    as_number,
    category_is,
    days_counted,
    either,
    greatest,
    least,
    not_,
)
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
    delay_time,
    delayed,
    died,
    discharged_on,
    figure,
    tour_days,
    yen,
)

DAYS = figure(3, "days")


@pytest.mark.parametrize(
    "expression",
    [
        died.is_true,
        cause.is_(Cause.INJURY),
        circumstances.has(Circumstance.WAR),
        days_lost >= DAYS,
        all_of(died, delayed),
        any_of(),
        not_(died),
        any_line(Cost.CARE),
        category_is(Cost.CARE),
        assessed.quantity,
        admitted_on.day,
        admitted_on.moment,
        DAYS,
    ],
)
def test_nothing_here_has_a_truth_of_its_own(expression: Any) -> None:
    with pytest.raises(TypeError, match="no truth"):
        bool(expression)


@pytest.mark.parametrize(
    "written",
    [
        lambda: died.is_true and delayed.is_true,
        lambda: died.is_true or delayed.is_true,
        lambda: not died.is_true,
        lambda: 1 if died.is_true else 0,
        lambda: days_lost.quantity <= tour_days.quantity <= DAYS,
    ],
    ids=["and", "or", "not", "if", "chain"],
)
def test_the_words_of_python_are_refused(written: Callable[[], Any]) -> None:
    with pytest.raises(TypeError, match="no truth"):
        written()


def test_equality_compares_structure() -> None:
    assert (cause.is_(Cause.INJURY) == cause.is_(Cause.INJURY)) is True
    assert (cause.is_(Cause.INJURY) == cause.is_(Cause.ILLNESS)) is False
    assert (all_of(died, delayed) == any_of(died, delayed)) is False
    assert (all_of(died, delayed) == all_of(delayed, died)) is False
    assert ((days_lost >= DAYS) == (days_lost >= figure(3, "days"))) is True
    assert (admitted_on.day == admitted_on.moment) is False
    assert (admitted_on.day == discharged_on.day) is False


def test_equal_structure_hashes_alike() -> None:
    assert len({cause.is_(Cause.INJURY), cause.is_(Cause.INJURY), cause.is_(Cause.OTHER)}) == 2


def test_same_amount_is_asked_by_equals_not_by_the_sign() -> None:
    assert days_lost.quantity.equals(DAYS) == Compare(days_lost.quantity, "eq", DAYS)


def test_at_least_and_more_are_written_from_the_other_side() -> None:
    lost = days_lost.quantity
    assert (lost >= DAYS) == Compare(DAYS, "le", lost)
    assert (lost > DAYS) == Compare(DAYS, "lt", lost)
    assert (lost <= DAYS) == Compare(lost, "le", DAYS)
    assert (lost < DAYS) == Compare(lost, "lt", DAYS)


def test_a_counted_fact_compares_as_its_quantity() -> None:
    lost = days_lost.quantity
    assert (days_lost >= DAYS) == (lost >= DAYS)
    assert (days_lost > DAYS) == (lost > DAYS)
    assert (days_lost <= tour_days) == (lost <= tour_days.quantity)
    assert (days_lost < tour_days) == (lost < tour_days.quantity)
    assert as_number(days_lost) == lost


def test_a_yes_or_no_fact_stands_for_its_own_test() -> None:
    assert all_of(died, delayed) == AllOf((died.is_true, delayed.is_true))
    assert any_of(died) == AnyOf((died.is_true,))
    assert not_(died) == Not(died.is_true)


@pytest.mark.parametrize(
    "written",
    [
        lambda: days_lost <= yen(3),
        lambda: admitted_on.day <= admitted_on.moment,
        lambda: admitted_on.day >= DAYS,
        lambda: delay_time < DAYS,
        lambda: days_lost.quantity.equals(yen(3)),
        lambda: admitted_on.day + discharged_on.day,
        lambda: admitted_on.moment + discharged_on.moment,
        lambda: admitted_on.day + delay_time.quantity,
        lambda: DAYS + admitted_on.day,
        lambda: assessed.quantity + DAYS,
        lambda: assessed.quantity - DAYS,
        lambda: DAYS - admitted_on.day,
        lambda: least(assessed, days_lost),
        lambda: greatest(assessed, days_lost),
        lambda: least(),
        lambda: either(died, assessed, days_lost),
    ],
)
def test_unlike_units_are_refused_where_they_are_written(written: Callable[[], Any]) -> None:
    with pytest.raises(TypeError, match=r"cannot|unlike"):
        written()


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        (admitted_on.day, "day"),
        (admitted_on.moment, "minute"),
        (discharged_on.day - admitted_on.day, "days"),
        (discharged_on.moment - admitted_on.moment, "minutes"),
        (admitted_on.day + DAYS, "day"),
        (admitted_on.day - DAYS, "day"),
        (admitted_on.moment + delay_time.quantity, "minute"),
        (admitted_on.moment - delay_time.quantity, "minute"),
        (DAYS + DAYS, "days"),
        (assessed.quantity - yen(5), "yen"),
        (least(assessed, yen(5)), "yen"),
        (greatest(days_lost, tour_days), "days"),
        (either(died, assessed, yen(0)), "yen"),
        (StartInJapan(admitted_on.day), "minute"),
        (DayInJapan(admitted_on.moment), "day"),
        (MonthsOn(admitted_on.day, figure(1, "months")), "day"),
        (days_counted(admitted_on, discharged_on), "days"),
    ],
)
def test_date_arithmetic_knows_its_units(number: Any, unit: str) -> None:
    assert number.unit == unit


def test_days_are_counted_with_both_ends() -> None:
    expected = discharged_on.day - admitted_on.day + Constant(1, "days")
    assert days_counted(admitted_on, discharged_on) == expected


def test_within_is_not_before_and_not_past_the_last_day() -> None:
    expected = all_of(
        accident_on.day <= admitted_on.day, days_counted(accident_on, admitted_on) <= DAYS
    )
    assert admitted_on.within(DAYS, of=accident_on) == expected


def test_any_line_asks_for_a_receipt_and_perhaps_more() -> None:
    assert any_line(Cost.CARE, Cost.FARE) == AnyLine(("care", "fare"), AllOf(()))
    assert any_line(Cost.CARE, where=died) == AnyLine(("care",), died.is_true)
    assert category_is(Cost.CARE) == IsCategory(("care",))


def test_a_fact_is_a_date_or_an_amount_and_never_both() -> None:
    def refused(written: Callable[[], Any], says: str) -> None:
        with pytest.raises(TypeError, match=says):
            written()

    facts: list[tuple[Fact, Callable[[Fact], Any]]] = [
        (died, lambda fact: fact.quantity),
        (assessed, lambda fact: fact.day),
        (days_lost, lambda fact: fact.is_true),
        (circumstances, lambda fact: fact.is_(Circumstance.WAR)),
        (cause, lambda fact: fact.has(Cause.INJURY)),
        (admitted_on, lambda fact: fact >= DAYS),
    ]
    for fact, use in facts:
        refused(lambda fact=fact, use=use: use(fact), f"{fact.name} is a {fact.kind}, not a")
