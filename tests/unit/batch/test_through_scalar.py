"""Cases as columns and rows as cases again: nothing that decides is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dosojin.adjudication.case import Case
from dosojin.batch.columns import (
    NOT_NAMED,
    OFFSET_UNKNOWN,
    UNLIMITED,
    UNLIMITED_FROM,
    Columns,
    categories_of,
    in_plane,
    out_of_plane,
)
from dosojin.batch.through_scalar import RowReader
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import (
    ITEM,
    POLICY_PERIOD,
    first,
    limit,
    lines,
)
from dosojin.values.money import UNBOUNDED
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    Cost,
    bill,
    cited,
    died,
    edition_paying,
    estimate,
    figure,
    lowered_of,
    rescuers,
    yen,
)
from tests.unit.batch.small_columns import amounts, bills, cases_of, columns, decided, evaluator_of

FARES = edition_paying(
    limit(
        yen(100),
        first(figure(2, "persons"), lines(Cost.FARE), named=rescuers, ja="あ", en="a"),
        per=POLICY_PERIOD, id="period", **CITED,
    ),
    grants=(cited("c", died),),
)  # fmt: skip


def back(edition: Edition, made: Columns, row: int, case: Case) -> Case:
    reader = RowReader(evaluator_of(edition).program, made)
    return reader.case(row, case.others)


def test_a_case_comes_back_as_it_was() -> None:
    claims = [
        bills(bill(Cost.CARE, 5, on="2026-06-02", refunded="unknown"), cause="injury", died=False),
        bills(estimate(Cost.FARE, 7), bill(Cost.CARE, "unknown"), circumstances={"has": ["war"]}),
        {**bills(), "place_offset": "+05:30"},
    ]
    made = columns(SMALL, *claims)
    for row, case in enumerate(cases_of(SMALL, *claims)):
        found = back(SMALL, made, row, case)
        assert found.known == case.known
        assert found.stated == case.stated
        assert found.place_offset == case.place_offset
        expected = [replace(line, person=None, item=None) for line in case.lines]
        assert [replace(line, person=None, item=None) for line in found.lines] == expected


def test_names_come_back_as_groups_in_the_same_order() -> None:
    fares = [
        bill(Cost.FARE, 1, person="ann"), bill(Cost.FARE, 2), bill(Cost.FARE, 3, person="ben"),
        bill(Cost.FARE, 4, person="ann"),
    ]  # fmt: skip
    claim = bills(*fares, rescuers=["ben", "zoe", "ann", "ben"])
    made = columns(FARES, bills(fares[0]), claim)
    (variable,) = made.receipts.person.rank if made.receipts.person else ()
    assert made.receipts.person is not None
    assert made.receipts.person.of_receipt.tolist() == [0, 1, 2, 3, 1]
    assert made.receipts.person.rank[variable].tolist() == [NOT_NAMED, 2, NOT_NAMED, 0]
    found = back(FARES, made, 1, cases_of(FARES, claim)[0])
    names = [line.person for line in found.lines]
    assert names[0] == names[3] and len(set(names)) == 3
    assert found.named[variable] == (names[2], names[0])


def test_a_category_that_nobody_names_is_kept_apart() -> None:
    made = columns(FARES, bills(bill(Cost.GOODS, 5), bill(Cost.FARE, 6)))
    assert categories_of(lowered_of(FARES)) == ("fare",)
    assert made.receipts.category.tolist() == [1, 0]
    assert amounts(decided(FARES, bills(bill(Cost.GOODS, 5), bill(Cost.FARE, 6), died=True))) == [
        (6, 6)
    ]


def test_use_elsewhere_and_an_unknown_place_are_kept() -> None:
    claim = {
        **bills(), "place_offset": None, "usage": [{"node": "period", "settled": 3}],
    }  # fmt: skip
    made = columns(FARES, bills(), claim)
    assert made.place_offset.tolist() == [-240, OFFSET_UNKNOWN]
    ((least, most),) = made.usage.values()
    assert (least.tolist(), most.tolist()) == ([0, 3], [0, 3])


def test_yen_without_a_bound_keep_their_distance() -> None:
    for off in (-3, 0, 5):
        plane = in_plane(UNBOUNDED + off)
        assert plane == UNLIMITED + off
        assert out_of_plane(plane) == UNBOUNDED + off
    assert in_plane(UNBOUNDED // 3) == in_plane(UNBOUNDED * 5) == UNLIMITED
    assert in_plane(12) == out_of_plane(12) == 12
    assert out_of_plane(UNLIMITED_FROM - 1) == UNLIMITED_FROM - 1


def test_what_no_kernel_folds_goes_through_the_single_evaluator() -> None:
    """Persons are told apart above a limit by item: no kernel folds two groupings."""
    by_item = limit(yen(5), lines(Cost.GOODS), per=ITEM, id="item", **CITED)
    edition = edition_paying(first(figure(2, "persons"), by_item, ja="あ", en="a"))
    goods = [bill(Cost.GOODS, amount, person=who) for amount, who in ((9, "a"), (2, "b"), (4, "c"))]
    found = decided(edition, bills(*goods), bills(*goods[1:]))
    assert found.through_scalar.all()
    assert amounts(found) == [(9, 9), (6, 6)]


@pytest.mark.parametrize("rows", [[0, 1, 2], [1], [], [0, 2]])
def test_rows_taken_out_are_the_same_claims(rows: list[int]) -> None:
    fares = [bill(Cost.FARE, amount, person=who) for amount, who in ((1, "a"), (2, "b"), (4, "a"))]
    claims = [bills(*fares, died=True), bills(died=False), bills(*fares[1:], rescuers=["a"])]
    taken = columns(FARES, *claims).take(np.array(rows, np.int64))
    persons = [i for i, v in enumerate(taken.lowered.variables) if v.kind == "persons"]
    for place, row in enumerate(rows):
        case = cases_of(FARES, claims[row])[0]
        found = back(FARES, taken, place, case)
        for variable in persons:
            case = case.with_known(variable, found.known[variable])
        assert found.known == case.known
        assert [line.lo for line in found.lines] == [line.lo for line in case.lines]
        assert len({line.person for line in found.lines}) == len({x.person for x in case.lines})
