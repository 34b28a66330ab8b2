"""The first page: the contract."""

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft

ANSWERS = {
    "edition": "gakkensai-2026",
    "plan": "D",
    "inception": "2026-06-01",
    "expiry": "2027-03-31",
}


def test_the_newest_edition_is_shown_first(client: Client) -> None:
    text = client.get("/", headers={"Accept-Language": "en"}).text
    assert "Plan F" in text and "2026 edition" in text


def test_another_edition_has_its_own_plans(client: Client) -> None:
    text = client.get("/?edition=gakkensai-2025", headers={"Accept-Language": "en"}).text
    assert "Plan F" not in text and "As on the insured’s certificate" in text


def test_an_edition_that_does_not_exist_falls_back_to_the_newest(client: Client) -> None:
    assert client.get("/?edition=gakkensai-1999").status_code == 200


@pytest.mark.django_db
def test_a_contract_opens_a_claim(client: Client) -> None:
    response = client.post("/", ANSWERS)
    draft = ClaimDraft.objects.get()
    assert response.status_code == 302 and response.headers["Location"] == f"/claims/{draft.key}/"
    assert draft.claim["policy"] == {"inception": "2026-06-01", "expiry": "2027-03-31"}


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"plan": ""}, "plan", "Choose the plan"),
        ({"plan": "Z"}, "plan", "Choose the plan"),
        ({"inception": ""}, "inception", "on which cover begins"),
        ({"expiry": ""}, "expiry", "on which cover ends"),
        ({"expiry": "31.3.2027"}, "expiry", "“31.3.2027” is not a day"),
        ({"expiry": "2026-02-30"}, "expiry", "is not a day"),
        ({"expiry": "2026-05-31"}, "expiry", "ends before it begins"),
    ],
)
def test_an_error_stands_on_top_and_beside_its_field(
    client: Client, changed: dict[str, str], field: str, words: str
) -> None:
    response = client.post("/", ANSWERS | changed, headers={"Accept-Language": "en"})
    assert response.status_code == 422
    assert f'<a href="#{field}">' in response.text
    assert f'id="{field}-error"' in response.text
    assert response.text.count(words) == 2


def test_answers_are_kept_when_one_is_wrong(client: Client) -> None:
    text = client.post("/", ANSWERS | {"expiry": ""}).text
    assert 'value="2026-06-01"' in text and 'value="D" checked' in text


@pytest.mark.django_db
def test_one_day_of_cover_is_a_period(client: Client) -> None:
    assert client.post("/", ANSWERS | {"expiry": "2026-06-01"}).status_code == 302
