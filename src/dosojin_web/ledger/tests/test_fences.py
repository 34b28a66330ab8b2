"""What the database refuses whoever writes."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from dosojin_web.ledger.models import Entry, EntryLine

Post = Callable[..., Entry]


def refused(said: str, sql: str) -> None:
    with (
        pytest.raises(IntegrityError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.fixture
def sealed(enter: Post) -> Entry:
    return enter("premium:1", {"card-clearing": 10, "premium-due:TK": -10})


@pytest.fixture
def open_entry(db: None) -> Entry:
    return Entry.objects.create(
        kind="premium",
        key="premium:2",
        reference="K26-2",
        on=date(2026, 6, 1),
        at=datetime(2026, 6, 1, tzinfo=UTC),
        actor="system",
    )


def seal(entry: Entry) -> None:
    entry.sealed = True
    entry.save(update_fields=["sealed"])


def add(entry: Entry, *amounts: int) -> None:
    for amount in amounts:
        EntryLine.objects.create(entry=entry, account="bank", amount=amount)


def test_a_sealed_entry_takes_no_line(sealed: Entry) -> None:
    with pytest.raises(IntegrityError, match="takes no further line"), transaction.atomic():
        add(sealed, 5)
    with pytest.raises(IntegrityError, match="takes no further line"), transaction.atomic():
        EntryLine.objects.bulk_create(
            EntryLine(entry=sealed, account="bank", amount=amount) for amount in (5, -5)
        )


def test_a_sealed_entry_is_not_opened(sealed: Entry) -> None:
    for value in ("FALSE", "TRUE"):
        refused("is sealed", f"UPDATE ledger_entry SET sealed = {value}")


def test_lines_and_facts_of_an_entry_are_kept(sealed: Entry) -> None:
    refused("ledger_entryline is a table of record", "UPDATE ledger_entryline SET amount = 11")
    refused("ledger_entryline is a table of record", "DELETE FROM ledger_entryline")
    refused("ledger_entry is a table of record", "DELETE FROM ledger_entry")


def test_facts_of_an_open_entry_are_kept_too(open_entry: Entry) -> None:
    refused("table of record", "UPDATE ledger_entry SET reference = 'K26-3'")
    add(open_entry, 10, -10)
    refused("table of record", "UPDATE ledger_entry SET sealed = TRUE, reference = 'K26-3'")


@pytest.mark.parametrize("amounts", [(), (10,), (10, -9), (10, 10)])
def test_only_a_balanced_entry_is_sealed(open_entry: Entry, amounts: tuple[int, ...]) -> None:
    add(open_entry, *amounts)
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        seal(open_entry)
    add(open_entry, -sum(amounts) or 3, *(() if sum(amounts) else (-3,)))
    if len(amounts) != 0:
        seal(Entry.objects.get(pk=open_entry.pk))


def test_an_entry_is_not_born_sealed(open_entry: Entry) -> None:
    born = Entry(
        kind="premium",
        key="premium:3",
        reference="K26-3",
        on=open_entry.on,
        at=open_entry.at,
        actor="system",
        sealed=True,
    )
    with pytest.raises(IntegrityError, match="lines come first"), transaction.atomic():
        born.save()


def test_an_empty_line_is_refused(open_entry: Entry) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add(open_entry, 0)
