"""A chain of events, and a way past the triggers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.models import Event
from dosojin_web.audit.operations.record_event import record
from dosojin_web.database.emptying.triggers import put_back, take_off

NOON = datetime(2026, 6, 1, 3, tzinfo=UTC)
OFFICE = Actor(7, "university", "office")


def write(count: int) -> list[Event]:
    """Add that many events to the chain."""
    with transaction.atomic():
        return [
            record(
                OFFICE,
                "programme.approve",
                f"programme:{number}",
                {"number": number, "late": number % 2 == 0, "note": "春期"},
                NOON + timedelta(minutes=number),
            )
            for number in range(1, count + 1)
        ]


@pytest.fixture
def chain(db: None) -> list[Event]:
    """Ten events."""
    return write(10)


@pytest.fixture
def tamper(db: None) -> Callable[..., None]:
    """Runs statements as someone who owns the database would: with the triggers off."""

    def run(*statements: str) -> None:
        # PostgreSQL alters no table while the checks of its foreign keys are put off.
        connection.check_constraints()
        taken = take_off(connection)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        put_back(connection, taken)

    return run
