"""Input checks refuse what no claim obeys, and narrow what they leave open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dosojin.facts.declaration import Check
from dosojin.facts.expressions import Expression, all_of, any_of, not_
from dosojin.terms.money_tree import lines
from dosojin.values.problems import Problem
from dosojin.values.text import Text
from tests.unit.adjudication.small_edition import (
    STAY_CHECK,
    Cause,
    Cost,
    admitted_on,
    cause,
    days_lost,
    died,
    edition_paying,
    expiry,
    figure,
    lowered_of,
    read,
    tour_days,
)

SAYS = Text("ありえません。", "This cannot be.")


def known_after(*tests: Expression, **facts: Any) -> dict[str, Any]:
    """What is known of each fact once the checks have spoken."""
    checks = tuple(Check(test, SAYS) for test in tests)
    edition = edition_paying(lines(Cost.CARE), checks=checks)
    claim = read(edition, facts=facts)
    names = [variable.name for variable in lowered_of(edition).variables]
    return dict(zip(names, claim.case.known, strict=True))


def day(month: int, day_of_month: int) -> int:
    return date(2026, month, day_of_month).toordinal()


def test_discharged_before_admitted_is_refused_with_both_places() -> None:
    edition = edition_paying(lines(Cost.CARE), checks=(STAY_CHECK,))
    with pytest.raises(Problem) as caught:
        read(edition, facts={"admitted_on": "2026-06-05", "discharged_on": "2026-06-04"})
    assert caught.value.code == "facts.impossible"
    assert caught.value.place == "facts.admitted_on, facts.discharged_on"
    assert caught.value.message == STAY_CHECK.message
    assert "correct" in caught.value.remedy.en


def test_the_same_day_is_possible() -> None:
    read(
        edition_paying(lines(Cost.CARE), checks=(STAY_CHECK,)),
        facts={"admitted_on": "2026-06-05", "discharged_on": "2026-06-05"},
    )


def test_an_open_day_is_narrowed_from_below_and_above() -> None:
    test = STAY_CHECK.test
    assert known_after(test, admitted_on="2026-06-05")["discharged_on"][0] == day(6, 5)
    assert known_after(test, discharged_on="2026-06-05")["admitted_on"][1] == day(6, 5)


def test_two_open_ranges_narrow_each_other() -> None:
    known = known_after(
        STAY_CHECK.test,
        admitted_on={"from": "2026-06-05", "to": "2026-06-20"},
        discharged_on={"from": "2026-06-01", "to": "2026-06-10"},
    )
    assert known["admitted_on"][:2] == (day(6, 5), day(6, 10))
    assert known["discharged_on"][:2] == (day(6, 5), day(6, 10))


def test_ranges_that_cannot_meet_are_refused() -> None:
    with pytest.raises(Problem, match="cannot be"):
        known_after(
            STAY_CHECK.test,
            admitted_on={"from": "2026-06-11"},
            discharged_on={"to": "2026-06-10"},
        )


def test_a_narrowed_day_keeps_the_hours_of_its_place() -> None:
    # At −04:00 the 5 June begins at 04:00 UTC.
    found = known_after(STAY_CHECK.test, admitted_on="2026-06-05")["discharged_on"]
    assert found[2] == day(6, 5) * 1440 + 240


def test_numbers_narrow_each_other() -> None:
    known = known_after(days_lost <= tour_days, tour_days={"from": 2, "to": 9})
    assert known["days_lost"] == (0, 9)
    assert known["tour_days"] == (2, 9)
    known = known_after(days_lost <= tour_days, days_lost=4)
    assert known["tour_days"] == (4, 30)


def test_a_flag_and_a_choice_lose_what_is_impossible() -> None:
    never = not_(all_of(died, cause.is_(Cause.INJURY)))
    assert known_after(never, died=True)["cause"] == 0b110
    assert known_after(never, cause="injury")["died"] == 0
    assert known_after(never)["died"] == 2


def test_one_narrowing_leads_to_the_next() -> None:
    # An injury means no death; no death means at least three days lost.
    first = not_(all_of(died, cause.is_(Cause.INJURY)))
    second = any_of(died, days_lost >= figure(3, "days"))
    assert known_after(second, first, cause="injury")["days_lost"] == (3, 30)


def test_a_contradiction_found_on_the_way_is_refused() -> None:
    first = not_(all_of(died, cause.is_(Cause.INJURY)))
    second = any_of(died, cause.is_(Cause.ILLNESS))
    with pytest.raises(Problem, match="cannot be"):
        known_after(first, second, cause={"one_of": ["injury"]})


def test_a_policy_place_is_called_as_the_claim_file_calls_it() -> None:
    checks = (Check(admitted_on.day <= expiry.day, SAYS),)
    edition = edition_paying(lines(Cost.CARE), checks=checks)
    policy = {"inception": "2026-06-01", "expiry": "2026-06-08"}
    with pytest.raises(Problem) as caught:
        read(edition, policy=policy, facts={"admitted_on": "2026-06-09"})
    assert caught.value.place == "policy.expiry, facts.admitted_on"
