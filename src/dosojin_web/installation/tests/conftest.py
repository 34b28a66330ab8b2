"""A moment, and a database that is marked."""

from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW
