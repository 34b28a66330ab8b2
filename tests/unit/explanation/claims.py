"""Claims that the tests of explanations share: a leg broken in Boston, and the worked cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.products import editions

FACTS: dict[str, Any] = {
    "cause": "injury",
    "accident": True,
    "accident_on": "2026-06-02",
    "accident_on_trip": True,
    "treated": True,
    "first_treated_on": "2026-06-02",
    "admitted": True,
    "admitted_on": "2026-06-03",
    "discharged_on": "2026-06-14",
    "returned_home_on": {"from": "2026-08-01"},
    "delayed_return": "none",
    "distress": "none",
    "died": False,
    "disabled": False,
    "borne_by_family": True,
    "named_rescuers": "none",
    "circumstances": "none",
    "deductions": "none",
}
EXPENSES: list[dict[str, Any]] = [
    {"category": "rescuer_fare", "person": "mother", "amount": 210000, "on": "2026-06-04"},
    {"category": "rescuer_fare", "person": "father", "amount": 210000, "on": "2026-06-04"},
    {"category": "rescuer_fare", "person": "sister", "amount": 180000, "on": "2026-06-05"},
    {"category": "rescuer_fare", "person": "uncle", "amount": 150000, "on": "2026-06-05"},
    {
        "category": "rescuer_room",
        "person": "mother",
        "amount": 300000,
        "nights": 20,
        "on": "2026-06-05",
    },
]


def boston(*without: str, **changes: Any) -> dict[str, Any]:
    """The claim file; `without` leaves facts out, `changes` replaces entries of the file."""
    return {
        "product": "gakkensai-2026",
        "plan": "D",
        "as_of": "2026-08-01",
        "place_offset": "-04:00",
        "policy": {
            "inception": "2026-06-01",
            "expiry": "2026-08-31",
            "premium_paid_on": "2026-05-01",
            "extended": False,
            "riders": "none",
        },
        "facts": {name: value for name, value in FACTS.items() if name not in without},
        "expenses": EXPENSES,
        "documents": ["receipt"],
        **changes,
    }


def every_worked_claim() -> Iterator[Claim]:
    """The claims of all worked cases, as they are filed."""
    for product in editions():
        for case in worked_cases(product):
            for step in case.steps:
                yield read_claim(step.claim)
