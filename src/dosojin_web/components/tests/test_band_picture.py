"""The stepped picture: columns in order, labels that never meet, the asked day marked."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate, pairwise

import pytest
from django.template import engines
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dosojin_web.components.band_picture import LABEL_SIZE, Step, draw_bands
from dosojin_web.components.sankey import measure

START = date(2026, 8, 1)


def steps_of(lengths: list[int], rises: list[int]) -> list[Step]:
    """Steps that follow one upon the other, each so many days long."""
    ends = list(accumulate(lengths))
    amounts = list(accumulate(rises))
    return [
        Step(START + timedelta(days=end - length), START + timedelta(days=end - 1), amount)
        for end, length, amount in zip(ends, lengths, amounts, strict=True)
    ]


@st.composite
def pictures(draw: st.DrawFn) -> tuple[list[Step], date]:
    count = draw(st.integers(1, 8))
    lengths = draw(st.lists(st.integers(1, 370), min_size=count, max_size=count))
    rises = draw(st.lists(st.integers(10, 90_000), min_size=count, max_size=count))
    steps = steps_of(lengths, rises)
    end = START + timedelta(days=draw(st.integers(0, sum(lengths) - 1)))
    return steps, end


@given(drawn=pictures(), width=st.sampled_from([344, 620]))
def test_columns_stand_in_order_with_room_for_their_labels(
    drawn: tuple[list[Step], date], width: int
) -> None:
    steps, end = drawn
    days = [f"{step.last_day.month}/{step.last_day.day}まで" for step in steps]
    picture = draw_bands(steps, end, days, width)
    assert sum(column.is_chosen for column in picture.columns) == 1
    for column in picture.columns:
        label = max(measure(column.day), measure(f"{column.amount:,}")) * LABEL_SIZE
        assert column.width >= label or len(picture.columns) == 1
        assert column.x >= 0 and column.x + column.width <= width
        assert column.y + column.height == picture.floor
        assert column.amount_baseline > 0
    for left, right in pairwise(picture.columns):
        assert left.x + left.width < right.x
        assert left.height <= right.height
    chosen = next(column for column in picture.columns if column.is_chosen)
    assert chosen.x <= picture.mark_x <= chosen.x + chosen.width


def test_a_day_that_no_step_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="no step holds"):
        draw_bands(steps_of([3], [100]), date(2027, 1, 1), ["8/3"], 344)


def test_the_table_beside_it_has_the_same_figures() -> None:
    steps = steps_of([3, 2, 4], [1000, 500, 700])
    template = engines["django"].from_string('{% band_picture steps end sentence="So it is." %}')
    with override("en"):
        text = template.render({"steps": steps, "end": START + timedelta(days=4)})
    for step in steps:
        assert f"{step.amount:,}\N{NO-BREAK SPACE}yen" in text
    assert "−500" in text and "±0" in text and "+700" in text
    assert text.count('class="chosen"') >= 2 and "this trip" in text
    assert "style=" not in text


def test_years_are_said_where_days_would_read_the_same() -> None:
    steps = steps_of([1, 365], [1000, 500])
    template = engines["django"].from_string("{% band_picture steps end %}")
    with override("ja"):
        assert "2027/8/1まで" in template.render({"steps": steps, "end": START})
