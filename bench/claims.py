"""The claims that the benchmark decides; each is a claim as a person would file it."""

from __future__ import annotations

from typing import Any

POLICY = {
    "inception": "2026-06-01",
    "expiry": "2026-08-31",
    "premium_paid_on": "2026-05-01",
    "extended": False,
    "age_at_inception": 20,
}
BOSTON: dict[str, Any] = {
    "product": "gakkensai-2026",
    "plan": "D",
    "as_of": "2026-08-31",
    "place_offset": "-04:00",
    "policy": POLICY,
    "facts": {
        "cause": "injury",
        "accident": True,
        "accident_on": "2026-06-20",
        "accident_on_trip": True,
        "treated": True,
        "first_treated_on": "2026-06-20",
        "admitted": True,
        "admitted_on": "2026-06-20",
        "discharged_on": "2026-07-01",
        "delayed_return": "none",
        "borne_by_family": True,
        "distress": "none",
        "died": False,
        "circumstances": "none",
        "deductions": "none",
    },
    "expenses": [
        {"category": "physician_and_hospital", "amount": 4_200_000, "on": "2026-07-01"},
        {"category": "rescuer_fare", "person": "mother", "amount": 210_000, "on": "2026-06-22"},
        {"category": "rescuer_fare", "person": "father", "amount": 210_000, "on": "2026-06-22"},
        {
            "category": "rescuer_room",
            "person": "mother",
            "nights": 20,
            "amount": 400_000,
            "on": "2026-06-23",
        },
    ],
}


def without(claim: dict[str, Any], *facts: str) -> dict[str, Any]:
    """The same claim with some facts not yet asked."""
    kept = {name: value for name, value in claim["facts"].items() if name not in facts}
    return {**claim, "facts": kept}

EVERYTHING: dict[str, Any] = {
    **BOSTON,
    "plan": "E",
    "facts": {
        **BOSTON["facts"],
        "died": True,
        "died_on": "2026-07-01",
        "disabled": True,
        "disability_on": "2026-06-30",
        "disability_grades": [9, 13],
        "returned_home_on": "2026-07-10",
        "baggage_delayed": True,
        "flight_disrupted": True,
        "trip_curtailed": True,
    },
    "expenses": [
        *BOSTON["expenses"],
        {"category": "damages", "amount": 300_000},
        {"category": "belonging", "amount": 80_000, "item": "camera"},
        {"category": "baggage_purchase", "amount": 20_000},
        {"category": "delay_lodging", "amount": 12_000},
        {"category": "fare_home", "amount": 150_000},
    ],
}
