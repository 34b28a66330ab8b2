"""A person, an actor, a moment."""

from datetime import UTC, datetime

import pytest

from dosojin_web.accounts.actors import Actor
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.models import Person
from dosojin_web.people.operations.create_person import create_person

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
STUDENT = Actor(7, "student", "student")


@pytest.fixture
def person(db: None) -> Person:
    return create_person(PersonDetails("山田", "太郎"), STUDENT, NOW)
