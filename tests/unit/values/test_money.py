"""Yen and spans: "no limit" survives the arithmetic of the terms, and is null outside."""

from __future__ import annotations

import pytest

from dosojin.values.money import NOTHING, UNBOUNDED, YEN_MAX, Span, bounded, is_unbounded

LINES_MAX = 5000


def test_a_span_has_a_width_unless_it_has_no_bound() -> None:
    assert Span(300, 1000).width == 700
    assert Span(300, 300).width == 0
    assert Span(300, None).width is None


def test_only_equal_ends_are_certain() -> None:
    assert Span(300, 300).is_certain
    assert not Span(300, 301).is_certain
    assert not Span(300, None).is_certain
    assert NOTHING.is_certain


@pytest.mark.parametrize(("lo", "hi"), [(-1, 5), (-1, None), (6, 5)])
def test_no_span_is_negative_or_runs_backwards(lo: int, hi: int | None) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(lo, hi)


def test_no_bound_is_null_in_json() -> None:
    assert Span(0, None).to_json() == {"lo": 0, "hi": None}
    assert Span(0, 10**30).to_json() == {"lo": 0, "hi": 10**30}


@pytest.mark.parametrize(
    "amount",
    [
        UNBOUNDED,
        UNBOUNDED - YEN_MAX * LINES_MAX,
        UNBOUNDED + YEN_MAX,
        UNBOUNDED * 100,
        UNBOUNDED * 4 // 100,
        UNBOUNDED // 3650,
    ],
)
def test_no_limit_survives_sums_ratios_and_nights(amount: int) -> None:
    assert is_unbounded(amount)
    assert bounded(amount) is None


def test_the_largest_claim_is_still_bounded() -> None:
    largest = YEN_MAX * LINES_MAX * 100
    assert not is_unbounded(largest)
    assert bounded(largest) == 500_000_000_000_000_000_000
