"""Who wants to write waits in a queue, gets its turn, or is told that it did not come."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from dosojin_web.settings.base import SQLITE

TIMEOUT_SECONDS = 0.3


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker: Any) -> Iterator[None]:
    """These databases are not that of the tests."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def two(tmp_path: Path) -> Iterator[ConnectionHandler]:
    """Two connections to one file."""
    options = {**SQLITE["OPTIONS"], "timeout": TIMEOUT_SECONDS}
    place = SQLITE | {"NAME": str(tmp_path / "q.sqlite3"), "OPTIONS": options}
    handler = ConnectionHandler({"default": place, "other": dict(place)})
    with handler["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE counted (n INTEGER)")
    yield handler
    handler.close_all()


def write(handler: ConnectionHandler, name: str, seconds: float = 0) -> None:
    connection = handler[name]
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO counted VALUES (1)")
        time.sleep(seconds)
    finally:
        connection.commit()
        connection.set_autocommit(True)


def count(handler: ConnectionHandler) -> int:
    with handler["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM counted")
        return int(cursor.fetchone()[0])


def hold(handler: ConnectionHandler, seconds: float) -> threading.Thread:
    """Somebody who writes for so long, in a thread and so with a connection of its own."""
    begun = threading.Event()

    def work() -> None:
        connection = handler["other"]
        connection.ensure_connection()
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        begun.set()
        time.sleep(seconds)
        connection.rollback()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(5)
    return thread


def test_the_next_one_writes_when_the_first_has_ended(two: ConnectionHandler) -> None:
    holder = hold(two, TIMEOUT_SECONDS / 3)
    write(two, "default")
    holder.join()
    assert count(two) == 1


def test_whose_turn_does_not_come_is_told(two: ConnectionHandler) -> None:
    holder = hold(two, 4 * TIMEOUT_SECONDS)
    with pytest.raises(OperationalError, match="locked"):
        write(two, "default")
    holder.join()
    two["default"].close()
    write(two, "default")
    assert count(two) == 1


def test_a_closed_connection_keeps_nobody_waiting(two: ConnectionHandler) -> None:
    connection = two["other"]
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.close()
    write(two, "default")
    assert count(two) == 1


def test_in_memory_there_is_no_queue() -> None:
    handler = ConnectionHandler({"default": SQLITE | {"NAME": ":memory:"}})
    connection = handler["default"]
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.rollback()
    connection.close()
    assert not Path(":memory:-queue").exists()


def test_everybody_gets_a_turn(two: ConnectionHandler) -> None:
    def work() -> None:
        for _ in range(5):
            write(two, "other")
        two["other"].close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(two) == 30
