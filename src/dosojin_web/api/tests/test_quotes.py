"""Quotes, extensions and refunds over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from .conftest import V1, Post

TRIP = {"product": "gakkensai-2026", "start": "2026-08-03", "end": "2026-08-10"}


def get(client: Client, query: dict[str, str], language: str = "en") -> Any:
    return client.get(V1 + "quotes", query, headers={"Accept-Language": language})


def test_every_plan_that_takes_the_trip(client: Client) -> None:
    found = get(client, TRIP).json()
    assert [(offer["plan"], offer["premium"]) for offer in found["offers"]] == [
        ("A", 3710),
        ("C", 4730),
        ("E", 4920),
    ]
    assert (found["days"], found["currency"]) == (8, "JPY")
    assert found["enrolment"] == {"shown_deadline": "2026-07-24", "last_accepted": "2026-07-25"}
    longer = found["offers"][0]["longer"]
    assert (longer["same_until"], longer["more"]) == ("2026-08-10", 290)


def test_one_plan(client: Client) -> None:
    found = get(client, TRIP | {"plan": "C"}).json()
    assert [offer["plan"] for offer in found["offers"]] == ["C"]
    assert [lacked["benefit"] for lacked in found["offers"][0]["lacking"]] == ["trip_alteration"]


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"start": ""}, "field.day", "start"),
        ({"start": "1785110400"}, "field.day", "start"),
        ({"start": "2026-08-03T00:00:00"}, "field.day", "start"),
        ({"end": "2026-02-30"}, "field.day", "end"),
        ({"end": "2026-08-01"}, "rating.end_before_start", "end"),
        ({"end": "2036-08-01"}, "rating.period_too_long", "end"),
        ({"product": "nowhere"}, "rating.unknown_product", "product"),
        ({"product": "gakkensai-2025"}, "rating.no_published_tariff", "product"),
        ({"plan": "B"}, "rating.plan_does_not_fit", "plan"),
        ({"plan": ""}, "field.value", "plan"),
        ({"strat": "2026-08-03"}, "field.unknown", "strat"),
    ],
)
def test_what_cannot_be_taken(
    client: Client, change: dict[str, str], code: str, place: str
) -> None:
    response = get(client, TRIP | change)
    [problem] = response.json()["problems"]
    assert response.status_code == 422
    assert (problem["code"], problem["place"]) == (code, place)
    assert problem["message"] and problem["remedy"]


def test_all_that_is_missing_is_named(client: Client) -> None:
    response = get(client, {})
    assert [each["place"] for each in response.json()["problems"]] == ["product", "start", "end"]
    assert {each["code"] for each in response.json()["problems"]} == {"field.missing"}


def test_a_field_given_twice_is_refused(client: Client) -> None:
    response = client.get(V1 + "quotes?end=2026-08-10&end=2026-08-20")
    assert response.json()["problems"][0]["code"] == "field.twice"


def test_refusals_speak_the_readers_language(client: Client) -> None:
    said = get(client, TRIP | {"end": "2026-08-01"}, "ja").json()["problems"][0]["message"]
    assert "より前です" in said
    assert get(client, {}, "ja").json()["problems"][0]["message"] == "この項目がありません。"


def test_an_extension(post: Post) -> None:
    body = {**TRIP, "plan": "A", "new_end": "2026-09-05", "riders": []}
    found = post("quotes/extension", body).json()
    assert found["additional_premium"] == 11610 - 3710
    assert (found["plan"], found["changes_plan"], found["complete_by"]) == ("B", True, "2026-08-10")


def test_a_refund(post: Post) -> None:
    body = {**TRIP, "plan": "A", "last_covered_day": "2026-08-06"}
    found = post("quotes/refund", body).json()
    assert (found["kept_premium"], found["return_premium"]) == (2230, 1480)


@pytest.mark.parametrize(
    ("path", "body", "code", "place"),
    [
        ("quotes/extension", {**TRIP, "plan": "A"}, "field.missing", "new_end"),
        (
            "quotes/extension",
            {**TRIP, "plan": "A", "new_end": "2026-09-05", "riders": ["x"]},
            "rating.unknown_rider",
            "riders",
        ),
        (
            "quotes/extension",
            {**TRIP, "plan": "A", "new_end": "2026-09-05", "riders": [7]},
            "field.value",
            "riders[0]",
        ),
        (
            "quotes/refund",
            {**TRIP, "plan": "A", "last_covered_day": 20260806},
            "field.day",
            "last_covered_day",
        ),
        (
            "quotes/refund",
            {**TRIP, "plan": "A", "last_covered_day": "2026-08-06", "strategy": "x"},
            "field.value",
            "strategy",
        ),
        (
            "quotes/refund",
            {**TRIP, "plan": "A", "last_covered_day": "2026-08-06", "note": ""},
            "field.unknown",
            "note",
        ),
        ("quotes/refund", [1], "field.value", ""),
    ],
)
def test_bodies_that_cannot_be_taken(
    post: Post, path: str, body: Any, code: str, place: str
) -> None:
    response = post(path, body)
    [problem] = response.json()["problems"]
    assert response.status_code == 422
    assert (problem["code"], problem["place"]) == (code, place)
