"""The picture of the flow of money: everything in it has its place, and nothing meets."""

import re
from itertools import combinations

import pytest

from dosojin_web.components.sankey import (
    LINE_HEIGHT,
    Box,
    Flow,
    Picture,
    draw_sankey,
    measure,
    wrap,
)

FLOWS = [
    Flow("病院の請求書", "治療費用", 2_180_000),
    Flow("親族の交通費", "救援費用", 750_000),
    Flow("親族の宿泊費", "救援費用", 300_000),
    Flow("治療費用", "支払額", 2_130_000),
    Flow("救援費用", "支払額", 810_000),
    Flow("治療費用", "公的保険", 50_000, "medical.public", lost=True),
    Flow("救援費用", "4人目の親族", 150_000, "rescue.rescuers_max", lost=True, address="#c"),
    Flow("救援費用", "14泊を超えた分", 90_000, "rescue.room_nights_max", lost=True),
]


def box_named(picture: Picture, name: str) -> Box:
    return next(box for box in picture.boxes if box.name == name)


def vertical_extent(box: Box) -> tuple[int, int]:
    return box.y - box.room_above, box.y + box.height + box.room_below


@pytest.mark.parametrize("width", [344, 620])
def test_boxes_and_labels_of_a_column_never_meet(width: int) -> None:
    picture = draw_sankey(FLOWS, width)
    for one, other in combinations(picture.boxes, 2):
        if one.column == other.column:
            upper, lower = sorted((vertical_extent(one), vertical_extent(other)))
            assert upper[1] <= lower[0], (one.name, other.name)


@pytest.mark.parametrize("width", [344, 620])
def test_everything_stands_on_the_sheet(width: int) -> None:
    picture = draw_sankey(FLOWS, width)
    for box in picture.boxes:
        top, bottom = vertical_extent(box)
        assert top >= 0 and bottom <= picture.height
        assert box.x >= 0 and box.x + box.width <= width
        for _, y in box.placed_lines:
            assert LINE_HEIGHT // 2 <= y <= picture.height


def test_money_stands_left_of_where_it_goes() -> None:
    picture = draw_sankey(FLOWS, 620)
    for flow in FLOWS:
        assert box_named(picture, flow.source).x < box_named(picture, flow.target).x


def test_a_box_holds_the_sum_of_what_flows_through_it() -> None:
    picture = draw_sankey(FLOWS, 620)
    assert box_named(picture, "救援費用").yen == 1_050_000
    assert box_named(picture, "支払額").yen == 2_940_000


def test_what_is_lost_carries_its_clause_and_stands_below_what_is_paid() -> None:
    picture = draw_sankey(FLOWS, 620)
    fourth = box_named(picture, "4人目の親族")
    assert fourth.lost and fourth.clauses == (("rescue.rescuers_max", "#c"),)
    assert fourth.y > box_named(picture, "支払額").y
    assert not box_named(picture, "支払額").lost


def test_bands_leave_and_reach_inside_their_boxes() -> None:
    picture = draw_sankey(FLOWS, 620)
    for box in picture.boxes:
        assert box.given_out <= box.height
        assert box.taken_in <= box.height


def test_nothing_to_draw_is_an_empty_picture() -> None:
    assert draw_sankey([], 620) == Picture(620, 0)
    assert draw_sankey([Flow("a", "b", 0)], 620).bands == ()


def test_one_flow_is_one_band() -> None:
    picture = draw_sankey([Flow("a", "b", 1)], 344)
    assert len(picture.bands) == 1
    assert re.fullmatch(r"M\d+ \d+C[\d ]+v\d+C[\d ]+Z", picture.bands[0].path)


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        draw_sankey([Flow("a", "b", 1), Flow("b", "a", 1)], 620)


def test_negative_money_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        draw_sankey([Flow("a", "b", -1)], 620)


def test_labels_break_between_japanese_letters_but_not_inside_words() -> None:
    assert wrap("公的保険が負担する分", 6) == ("公的保険が負", "担する分")
    assert wrap("Borne by public insurance", 8) == ("Borne by", "public", "insurance")
    assert wrap("請求した額（円）。", 4)[-1][0] not in "）。"


def test_a_latin_letter_is_narrower_than_a_japanese_one() -> None:
    assert measure("a") < measure("あ") == 1
