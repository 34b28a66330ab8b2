"""What changes is kept as it was, and nobody overwrites another unseen."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.models import Event
from dosojin_web.database.append_only import ChangeRefused
from dosojin_web.people.faults import Faults, PersonChanged
from dosojin_web.people.models import Person, PersonRevision
from dosojin_web.people.operations.change_person import change_person, read_before
from dosojin_web.people.operations.find_people import find_people

MakePerson = Callable[..., Person]


def test_the_old_values_are_kept(make_person: MakePerson, desk: Actor, now: datetime) -> None:
    person = make_person("山田", birth_date=date(2004, 2, 29), email="a@example.com")
    changed = change_person(person, {"family_name": "鈴木", "birth_date": None}, desk, now)
    assert (changed.family_name, changed.birth_date, changed.version) == ("鈴木", None, 2)
    [revision] = PersonRevision.objects.filter(person=person)
    assert read_before(revision) == {"family_name": "山田", "birth_date": date(2004, 2, 29)}
    assert (revision.version, revision.who) == (1, desk.who)
    event = Event.objects.get(act="person.changed")
    assert event.about == f"person:{person.key}" and "birth_date family_name" in str(event.detail)


def test_the_index_follows_the_name(make_person: MakePerson, desk: Actor, now: datetime) -> None:
    person = make_person("山田", family_name_roman="YAMADA")
    change_person(person, {"family_name": "鈴木", "family_name_roman": "SUZUKI"}, desk, now)
    assert find_people("鈴木") == find_people("suzu") == [person]
    assert find_people("山田") == find_people("yamada") == []


def test_no_difference_is_no_change(make_person: MakePerson, desk: Actor, now: datetime) -> None:
    person = make_person("山田")
    same = change_person(person, {"family_name": " 山田 "}, desk, now, version=1)
    assert same.version == 1 and not PersonRevision.objects.exists()


def test_a_stale_form_is_noticed(make_person: MakePerson, desk: Actor, now: datetime) -> None:
    person = make_person("山田")
    change_person(person, {"family_name": "鈴木"}, desk, now, version=1)
    with pytest.raises(PersonChanged) as caught:
        change_person(person, {"family_name": "佐藤"}, desk, now, version=1)
    assert caught.value.current == 2
    # The same form sent twice is no conflict: it has what it wanted.
    assert change_person(person, {"family_name": "鈴木"}, desk, now, version=1).version == 2


def test_what_is_wrong_changes_nothing(make_person: MakePerson, desk: Actor, now: datetime) -> None:
    person = make_person("山田")
    with pytest.raises(Faults) as caught:
        change_person(person, {"family_name": "鈴木", "phone": "12"}, desk, now)
    assert list(caught.value.faults) == ["phone"]
    assert Person.objects.get().family_name == "山田"
    with pytest.raises(ValueError, match="no password"):
        change_person(person, {"password": "x"}, desk, now)


def test_revisions_are_not_edited(make_person: MakePerson, desk: Actor, now: datetime) -> None:
    person = make_person("山田")
    change_person(person, {"family_name": "鈴木"}, desk, now)
    revision = PersonRevision.objects.get()
    with pytest.raises(ChangeRefused):
        revision.delete()
    for statement in (
        "UPDATE people_personrevision SET version = 9",
        "DELETE FROM people_personrevision",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
