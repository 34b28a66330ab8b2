"""An entry balances, is written once for its key, and stays as it is."""

import json
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from dosojin_web.audit.models import Event
from dosojin_web.audit.operations.verify_chain import verify
from dosojin_web.database.append_only import ChangeRefused
from dosojin_web.ledger.chart import UnknownAccount
from dosojin_web.ledger.models import Entry, EntryLine
from dosojin_web.ledger.operations.post_entry import KeyReused, Unbalanced

Post = Callable[..., Entry]

PREMIUM = {"card-clearing": 10_001, "premium-due:TK": -7_001, "premium-due:SJ": -3_000}


def test_an_entry_is_sealed_with_its_lines(enter: Post) -> None:
    entry = enter("premium:1", PREMIUM)
    entry.refresh_from_db()
    assert entry.sealed
    assert (entry.kind, entry.reference, entry.actor) == ("premium", "K26-1", "system")
    assert {line.code: line.amount for line in entry.lines.all()} == PREMIUM


def test_the_audit_log_holds_the_amounts(enter: Post) -> None:
    enter("premium:1", PREMIUM)
    event = Event.objects.get()
    assert (event.act, event.about) == ("ledger.post", "entry:premium:1")
    assert json.loads(event.detail)["lines"] == (
        "card-clearing +10001; premium-due:TK -7001; premium-due:SJ -3000"
    )
    assert verify().damage is None


def test_the_same_key_with_the_same_lines_is_the_same_entry(enter: Post) -> None:
    first = enter("premium:1", PREMIUM)
    assert enter("premium:1", dict(reversed(PREMIUM.items()))) == first
    assert (Entry.objects.count(), EntryLine.objects.count(), Event.objects.count()) == (1, 3, 1)


def test_a_key_stands_for_one_entry(enter: Post) -> None:
    enter("premium:1", PREMIUM)
    for change in (
        {"lines": {"card-clearing": 5, "premium-due:TK": -5}},
        {"lines": PREMIUM, "kind": "refund"},
        {"lines": PREMIUM, "reference": "K26-2"},
    ):
        with pytest.raises(KeyReused, match="premium:1 was posted before"):
            enter("premium:1", **change)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"card-clearing": 10, "bank": -9}, r"add up to \+1 yen instead of 0"),
        ({"card-clearing": 10}, r"add up to \+10 yen"),
        ({"card-clearing": 0, "bank": 0}, "all 0 yen"),
        ({}, "all 0 yen"),
    ],
)
def test_what_does_not_balance_is_refused(enter: Post, lines: dict[str, int], said: str) -> None:
    with pytest.raises(Unbalanced, match=said):
        enter("premium:1", lines)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("account", "said"),
    [
        ("cash", "There is no account 'cash'; the chart has bank, card-clearing"),
        ("premium-due", "kept in parts: name one, premium-due:…"),
        ("premium-due:", "kept in parts"),
        ("bank:1", "bank has no parts"),
        ("bank:", "bank has no parts"),
        ("", "There is no account ''"),
    ],
)
def test_the_chart_is_kept(enter: Post, account: str, said: str) -> None:
    with pytest.raises(UnknownAccount, match=said):
        enter("premium:1", {account: 10, "card-clearing": -10})


def test_a_share_of_nothing_leaves_no_line(enter: Post) -> None:
    lines = {"card-clearing": 1, "premium-due:TK": -1, "premium-due:SJ": 0}
    entry = enter("premium:1", lines)
    assert entry.lines.count() == 2
    assert enter("premium:1", lines) == entry


def test_an_entry_takes_no_change(enter: Post) -> None:
    entry = enter("premium:1", PREMIUM)
    line = entry.lines.first()
    assert line is not None
    for change in (
        entry.save,
        entry.delete,
        line.save,
        line.delete,
        lambda: Entry.objects.update(reference="K26-2"),
        lambda: EntryLine.objects.update(amount=1),
    ):
        with pytest.raises(ChangeRefused):
            change()
    for rows in (EntryLine.objects.all(), Entry.objects.all()):
        with pytest.raises(IntegrityError, match="table of record"), transaction.atomic():
            rows._raw_delete(using="default")
