"""No yen is lost or made when an amount is shared out."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosojin_web.ledger.split import net_split_change, split_yen

YEN = st.integers(-(10**12), 10**12)
PARTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=6).filter(any)


def named(parts: list[int]) -> list[tuple[str, int]]:
    return [(f"insurer {place}", part) for place, part in enumerate(parts)]


@pytest.mark.parametrize(
    ("amount", "shares", "expected"),
    [
        # Worked out by hand: 70 % of 10,001 is 7,000.7 and so on; the yen left over goes to A.
        (10_001, {"A": 70, "B": 20, "C": 10}, {"A": 7_001, "B": 2_000, "C": 1_000}),
        # The largest share is not the first listed.
        (10_001, {"B": 20, "A": 70, "C": 10}, {"B": 2_000, "A": 7_001, "C": 1_000}),
        # Among equals the first listed, and all that is left over goes to it.
        (101, {"A": 25, "B": 25, "C": 25, "D": 25}, {"A": 26, "B": 25, "C": 25, "D": 25}),
        (103, {"A": 25, "B": 25, "C": 25, "D": 25}, {"A": 28, "B": 25, "C": 25, "D": 25}),
        (-10_001, {"A": 70, "B": 20, "C": 10}, {"A": -7_001, "B": -2_000, "C": -1_000}),
        (1, {"A": 50, "B": 50}, {"A": 1, "B": 0}),
        (0, {"A": 50, "B": 50}, {"A": 0, "B": 0}),
        (7, {"A": 100}, {"A": 7}),
    ],
)
def test_worked_examples(amount: int, shares: dict[str, int], expected: dict[str, int]) -> None:
    assert split_yen(amount, list(shares.items()), sum(shares.values())) == expected
    assert list(split_yen(amount, list(shares.items()), sum(shares.values()))) == list(shares)


@given(YEN, PARTS)
def test_the_parts_add_up(amount: int, parts: list[int]) -> None:
    assert sum(split_yen(amount, named(parts), sum(parts)).values()) == amount


@given(YEN, PARTS)
def test_what_is_taken_back_is_what_was_given(amount: int, parts: list[int]) -> None:
    given_out = split_yen(amount, named(parts), sum(parts))
    taken_back = split_yen(-amount, named(parts), sum(parts))
    assert {name: -part for name, part in taken_back.items()} == given_out


@given(st.integers(0, 10**12), PARTS)
def test_nobody_is_off_by_more_than_the_left_over_yen(amount: int, parts: list[int]) -> None:
    total = sum(parts)
    largest = parts.index(max(parts))
    for place, part in enumerate(split_yen(amount, named(parts), total).values()):
        off_in_parts = part * total - amount * parts[place]
        if place == largest:
            assert 0 <= off_in_parts < len(parts) * total
        else:
            assert -total < off_in_parts <= 0


@given(st.lists(YEN, min_size=2, max_size=12), PARTS)
def test_changes_add_up_to_the_split_of_the_net_premium(nets: list[int], parts: list[int]) -> None:
    """However often a premium moves, each share holds its part of what the premium is now."""
    shares, total = named(parts), sum(parts)
    held = split_yen(nets[0], shares, total)
    for before, after in pairwise(nets):
        change = net_split_change(before, after, shares, total)
        assert sum(change.values()) == after - before
        held = {name: held[name] + change[name] for name in held}
        assert held == split_yen(after, shares, total)


def test_the_split_of_a_difference_would_pile_up_yen() -> None:
    """Why `net_split_change` splits twice: three refunds of 1 yen are 1 yen off for each share."""
    shares, total = [("A", 50), ("B", 50)], 100
    assert net_split_change(4, 3, shares, total) == {"A": 0, "B": -1}
    assert split_yen(-1, shares, total) == {"A": -1, "B": 0}


@pytest.mark.parametrize(
    ("shares", "total", "said"),
    [
        ([("A", 50), ("B", 40)], 100, "add up to 90, not 100"),
        ([("A", 50), ("A", 50)], 100, "stands twice"),
        ([("A", 150), ("B", -50)], 100, "below zero"),
        ([("A", 0)], 0, "add up to 0"),
        ([], 0, "add up to 0"),
    ],
)
def test_shares_that_are_not_whole_are_refused(
    shares: list[tuple[str, int]], total: int, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        split_yen(100, shares, total)
