"""Yen in a range are said as an amount at a rate that is not fixed, and read back to the yen."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dosojin.adjudication.read_money import in_yen, read_rates
from dosojin.batch.layout.say_ranges import Range, say_ranges
from dosojin.values.problems import Problem


def read_back(rate: str, amounts: dict[str, str]) -> dict[str, Range]:
    entry = {"yen": ["1", rate], "on": "2026-06-10", "source": "columns"}
    rates = read_rates({"X": entry})
    return {name: in_yen(amount, name, "X", rates["X"]) for name, amount in amounts.items()}


@given(
    st.decimals("0.0001", 50_000, places=4),
    st.decimals(0, 900, places=4),
    st.lists(st.decimals(0, 10**7, places=2), min_size=1, max_size=5),
)
def test_amounts_of_one_receipt(least: object, more: object, amounts: list[object]) -> None:
    most = least + more  # type: ignore[operator]
    rates = read_rates(
        {"USD": {"yen": [str(least), str(most)], "on": "2026-06-10", "source": "a bank"}}
    )
    ranges = {
        f"amount {place}": in_yen(str(amount), "", "USD", rates["USD"])
        for place, amount in enumerate(amounts)
    }
    assert read_back(*say_ranges(ranges)) == ranges


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_any_single_range(one: int, other: int) -> None:
    ranges = {"amount": (min(one, other), max(one, other))}
    assume(ranges["amount"][1] > 0)
    assert read_back(*say_ranges(ranges)) == ranges


def test_ranges_that_no_rate_gives() -> None:
    with pytest.raises(Problem) as caught:
        say_ranges({"amount": (100, 200), "planned": (50, 50)})
    assert caught.value.place == "amount"
