"""Sixteen at once: each append and posting is there, in order, and nobody is turned away.

Threads with connections of their own and real commits. The tests' SQLite lives in memory, where
threads share one connection; these take a copy of it in a file, as a site would have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, connections, transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.models import Event
from dosojin_web.audit.operations.record_event import record
from dosojin_web.audit.operations.verify_chain import verify
from dosojin_web.ledger.balances import balances_by_reference, count_open_entries, trial_balance
from dosojin_web.ledger.models import Entry
from dosojin_web.ledger.operations.post_entry import Line, post

WRITERS = 16
APPENDS = 50
NOON = datetime(2026, 6, 1, 3, tzinfo=UTC)

Answer = TypeVar("Answer")


@pytest.fixture
def shared(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A database that threads can share."""
    if connection.vendor == "sqlite":
        path = tmp_path / "shared.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        # For connections still to be made: this thread keeps its own, with the settings it has.
        copied = {**connections.settings["default"], "NAME": str(path)}
        monkeypatch.setitem(connections.settings, "default", copied)
    yield


def in_thread(work: Callable[[int], Answer], writer: int) -> Answer:
    """Do the work on a connection of its own, and give that back."""
    try:
        return work(writer)
    finally:
        connection.close()


def all_at_once(work: Callable[[int], Answer]) -> list[Answer]:
    """What the work of each writer returned; the first error, if there was one."""
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(lambda writer: in_thread(work, writer), range(WRITERS)))


def afterwards(look: Callable[[], Answer]) -> Answer:
    """What can be seen in the shared database."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(in_thread, lambda _: look(), 0).result()


def test_the_chain_has_no_gap(shared: None) -> None:
    start = Barrier(WRITERS)

    def append(writer: int) -> None:
        start.wait()
        for number in range(APPENDS):
            with transaction.atomic():
                record(Actor(writer, "agency", ""), "a", f"b:{number}", {"n": number}, NOON)

    all_at_once(append)

    def look() -> None:
        assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(
            range(1, WRITERS * APPENDS + 1)
        )
        found = verify()
        assert (found.whole_until.seq, found.damage) == (WRITERS * APPENDS, None)
        for writer in range(WRITERS):
            mine = Event.objects.filter(actor=f"user:{writer}").order_by("seq")
            assert list(mine.values_list("about", flat=True)) == [f"b:{n}" for n in range(APPENDS)]

    afterwards(look)


def test_the_ledger_balances(shared: None) -> None:
    """Every second writer posts the same entries as the one before it: each stands once."""
    start = Barrier(WRITERS)

    def enter(writer: int) -> list[int]:
        start.wait()
        source = writer // 2
        return [
            post(
                "premium",
                f"premium:{source}:{number}",
                [Line("card-clearing", 10 + number), Line(f"premium-due:I{source}", -10 - number)],
                f"K26-{source}",
                date(2026, 6, 1),
                Actor(writer, "agency", ""),
                NOON,
            ).pk
            for number in range(APPENDS)
        ]

    entries = all_at_once(enter)
    assert entries[0::2] == entries[1::2]

    def look() -> None:
        assert Entry.objects.count() == WRITERS // 2 * APPENDS
        assert count_open_entries() == 0
        each = sum(10 + number for number in range(APPENDS))
        assert sum(trial_balance().values()) == 0
        assert trial_balance()["card-clearing"] == each * WRITERS // 2
        assert balances_by_reference("premium-due:I3") == {"K26-3": -each}
        assert verify().damage is None

    afterwards(look)
