"""A stand-in for the provider, and what every test here begins with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import stripe
from django.utils import timezone

from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.payments.tests.trial import KEY, SECRET, TOLD, Trial


@pytest.fixture(autouse=True)
def told() -> list[tuple[Any, ...]]:
    """What the purpose was told since the test began."""
    TOLD.clear()
    Trial.trouble = False
    return TOLD


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK waits half a second before it tries again; tests need not."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)


@pytest.fixture
def now() -> datetime:
    """The provider knows the real time, so we ask for the same."""
    return timezone.now()


@pytest.fixture
def fake(settings: Any) -> Iterator[Fake]:
    """A stand-in that keeps its events until the test delivers them."""
    with run_fake(KEY, SECRET) as running:
        settings.STRIPE_API_BASE = running.base
        settings.STRIPE_API_KEY = KEY
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        settings.CHECKOUT_ORIGIN = running.base
        yield running
