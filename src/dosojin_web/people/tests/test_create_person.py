"""Persons are made once, and no name stands in clear in the database."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import connection

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.models import Event
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.faults import Faults
from dosojin_web.people.models import NameHash, Person, PersonRevision
from dosojin_web.people.operations.change_person import change_person
from dosojin_web.people.operations.create_person import create_people, create_person
from dosojin_web.people.operations.find_people import find_people

pytestmark = pytest.mark.django_db

FULL = PersonDetails(
    "𠮷田", "花子", "ヨシダ", "ハナコ", "YOSHIDA", "HANAKO", date(2004, 2, 29), "+819012345678",
    "hanako@example.ac.jp",
)  # fmt: skip


def stored_bytes() -> bytes:
    """Everything that the tables of this slice and the audit trail hold."""
    found = b""
    with connection.cursor() as cursor:
        for model in (Person, NameHash, PersonRevision, Event):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                for value in row:
                    blob = isinstance(value, bytes | memoryview)
                    found += bytes(value) if blob else str(value).encode()
    return found


def test_nothing_personal_stands_in_clear(desk: Actor, now: datetime) -> None:
    person = create_person(FULL, desk, now)
    change_person(person, {"family_name": "鈴木", "phone": "+819087654321"}, desk, now)
    stored = stored_bytes()
    assert len(stored) > 1000
    for clear in (
        "𠮷田", "鈴木", "花子", "ヨシ", "ハナ", "YOSHI", "yoshi", "HANAKO", "hanako", "よし",
        "はな", "2004-02", "9012345678", "9087654321", "example.ac.jp",
    ):  # fmt: skip
        assert clear.encode() not in stored, clear


def test_the_person_is_read_again_as_entered(desk: Actor, now: datetime) -> None:
    person = Person.objects.get(pk=create_person(FULL, desk, now).pk)
    assert person.full_name("ja") == "𠮷田 花子"
    assert person.full_name("en") == "HANAKO YOSHIDA"
    assert person.birth_date == date(2004, 2, 29)
    assert str(person) == str(person.key)


def test_the_same_key_makes_one_person(desk: Actor, now: datetime) -> None:
    key = uuid4()
    first = create_person(FULL, desk, now, key)
    second = create_person(PersonDetails("別人"), desk, now, key)
    assert first.pk == second.pk and second.family_name == "𠮷田"
    assert Event.objects.filter(act="person.created").count() == 1


def test_what_is_wrong_makes_nobody(desk: Actor, now: datetime) -> None:
    with pytest.raises(Faults):
        create_person(PersonDetails("山田", email="x"), desk, now)
    with pytest.raises(Faults):
        create_people([FULL, PersonDetails("")], desk, now)
    assert not Person.objects.exists() and not NameHash.objects.exists()


def test_many_at_once_are_found_like_one(desk: Actor, now: datetime) -> None:
    key = uuid4()
    people = create_people([FULL, PersonDetails("山田")], desk, now, keys={1: key})
    assert [person.family_name for person in people] == ["𠮷田", "山田"]
    assert find_people("山田") == [people[1]] and people[1].key == key
    assert Event.objects.get(act="person.created_many").about == "people"


def test_a_person_without_roman_letters_has_the_written_name(
    make_person: Callable[..., Person],
) -> None:
    assert make_person("Suparman").full_name("en") == "Suparman"
