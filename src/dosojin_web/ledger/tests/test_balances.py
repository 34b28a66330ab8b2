"""Balances, from tables of entries written as a bookkeeper would."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dosojin_web.ledger.balances import balance, balances_by_reference, trial_balance
from dosojin_web.ledger.chart import UnknownAccount
from dosojin_web.ledger.models import Entry

Post = Callable[..., Entry]

# A student pays, extends, and comes home early; the card company pays out; the refund goes back.
YEAR = """
on         | kind    | reference | account        |  amount
2026-05-01 | premium | K26-1     | card-clearing  |  12,001
           |         |           | premium-due:TK |  -8,401
           |         |           | premium-due:SJ |  -3,600
2026-05-02 | premium | K26-2     | card-clearing  |   5,000
           |         |           | premium-due:TK |  -3,500
           |         |           | premium-due:SJ |  -1,500
2026-06-10 | payout  | card-05   | bank           |  17,001
           |         |           | card-clearing  | -17,001
2026-07-01 | refund  | K26-1     | premium-due:TK |   2,101
           |         |           | premium-due:SJ |     900
           |         |           | refund-payable |  -3,001
2026-07-05 | paid    | K26-1     | refund-payable |   3,001
           |         |           | card-clearing  |  -3,001
"""

QUESTIONS = """
account        | reference | until      | balance
bank           |           |            |  17,001
bank           |           | 2026-06-09 |       0
bank           |           | 2026-06-10 |  17,001
card-clearing  |           |            |  -3,001
card-clearing  | K26-1     |            |   9,000
card-clearing  |           | 2026-05-01 |  12,001
premium-due    |           |            | -14,000
premium-due    | K26-1     |            |  -9,000
premium-due    | K26-2     |            |  -5,000
premium-due:TK |           |            |  -9,800
premium-due:SJ |           |            |  -4,200
premium-due:SJ | K26-1     |            |  -2,700
premium-due:SJ | K26-1     | 2026-06-30 |  -3,600
premium-due:ZZ |           |            |       0
premium-due:T  |           |            |       0
refund-payable |           |            |       0
refund-payable |           | 2026-07-01 |  -3,001
refund-payable | K26-9     |            |       0
"""


def read(table: str) -> Iterator[list[str]]:
    """The cells of each row below the heading."""
    for row in table.strip().splitlines()[1:]:
        yield [cell.strip() for cell in row.split("|")]


def whole(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.fixture
def year(enter: Post) -> None:
    entries: list[tuple[list[str], dict[str, int]]] = []
    for *facts, account, amount in read(YEAR):
        if facts[0]:
            entries.append((facts, {}))
        entries[-1][1][account] = whole(amount)
    for (on, kind, reference), lines in entries:
        enter(
            f"{kind}:{reference}",
            lines,
            kind=kind,
            reference=reference,
            on=date.fromisoformat(on),
        )


@pytest.mark.parametrize("question", list(read(QUESTIONS)), ids=lambda cells: " ".join(cells[:3]))
def test_balance(year: None, question: list[str]) -> None:
    account, reference, until, expected = question
    day = date.fromisoformat(until) if until else None
    with CaptureQueriesContext(connection) as asked:
        found = balance(account, reference or None, day)
    assert found == whole(expected)
    assert len(asked) == 1


def test_trial_balance(year: None) -> None:
    found = trial_balance()
    assert found == {
        "bank": 17_001,
        "card-clearing": -3_001,
        "refund-payable": 0,
        "premium-due:SJ": -4_200,
        "premium-due:TK": -9_800,
    }
    assert list(found)[:2] == ["bank", "card-clearing"]
    assert sum(found.values()) == 0


def test_balances_by_reference(year: None) -> None:
    assert balances_by_reference("premium-due") == {"K26-1": -9_000, "K26-2": -5_000}
    assert balances_by_reference("premium-due:SJ") == {"K26-1": -2_700, "K26-2": -1_500}
    assert balances_by_reference("refund-payable") == {"K26-1": 0}
    assert balances_by_reference("premium-due:ZZ") == {}


@pytest.mark.django_db
def test_an_empty_ledger_has_nothing() -> None:
    assert balance("bank") == 0
    assert trial_balance() == {}


def test_an_account_outside_the_chart_has_no_balance() -> None:
    with pytest.raises(UnknownAccount, match="no account 'premium'"):
        balance("premium")
