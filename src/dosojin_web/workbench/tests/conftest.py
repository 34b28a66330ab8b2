"""Claims to work on."""

from typing import Any

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft


def injury() -> dict[str, Any]:
    """A broken leg: one hospital bill in yen, and most of what matters left open."""
    return {
        "product": "gakkensai-2026",
        "plan": "D",
        "as_of": "2026-09-10",
        "policy": {"inception": "2026-06-01", "expiry": "2026-08-31"},
        "facts": {"cause": "injury"},
        "expenses": [{"category": "physician_and_hospital", "amount": 120000, "status": "paid"}],
    }


SETTLED = {
    "accident": True,
    "accident_on": "2026-06-10",
    "accident_on_trip": True,
    "treated": True,
    "first_treated_on": "2026-06-10",
    "circumstances": "none",
    "deductions": "none",
    "returned_home_on": "2026-08-20",
    "delayed_return": "none",
    "died": False,
    "disabled": False,
    "distress": "none",
    "admitted": False,
    "trip_curtailed": False,
    "trip_cancelled": False,
}


@pytest.fixture
def draft(db: None) -> ClaimDraft:
    return ClaimDraft.objects.create(claim=injury(), happened=["injury"])


@pytest.fixture
def settled(db: None) -> ClaimDraft:
    """The same with every answer given: 120,000 yen, certain."""
    claim = injury()
    claim["policy"]["premium_paid_on"] = "2026-05-01"
    claim["facts"] |= SETTLED
    claim["expenses"][0]["on"] = "2026-06-10"
    return ClaimDraft.objects.create(claim=claim, happened=["injury"])


@pytest.fixture
def english(client: Client) -> Client:
    """A reader of English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
