"""The command adds a key and stops, or brings every row to the newest; also tables of record."""

from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from dosojin_web.accounts.actors import Actor
from dosojin_web.database.field_keys import key_id, read_or_make_field_keys
from dosojin_web.database.field_rotation import key_ids_in_use
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.models import Person, PersonRevision
from dosojin_web.people.operations.change_person import change_person, read_before
from dosojin_web.people.operations.create_person import create_person
from dosojin_web.people.operations.find_people import find_people

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_field_keys", *arguments, stdout=out)
    return out.getvalue()


def test_the_whole_rotation(settings: Any, tmp_path: Path, desk: Actor, now: datetime) -> None:
    settings.VAR = tmp_path
    settings.FIELD_KEYS = read_or_make_field_keys(tmp_path / "field_keys")
    person = create_person(PersonDetails("山田"), desk, now)
    change_person(person, {"family_name": "鈴木"}, desk, now)
    assert "Restart the servers" in run("--add")
    assert len(settings.FIELD_KEYS) == 1  # as long as the server runs
    settings.FIELD_KEYS = read_or_make_field_keys(tmp_path / "field_keys")
    newest = key_id(settings.FIELD_KEYS[-1])
    assert run().startswith("2 rows") and run().startswith("0 rows")
    settings.FIELD_KEYS = settings.FIELD_KEYS[-1:]
    for model in (Person, PersonRevision):
        assert key_ids_in_use(model) == {newest}
    assert find_people("鈴木") == [person]
    assert read_before(PersonRevision.objects.get())["family_name"] == "山田"


def test_many_rows_go_in_batches(
    settings: Any, monkeypatch: pytest.MonkeyPatch, desk: Actor, now: datetime
) -> None:
    monkeypatch.setattr("dosojin_web.database.field_rotation.BATCH_ROWS", 3)
    people = [create_person(PersonDetails("山田"), desk, now) for _ in range(10)]
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, b"n" * 32]
    assert run().startswith("10 rows")
    settings.FIELD_KEYS = settings.FIELD_KEYS[-1:]
    assert find_people("山田") == people
