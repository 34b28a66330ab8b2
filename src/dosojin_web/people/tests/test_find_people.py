"""Everybody is found by every part of their name, and by nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.database.field_rotation import rotate_rows
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.models import NameHash, Person
from dosojin_web.people.name_index import whole_names
from dosojin_web.people.operations.create_person import create_person
from dosojin_web.people.operations.find_people import find_people
from dosojin_web.people.spelling import fold

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., Person]
NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)

patiently = hypothesis.settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
kanji = st.text("山田佐藤鈴木𠮷吉髙高太郎花子々﨑辺邊ヶ", min_size=1, max_size=6)
kana = st.text("アイウエオカガサザタダナハバパマヤラワンッャー", min_size=1, max_size=8).filter(
    lambda text: text.strip("ー")
)
roman = st.text("ABEIKMNORSTUY", min_size=1, max_size=12)
latin = st.text("abcéüñøłžNguyễn Ö'-", min_size=1, max_size=30).filter(lambda t: bool(fold(t)))


@st.composite
def details(draw: st.DrawFn) -> PersonDetails:
    def form(names: st.SearchStrategy[str]) -> tuple[str, str]:
        return draw(names), draw(names)

    family, given_name = form(draw(st.sampled_from([kanji, latin])))
    family_kana, given_kana = draw(st.just(("", "")) | st.builds(tuple, st.tuples(kana, kana)))
    family_roman, given_roman = draw(st.just(("", "")) | st.tuples(roman, roman))
    return PersonDetails(family, given_name, family_kana, given_kana, family_roman, given_roman)


@patiently
@given(details(), st.data())
def test_every_part_of_a_name_finds_the_person(entered: PersonDetails, data: st.DataObject) -> None:
    person = create_person(entered, SYSTEM, NOW)
    for whole in whole_names(person):
        assert person in find_people(whole, limit=10_000)
        if len(whole) >= 2:
            start = data.draw(st.integers(0, len(whole) - 2))
            end = data.draw(st.integers(start + 2, len(whole)))
            assert person in find_people(whole[start:end], limit=10_000)


@patiently
@given(st.lists(details(), min_size=1, max_size=5), kanji | kana | roman)
def test_who_is_found_is_called_so(entered: list[PersonDetails], typed: str) -> None:
    for one in entered:
        create_person(one, SYSTEM, NOW)
    word = fold(typed)
    found = find_people(typed, limit=10_000)
    assert len(found) == len({person.pk for person in found})
    expected = {
        person.pk
        for person in Person.objects.all()
        if word in whole_names(person)
        or (len(word) > 1 and any(word in name for name in whole_names(person)))
    }
    assert {person.pk for person in found} == expected


@pytest.mark.parametrize(
    "typed",
    ["𠮷田", "吉田", "吉田花", "田花子", "吉田 花子", "花子 吉田", "よしだ", "ﾖｼﾀﾞ", "だはな",
     "yoshida", "Hanako Yoshida", "YOSHIDA　hana", "yoshidahana", "さくら"],
)  # fmt: skip
def test_as_people_ask(make_person: MakePerson, typed: str) -> None:
    wanted = make_person(
        "𠮷田",
        given_name="花子 さくら",
        family_name_kana="ヨシダ",
        given_name_kana="ハナコ サクラ",
        family_name_roman="YOSHIDA",
        given_name_roman="HANAKO SAKURA",
    )
    make_person("山本", given_name="太郎", family_name_roman="YAMAMOTO", given_name_roman="TARO")
    assert wanted in find_people(typed)
    assert len(find_people(typed)) == 1


def test_a_single_letter_is_a_whole_name(make_person: MakePerson) -> None:
    short, _ = make_person("林"), make_person("小林")
    assert find_people("林") == [short]


@pytest.mark.parametrize("typed", ["", "  ", "・", "存在しない", "山 存在"])
def test_nobody(make_person: MakePerson, typed: str) -> None:
    make_person("山田")
    assert find_people(typed) == []


def test_exact_names_come_first_and_no_more_than_asked(make_person: MakePerson) -> None:
    make_person("山田川")
    exact = make_person("山田")
    make_person("小山田")
    assert find_people("山田", limit=1) == [exact]
    assert len(find_people("山田", limit=2)) == 2
    assert find_people("山田")[0] == exact and len(find_people("山田")) == 3


def test_only_those_whom_one_may_see(make_person: MakePerson) -> None:
    mine, _ = make_person("山田"), make_person("山田")
    assert find_people("山田", among=Person.objects.filter(pk=mine.pk)) == [mine]


def test_names_are_found_while_keys_are_rotated(make_person: MakePerson, settings: Any) -> None:
    old, new = b"o" * 32, b"n" * 32
    settings.FIELD_KEYS = [old]
    first = make_person("山田")
    settings.FIELD_KEYS = [old, new]
    second = make_person("山田")
    assert find_people("山田") == [first, second]
    assert rotate_rows() == 1
    settings.FIELD_KEYS = [new]
    assert find_people("山田") == [first, second]
    assert (
        NameHash.objects.filter(person=first).count()
        == NameHash.objects.filter(person=second).count()
    )
