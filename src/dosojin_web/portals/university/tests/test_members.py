"""The list of students: narrowed, searched, paged, and as a file."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.tests.conftest import DEPARTS, RETURNS, World, add_member

from .conftest import NOW, TAKAHASHI, TANAKA, Office, take

pytestmark = pytest.mark.django_db
LIST, FILE = "/university/members/", "/university/members/export/"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("髙橋", "TAKAHASHI"),
        ("高橋", "TAKAHASHI"),
        ("たかはし", "TAKAHASHI"),
        ("taka", "TAKAHASHI"),
        ("26b0002", "TANAKA"),
        ("２６Ｂ", "TANAKA"),
    ],
)
def test_a_student_is_found_by_name_or_number(
    office: Office, world: World, typed: str, found: str
) -> None:
    take(world, TAKAHASHI, TANAKA)
    text = office.read(LIST, q=typed)
    assert found in text and "HANAKO SATO" not in text


def test_nobody_fits(office: Office, world: World) -> None:
    assert "No student matches" in office.read(LIST, q="zzz")


def test_narrowed_by_standing_and_programme(
    office: Office, world: World, enrolled: Certificate
) -> None:
    take(world, TAKAHASHI)
    text = office.read(LIST, standing="enrolled", programme=str(world.programme.key))
    assert "HANAKO SATO" in text and enrolled.number in text and "TAKAHASHI" not in text
    assert "TAKAHASHI" in office.read(LIST, standing="not_invited")


def test_those_who_leave_soon(
    office: Office, world: World, later: Callable[[Office, int], None]
) -> None:
    later(office, 40)
    text = office.read(LIST, standing="leaving")
    assert "HANAKO SATO" in text and "What to do" in text


def test_who_leaves_next_comes_first_and_trips_that_are_over_last(
    office: Office, world: World
) -> None:
    today = day_in_japan(NOW)
    days = {2: (-400, -300), 3: (-20, 10), 4: (5, 20), 5: (0, 9)}
    for number, (departs, returns) in days.items():
        add_member(world.programme, number, today + timedelta(departs), today + timedelta(returns))
    text = office.read(LIST)
    places = [text.index(f"26A000{number}") for number in (5, 4, 1, 3, 2)]
    assert places == sorted(places)


def test_what_is_not_understood_narrows_nothing(office: Office, world: World) -> None:
    text = office.read(LIST, standing="?", programme="x", page="0")
    assert "HANAKO SATO" in text


def test_fifty_a_page_without_a_query_for_each(
    office: Office, world: World, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(2, 62):
        add_member(world.programme, number, DEPARTS, RETURNS)
    with django_assert_max_num_queries(10):
        text = office.read(LIST)
    assert "1 to 50 of 61" in text
    assert "26A0061" in office.read(LIST, page="2")


def test_the_file_has_all_that_the_list_has(
    office: Office, world: World, enrolled: Certificate
) -> None:
    take(world, TAKAHASHI)
    response = office.get(FILE, standing="enrolled")
    text = response.content.decode("utf-8")
    header, row = csv.reader(StringIO(text.removeprefix("\ufeff")))
    told = dict(zip(header, row, strict=True))
    assert told["Certificate"] == enrolled.number and told["Family name"] == "佐藤"
    assert (told["Cover from"], told["Cover until"]) == ("2027-06-01", "2027-07-31")


def test_another_university_sees_nobody(stranger: Office, world: World) -> None:
    assert "SATO" not in stranger.read(LIST)
    assert "SATO" not in stranger.read(LIST, q="sato", programme=str(world.programme.key))
    response = stranger.get(FILE)
    assert b"SATO" not in response.content


@pytest.mark.parametrize("address", [LIST, FILE])
def test_a_student_gets_403(student: Office, address: str) -> None:
    assert student.get(address).status_code == 403
