"""Extensions and refunds, as pages are given them."""

from __future__ import annotations

from datetime import date

import pytest

from dosojin_web.policies.mapping import Refusal, extension_of, quote_plan, refund_of

PRODUCT = "gakkensai-2026"
START, END = date(2026, 8, 3), date(2026, 8, 10)


def test_an_extension_costs_the_difference_and_may_change_the_plan() -> None:
    found = extension_of(PRODUCT, "A", START, END, date(2026, 9, 5), riders=())
    assert (found.from_plan, found.plan, found.changes_plan) == ("A", "B", True)
    assert found.additional_premium == 11610 - 3710
    assert found.extended_premium == quote_plan(PRODUCT, "B", START, date(2026, 9, 5)).premium
    assert found.complete_by == END
    assert found.riders_lost == ()


def test_a_rider_that_is_not_carried_is_named() -> None:
    held = ["preexisting_emergency"]
    found = extension_of(PRODUCT, "A", START, END, date(2026, 9, 5), riders=held)
    assert [(lost.rider, lost.last_day, lost.is_held) for lost in found.riders_lost] == [
        # Day 31 of a period that begins on 3 August (D13).
        ("preexisting_emergency", date(2026, 9, 2), True)
    ]


@pytest.mark.parametrize(
    ("new_end", "riders", "requested_on", "place"),
    [
        (END, None, None, "new_end"),
        (date(2029, 1, 1), None, None, "new_end"),
        (date(2026, 8, 20), ["nonsense"], None, "riders"),
        (date(2026, 8, 20), None, date(2026, 8, 11), "requested_on"),
    ],
)
def test_extensions_that_are_refused(
    new_end: date, riders: list[str] | None, requested_on: date | None, place: str
) -> None:
    with pytest.raises(Refusal) as refused:
        extension_of(PRODUCT, "A", START, END, new_end, riders, requested_on)
    assert refused.value.place == place


def test_a_refund_is_the_difference_of_the_tariff() -> None:
    found = refund_of(PRODUCT, "A", START, END, date(2026, 8, 6))
    assert (found.paid_premium, found.kept_premium, found.return_premium) == (3710, 2230, 1480)
    assert found.strategy == "tariff_difference"


def test_before_it_began_everything_comes_back() -> None:
    assert refund_of(PRODUCT, "A", START, END, date(2026, 8, 2)).return_premium == 3710


@pytest.mark.parametrize(
    ("last_covered_day", "strategy", "place"),
    [(date(2026, 8, 11), None, "last_covered_day"), (date(2026, 8, 6), "by_feeling", "strategy")],
)
def test_refunds_that_are_refused(last_covered_day: date, strategy: str | None, place: str) -> None:
    with pytest.raises(Refusal) as refused:
        refund_of(PRODUCT, "A", START, END, last_covered_day, strategy)
    assert refused.value.place == place
