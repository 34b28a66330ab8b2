"""Kinds of deadline and rounds that live for one test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dosojin_web.deadlines import kinds, rounds

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def own_registries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No kind and no round of another slice, and none of these tests left behind."""
    monkeypatch.setattr(kinds, "KINDS", {})
    monkeypatch.setattr(rounds, "ROUNDS", [])
    monkeypatch.setattr("dosojin_web.deadlines.worker.ROUNDS", rounds.ROUNDS)
    yield


@pytest.fixture
def fired() -> list[tuple[dict[str, Any], datetime]]:
    """A kind ``test.note`` that writes down what it was told, here."""
    calls: list[tuple[dict[str, Any], datetime]] = []

    @kinds.deadline_kind("test.note")
    def note(payload: dict[str, Any], at: datetime) -> None:
        calls.append((payload, at))

    return calls


@pytest.fixture
def broken() -> list[str]:
    """A kind ``test.broken`` that fails as long as this list is not empty."""
    reasons = ["the tariff is missing"]

    @kinds.deadline_kind("test.broken")
    def fail(payload: dict[str, Any], at: datetime) -> None:
        if reasons:
            raise RuntimeError(reasons[0])

    return reasons
