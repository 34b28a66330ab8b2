"""Input checks over columns: who is refused by which check, and what is left of open facts."""

from __future__ import annotations

from typing import Any

import numpy as np

from dosojin.batch.columns import Columns
from dosojin.batch.narrow import narrow
from dosojin.facts.declaration import Check
from dosojin.facts.expressions import Expression, all_of, any_of, not_
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import lines
from tests.properties.column_claims import unnarrowed
from tests.unit.adjudication.small_edition import (
    TEXT,
    Cause,
    Cost,
    accident_on,
    assessed,
    cause,
    days_lost,
    died,
    discharged_on,
    edition_paying,
    figure,
    recovered,
    tour_days,
)
from tests.unit.batch.small_columns import bills, columns


def edition_with(*tests: Expression) -> Edition:
    return edition_paying(lines(Cost.CARE), checks=tuple(Check(test, TEXT) for test in tests))


def made(edition: Edition, *facts: dict[str, Any]) -> Columns:
    with unnarrowed():
        return columns(edition, *[bills(**one) for one in facts])


def left(found: Columns, name: str) -> list[tuple[int, ...]]:
    """What is known of a fact, row by row."""
    names = [variable.name for variable in found.lowered.variables]
    planes = found.known(names.index(name))
    return [tuple(int(plane[row]) for plane in planes) for row in range(found.rows)]


LOST_WITHIN_TOUR = days_lost <= tour_days


def test_what_cannot_be_is_refused_by_its_check() -> None:
    edition = edition_with(not_(all_of(died, cause.is_(Cause.OTHER))), LOST_WITHIN_TOUR)
    claims = [
        {"days_lost": 5, "tour_days": 3}, {"days_lost": 3, "tour_days": 5},
        {"died": True, "cause": "other"}, {"died": True, "cause": "other", "days_lost": 30,
        "tour_days": 1},
    ]  # fmt: skip
    _, refused = narrow(made(edition, *claims))
    assert refused == {0: 1, 2: 0, 3: 0}


def test_open_numbers_are_narrowed_from_both_ends() -> None:
    columns_ = made(
        edition_with(LOST_WITHIN_TOUR),
        {"days_lost": {"from": 4, "to": 9}, "tour_days": {"from": 2, "to": 7}},
        {"days_lost": {"from": 1, "to": 2}, "tour_days": {"from": 2, "to": 7}},
        {},
    )
    found, refused = narrow(columns_)
    assert not refused
    assert left(found, "days_lost") == [(4, 7), (1, 2), (0, 30)]
    assert left(found, "tour_days") == [(4, 7), (2, 7), (1, 30)]


def test_flags_and_choices_lose_what_cannot_be() -> None:
    edition = edition_with(any_of(died, cause.is_(Cause.INJURY)))
    found, refused = narrow(
        made(
            edition, {"died": False}, {"cause": "illness"}, {}, {"died": False, "cause": "illness"}
        )
    )
    assert refused == {3: 0}
    injury, every = 1, 7
    assert [known for (known,) in left(found, "cause")][:3] == [injury, 2, every]
    assert [known for (known,) in left(found, "died")][:3] == [0, 3, 2]


def test_days_are_narrowed_with_their_moments() -> None:
    edition = edition_with(accident_on.day <= discharged_on.day)
    found, refused = narrow(
        made(
            edition,
            {
                "cause": "injury",
                "accident_on": {"from": "2026-06-02", "to": "2026-06-09"},
                "discharged_on": "2026-06-05",
            },
        )
    )
    assert not refused
    ((first, last, first_minute, last_minute),) = left(found, "accident_on")
    assert last - first == 3
    assert last_minute - first_minute == 4 * 24 * 60 - 1


def test_yen_without_a_bound_are_narrowed_too() -> None:
    edition = edition_with(assessed <= figure(7, "yen"), recovered <= assessed)
    found, refused = narrow(made(edition, {}, {"assessed": "unknown", "recovered": 9}))
    assert refused == {1: 1}
    assert left(found, "assessed")[0] == (0, 7)
    assert left(found, "recovered")[0] == (0, 7)


def test_a_check_left_without_an_answer_is_the_one_that_refuses() -> None:
    """The second fact is tried even though the first one settled it: the same check refuses."""
    one_only = any_of(all_of(died, days_lost >= figure(9, "days")), days_lost < figure(2, "days"))
    edition = edition_with(one_only, LOST_WITHIN_TOUR)
    claims = [{"died": "unknown", "days_lost": {"from": 2, "to": 8}, "tour_days": 1}]
    _, refused = narrow(made(edition, *claims))
    assert refused == {0: 0}


def test_columns_that_checks_leave_alone_are_not_copied() -> None:
    edition = edition_with(LOST_WITHIN_TOUR)
    given = made(edition, {"days_lost": 1, "tour_days": 5})
    found, _ = narrow(given)
    assert found is given


def test_planes_that_were_given_are_not_written_to() -> None:
    given = made(edition_with(LOST_WITHIN_TOUR), {"days_lost": 4})
    before = {i: tuple(np.copy(p) for p in planes) for i, planes in given.planes.items()}
    narrow(given)
    for variable, planes in given.planes.items():
        for plane, kept in zip(planes, before[variable], strict=True):
            assert plane.tolist() == kept.tolist()
