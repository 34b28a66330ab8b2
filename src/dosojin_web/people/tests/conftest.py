"""Moments, actors and persons."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from dosojin_web.accounts.actors import Actor
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.models import Person
from dosojin_web.people.operations.create_person import create_person

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
DESK = Actor(7, "university", "university")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def desk() -> Actor:
    return DESK


@pytest.fixture
def make_person(db: None) -> Callable[..., Person]:
    def make(family_name: str = "山田", **details: object) -> Person:
        return create_person(PersonDetails(family_name, **details), DESK, NOW)  # type: ignore[arg-type]

    return make
