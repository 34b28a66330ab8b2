"""A short way to post."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.ledger.models import Entry
from dosojin_web.ledger.operations.post_entry import Line, post

DAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 3, tzinfo=UTC)

Post = Callable[..., Entry]


@pytest.fixture
def enter(db: None) -> Post:
    """Posts ``account=yen`` pairs under a key, for the reference K26-1 unless told otherwise."""

    def run(
        key: str,
        lines: dict[str, int],
        *,
        kind: str = "premium",
        reference: str = "K26-1",
        on: date = DAY,
    ) -> Entry:
        named = [Line(account, amount) for account, amount in lines.items()]
        return post(kind, key, named, reference, on, SYSTEM, NOON)

    return run
