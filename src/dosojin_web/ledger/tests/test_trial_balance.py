"""The command prints a table with totals, and fails when the books do not hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from dosojin_web.ledger.models import Entry, EntryLine

Post = Callable[..., Entry]

TABLE = """
  Account          Title                          Debit (yen)   Credit (yen)
 ────────────────────────────────────────────────────────────────────────────
  card-clearing    Card payments not yet received     10,001
  premium-due:SJ   Premiums due to insurers                           3,000
  premium-due:TK   Premiums due to insurers                           7,001
 ────────────────────────────────────────────────────────────────────────────
  Total                                               10,001         10,001
"""


def run() -> tuple[int, str]:
    out, status = StringIO(), 0
    try:
        call_command("trial_balance", stdout=out)
    except SystemExit as left:
        status = int(left.code or 0)
    return status, out.getvalue()


def words(page: str) -> list[list[str]]:
    return [line.split() for line in page.strip().splitlines() if line.strip()]


def test_every_account_stands_with_its_side(enter: Post) -> None:
    enter("a", {"card-clearing": 10_001, "premium-due:TK": -7_001, "premium-due:SJ": -3_000})
    status, said = run()
    assert status == 0
    assert [row for row in words(said) if "─" not in row[0]] == [
        row for row in words(TABLE) if "─" not in row[0]
    ]


@pytest.mark.django_db
def test_an_empty_ledger_balances() -> None:
    status, said = run()
    assert status == 0
    assert words(said)[-1] == ["Total", "0", "0"]


@pytest.mark.django_db
def test_an_entry_that_nobody_sealed_is_named() -> None:
    entry = Entry.objects.create(
        kind="premium",
        key="a",
        reference="K26-1",
        on=date(2026, 6, 1),
        at=datetime(2026, 6, 1, tzinfo=UTC),
        actor="system",
    )
    EntryLine.objects.create(entry=entry, account="bank", amount=1500)
    status, said = run()
    assert status == 1
    assert "The two sides differ by +1,500 yen." in said
    assert "1 entries were never sealed." in said
