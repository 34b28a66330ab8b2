"""The first page: the contract."""

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft

pytestmark = pytest.mark.django_db
ANSWERS = {
    "edition": "gakkensai-2026",
    "plan": "D",
    "inception": "2026-06-01",
    "expiry": "2027-03-31",
    "as_of": "2026-09-10",
}


def test_the_newest_edition_is_shown_first(english: Client) -> None:
    text = english.get("/").text
    assert "Plan F (over 3 months, up to 2 years)" in text
    assert "Emergency temporary return: 300,000" in text
    assert "Sums on the certificate" not in text


def test_an_edition_without_sums_asks_for_those_of_the_certificate(english: Client) -> None:
    text = english.get("/?edition=gakkensai-2025").text
    assert "Sums on the certificate" in text and 'name="sum-dental"' in text


def test_an_edition_that_does_not_exist_falls_back_to_the_newest(client: Client) -> None:
    assert client.get("/?edition=gakkensai-1999").status_code == 200


def test_a_contract_opens_a_claim(client: Client) -> None:
    response = client.post("/", ANSWERS)
    draft = ClaimDraft.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == f"/claims/{draft.key}/happened/"
    assert draft.claim["policy"] == {"inception": "2026-06-01", "expiry": "2027-03-31"}


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"plan": ""}, "plan", "Choose the plan"),
        ({"plan": "Z"}, "plan", "Choose the plan"),
        ({"plan": "C"}, "plan", "takes up to 31 days"),
        ({"inception": ""}, "inception", "on which cover begins"),
        ({"expiry": ""}, "expiry", "on which cover ends"),
        ({"as_of": ""}, "as_of", "all this is known"),
        ({"expiry": "31.3.2027"}, "expiry", "“31.3.2027” is not a day"),
        ({"expiry": "2026-02-30"}, "expiry", "is not a day"),
        ({"expiry": "2026-05-31"}, "expiry", "ends before it begins"),
        ({"expiry": "2030-03-31"}, "expiry", "longer than any plan"),
    ],
)
def test_an_error_stands_on_top_and_beside_its_field(
    english: Client, changed: dict[str, str], field: str, words: str
) -> None:
    response = english.post("/", ANSWERS | changed)
    assert response.status_code == 422
    assert f'<a href="#{field}">' in response.text
    assert f'id="{field}-error"' in response.text
    assert response.text.count(words) == 2


def test_answers_are_kept_when_one_is_wrong(client: Client) -> None:
    text = client.post("/", ANSWERS | {"expiry": ""}).text
    assert 'value="2026-06-01"' in text and 'value="D" checked' in text


def test_sums_riders_and_payment_are_read(client: Client) -> None:
    answers = ANSWERS | {
        "edition": "gakkensai-2025",
        "sum-medical_rescue": "無制限",
        "sum-dental": "１０万円",
        "sum-flight_delay": "no",
        "sum-liability": "0",
        "premium_paid_on": "2026-05-01",
        "riders": ["special_hazard"],
        "place_offset": "-04:00",
    }
    assert client.post("/", answers).status_code == 302
    claim = ClaimDraft.objects.get().claim
    assert claim["place_offset"] == "-04:00"
    policy = claim["policy"]
    assert policy["sums"] == {
        "medical_rescue": "unlimited",
        "dental": 100000,
        "flight_delay": False,
        "liability": 0,
    }
    assert policy["riders"] == ["special_hazard"]
    assert policy["premium_paid_on"] == "2026-05-01"


def test_a_rider_that_the_plan_includes_stays(client: Client) -> None:
    answers = ANSWERS | {"edition": "gakkensai-2025", "plan": "E", "expiry": "2026-08-31"}
    client.post("/", answers | {"riders": ["special_hazard"]})
    riders = ClaimDraft.objects.get().claim["policy"]["riders"]
    assert set(riders) == {"special_hazard", "preexisting_emergency"}


def test_a_sum_that_cannot_be_read_is_named(english: Client) -> None:
    answers = ANSWERS | {"edition": "gakkensai-2025", "sum-dental": "some"}
    text = english.post("/", answers).text
    assert 'href="#sum-dental"' in text and "“some” is not an amount in yen" in text


def test_the_contract_can_be_changed_and_answers_stay(client: Client, draft: ClaimDraft) -> None:
    assert 'value="D" checked' in client.get(f"/?claim={draft.key}").text
    client.post("/", ANSWERS | {"claim": draft.key, "plan": "B"})
    draft.refresh_from_db()
    assert draft.claim["plan"] == "B" and draft.claim["facts"] == {"cause": "injury"}


def test_a_stranger_cannot_change_a_contract(client: Client) -> None:
    assert client.get("/?claim=guessed").status_code == 404
    assert client.post("/", ANSWERS | {"claim": "guessed"}).status_code == 404


def test_one_day_of_cover_is_a_period(client: Client) -> None:
    one_day = ANSWERS | {"plan": "A", "expiry": "2026-06-01"}
    assert client.post("/", one_day).status_code == 302
