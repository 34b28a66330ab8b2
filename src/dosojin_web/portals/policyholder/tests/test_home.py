"""The overview of the policyholder."""

import pytest

from dosojin_web.policies.models import Certificate
from dosojin_web.policies.tests.conftest import World, add_member
from dosojin_web.portals.tests.reading import (
    JULY_10,
    Reader,
    ask_to_cancel,
    ask_to_extend,
    days,
    enrol_another,
    words_of,
)

from .conftest import SetClock

HOME = "/policyholder/"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_opens_empty(world: World, language: str) -> None:
    text = Reader(world.policyholder, language).read(HOME)
    assert f'<html lang="{language}"' in text


def test_what_waits_says_what_changes_and_until_when(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_extend(world, enrolled)
    said = words_of(reader.read(HOME))
    assert f"/policyholder/requests/{change.key}/" in reader.read(HOME)
    for words in (
        "Extension", enrolled.number, "HANAKO SATO", "Tue 31 August 2027",
        "until now Sat 31 July 2027", "+9,960 yen", "Student", "Sat 31 July 2027, 24:00",
        "21 days left",
    ):  # fmt: skip
        assert words in said, words


def test_an_extension_comes_only_after_the_agency(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    ask_to_extend(world, enrolled, reviewed=False)
    assert "Nothing is waiting for you." in reader.read(HOME)


def test_a_cancellation_comes_at_once_and_is_pressing(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    ask_to_cancel(world, enrolled)
    assert "As soon as possible" in reader.read(HOME)


def test_the_last_day_is_marked(world: World, enrolled: Certificate, set_clock: SetClock) -> None:
    ask_to_extend(world, enrolled)
    set_clock(JULY_10 + days(21))
    said = words_of(Reader(world.policyholder).read(HOME))
    assert "Today, 24:00" in said


def test_totals_by_standing_and_university(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    enrol_another(world, 2, JULY_10)
    add_member(world.programme, 3, world.member.departs_on, world.member.returns_on)
    said = words_of(reader.read(HOME))
    assert "On the trip 2" in said and "Not invited yet 1" in said
    assert "Hokurei University 0 2 0 0 1 3" in said


def test_premiums_of_the_month_and_the_fiscal_year(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    enrol_another(world, 2, JULY_10)
    said = words_of(reader.read(HOME))
    assert "Thu 1 July – Sat 31 July 2027 26,130 yen 0 yen 26,130 yen" in said
    assert "Thu 1 April 2027 – Fri 31 March 2028 52,260 yen 0 yen 52,260 yen" in said


def test_the_loss_ratio_waits_for_claims(reader: Reader) -> None:
    assert "The loss ratio will appear here once there are claims." in reader.read(HOME)


def test_queries_do_not_grow_with_what_waits(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    ask_to_cancel(world, enrolled)
    before = reader.count_queries(HOME)
    for number in (2, 3, 4):
        ask_to_cancel(world, enrol_another(world, number, JULY_10))
    assert reader.count_queries(HOME) == before
