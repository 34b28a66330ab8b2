"""Where the ends of a payout stand on its bar."""

import pytest

from dosojin_web.components.payout_bar import lay_out_bar, round_up_scale


@pytest.mark.parametrize(
    ("yen", "end"),
    [(0, 10_000), (10_000, 10_000), (10_001, 12_000), (1_050_000, 1_200_000), (95_000, 100_000)],
)
def test_the_scale_ends_at_a_round_figure(yen: int, end: int) -> None:
    assert round_up_scale(yen) == end


def test_a_range_runs_from_certain_to_possible() -> None:
    bar = lay_out_bar(330_000, 2_730_000, asked=3_000_000)
    assert (bar.certain, bar.possible, bar.asked) == (110, 910, 1000)
    assert [mark.yen for mark in bar.marks] == [0, 1_500_000, 3_000_000]
    assert not bar.settled


def test_one_amount_is_settled() -> None:
    bar = lay_out_bar(810_000, 810_000)
    assert bar.settled and bar.certain == bar.possible


def test_nothing_at_all_is_settled_too() -> None:
    bar = lay_out_bar(0, 0)
    assert bar.settled and (bar.certain, bar.possible) == (0, 0)


def test_without_a_limit_the_bar_runs_to_the_end() -> None:
    assert lay_out_bar(330_000, None).possible == 1000
    assert lay_out_bar(0, None).certain == 0


@pytest.mark.parametrize(("lo", "hi"), [(-1, 5), (6, 5)])
def test_ends_the_wrong_way_round_are_refused(lo: int, hi: int) -> None:
    with pytest.raises(ValueError, match="lo"):
        lay_out_bar(lo, hi)
