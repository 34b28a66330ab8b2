"""What every receipt may say; the four deductions apply only where they were said to exist."""

from __future__ import annotations

import pytest

from dosojin.facts.declaration import Fact, Kind, Owner
from dosojin.facts.lines import (
    LINE_FACTS,
    Deduction,
    deductions,
    line_excessive,
    line_nights,
    line_on,
    line_planned,
    line_public_scheme,
    line_refunded,
    line_repair_cost,
)


@pytest.mark.parametrize(
    ("fact", "deduction"),
    [
        (line_public_scheme, Deduction.PUBLIC_SCHEME),
        (line_refunded, Deduction.REFUND),
        (line_planned, Deduction.PLANNED_COST),
        (line_excessive, Deduction.OVER_REASONABLE),
    ],
)
def test_a_deduction_is_asked_only_where_there_is_one(fact: Fact, deduction: Deduction) -> None:
    assert fact.applies_when == deductions.has(deduction)
    assert (fact.kind, fact.unit, fact.least) == (Kind.YEN, "yen", 0)


def test_every_fact_of_a_receipt_belongs_to_the_line_and_stands_once() -> None:
    assert {fact.owner for fact in LINE_FACTS} == {Owner.LINE}
    assert len({fact.name for fact in LINE_FACTS}) == len(LINE_FACTS)


def test_date_nights_and_repair_always_apply() -> None:
    for fact in (line_on, line_nights, line_repair_cost):
        assert fact.applies_when is None
    assert line_nights.least == 1


def test_every_deduction_has_a_title_in_both_languages() -> None:
    for word in Deduction:
        assert word.title.ja and word.title.en
