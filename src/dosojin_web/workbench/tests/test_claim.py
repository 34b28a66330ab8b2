"""The desk: questions, one after the other, and the answers."""

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft

pytestmark = pytest.mark.django_db


def send(client: Client, draft: ClaimDraft, key: str, **answers: str | list[str]) -> int:
    response = client.post(f"/claims/{draft.key}/", {"key": key, **answers})
    draft.refresh_from_db()
    return response.status_code


def test_the_contract_is_shown(client: Client, draft: ClaimDraft) -> None:
    text = client.get(f"/claims/{draft.key}/", headers={"Accept-Language": "ja"}).text
    assert "Dプラン" in text and "2026年6月1日（月）から2026年8月31日（月）まで" in text
    assert f"/?claim={draft.key}" in text


def test_the_question_says_why_what_it_is_worth_and_what_shows_it(
    english: Client, draft: ClaimDraft
) -> None:
    text = english.get(f"/claims/{draft.key}/").text
    assert "Why we ask" in text and "What depends on it" in text and "What shows it" in text
    assert "/wording/gakkensai-2026/#medical." in text


def test_an_answer_is_kept_and_the_next_question_asked(client: Client, draft: ClaimDraft) -> None:
    assert send(client, draft, "accident_on", answer="2026-06-10") == 302
    assert draft.claim["facts"]["accident_on"] == "2026-06-10"
    assert draft.trail == ["accident_on"]
    text = client.get(f"/claims/{draft.key}/").text
    assert 'name="key" value="accident_on"' not in text and "?ask=accident_on" in text


@pytest.mark.parametrize(
    ("key", "sent", "kept"),
    [
        ("accident", {"answer": "yes"}, True),
        ("accident", {"answer": "unknown"}, "unknown"),
        ("accident_on", {"state": "unknown"}, "unknown"),
        ("accident_on", {"first": "2026-06-10", "last": "2026-06-12"},
         {"from": "2026-06-10", "to": "2026-06-12"}),
        ("accident_on", {"answer": "2026-06-10", "time": "23:30", "offset": "-04:00"},
         "2026-06-10T23:30-04:00"),
        ("returned_home_on", {"state": "running"}, {"from": "2026-09-10"}),
        ("cause", {"answer": "illness"}, "illness"),
        ("craft_missing_days", {"answer": "３０"}, 30),
        ("craft_missing_days", {"first": "3", "last": "9"}, {"from": 3, "to": 9}),
        ("delayed_return_time", {"answer": "6時間30分"}, "6:30"),
        ("disability_grades", {"answer": "7、12級"}, [7, 12]),
        ("named_rescuers", {"answer": "mother, father"}, ["mother", "father"]),
        ("named_rescuers", {"state": "none"}, "none"),
        ("tour_price", {"answer": "３０万円"}, 300000),
        ("circumstances", {"answer": "none", "shown": "fight war"},
         {"has": [], "not": ["war", "fight"]}),
        ("circumstances", {"answer": ["fight"], "shown": "fight war"},
         {"has": ["fight"], "not": ["war"]}),
    ],
)  # fmt: skip
def test_answers_of_every_kind(
    client: Client, draft: ClaimDraft, key: str, sent: dict[str, str], kept: object
) -> None:
    assert send(client, draft, key, **sent) == 302
    assert draft.claim["facts"][key] == kept
    assert client.get(f"/claims/{draft.key}/?ask={key}").status_code == 200


@pytest.mark.parametrize(
    ("key", "sent", "words"),
    [
        ("accident", {}, "Choose an answer"),
        ("accident_on", {"answer": "2027-01-01"}, "is later than as_of"),
        ("accident_on", {"answer": "yesterday"}, "cannot be read"),
        ("accident_on", {}, "Enter a day"),
        ("accident_on", {"answer": "2026-06-10", "time": "23:30"}, "offset from UTC"),
        ("accident_on", {"answer": "2026-06-10", "first": "2026-06-09"}, "a range as well"),
        ("craft_missing_days", {"answer": "many"}, "“many” is not a whole number"),
        ("delayed_return_time", {"answer": "long"}, "Write it like 6:30"),
        ("disability_grades", {"answer": "15"}, "grade from 1 to 14"),
        ("circumstances", {"shown": "fight"}, "None of these apply"),
        ("circumstances", {"answer": ["none", "fight"], "shown": "fight"}, "Keep one of the two"),
        ("circumstances", {"answer": ["unknown", "fight"], "shown": "fight"}, "Keep one of"),
    ],
)  # fmt: skip
def test_a_bad_answer_is_said_beside_its_field_and_not_kept(
    english: Client, draft: ClaimDraft, key: str, sent: dict[str, str], words: str
) -> None:
    response = english.post(f"/claims/{draft.key}/", {"key": key, **sent})
    assert response.status_code == 422
    assert words in response.text and "error-summary" in response.text
    draft.refresh_from_db()
    assert key not in draft.claim["facts"]


def test_none_of_these_settles_the_set_and_keeps_what_was_said(
    client: Client, draft: ClaimDraft
) -> None:
    send(client, draft, "circumstances", answer=["fight"], shown="fight war")
    send(client, draft, "circumstances", answer="none", shown="war crime")
    assert draft.claim["facts"]["circumstances"] == {
        "has": ["fight"],
        "not": ["war", "crime"],
    }


def test_facts_of_the_certificate_go_to_the_policy(client: Client, draft: ClaimDraft) -> None:
    send(client, draft, "premium_paid_on", answer="2026-05-01")
    assert draft.claim["policy"]["premium_paid_on"] == "2026-05-01"
    send(client, draft, "sums.personal_effects", answer="200,000")
    assert draft.claim["policy"]["sums"] == {"personal_effects": 200000}


def test_facts_of_a_receipt_go_to_the_receipt(client: Client, draft: ClaimDraft) -> None:
    send(client, draft, "expenses[0].on", answer="2026-06-11")
    assert draft.claim["expenses"][0]["on"] == "2026-06-11"


def test_an_answer_can_be_taken_back(client: Client, draft: ClaimDraft) -> None:
    send(client, draft, "accident", answer="yes")
    send(client, draft, "accident", state="clear")
    assert "accident" not in draft.claim["facts"] and draft.trail == []


def test_answers_that_contradict_each_other_are_refused(english: Client, draft: ClaimDraft) -> None:
    draft.claim["facts"] |= {"admitted": True, "admitted_on": "2026-06-10"}
    draft.save()
    sent = {"key": "discharged_on", "answer": "2026-06-01"}
    response = english.post(f"/claims/{draft.key}/", sent)
    assert response.status_code == 422 and "check and correct it" in response.text


def test_back_leads_to_the_answer_before(client: Client, draft: ClaimDraft) -> None:
    send(client, draft, "accident", answer="yes")
    assert 'class="back-link" href="/claims/' in client.get(f"/claims/{draft.key}/").text
    assert "?ask=accident" in client.get(f"/claims/{draft.key}/").text


def test_a_certain_decision_asks_nothing_more(english: Client, settled: ClaimDraft) -> None:
    text = english.get(f"/claims/{settled.key}/").text
    assert "The decision is certain" in text and "120,000" in text
    assert 'id="question"' not in text


def test_a_question_that_does_not_exist_is_404(client: Client, draft: ClaimDraft) -> None:
    assert send(client, draft, "no_such_fact", answer="yes") == 404
    assert send(client, draft, "expenses[9].on", answer="2026-06-11") == 404


def test_a_claim_that_cannot_be_read_says_so(english: Client, draft: ClaimDraft) -> None:
    draft.claim["facts"]["cause"] = "magic"
    draft.save()
    response = english.get(f"/claims/{draft.key}/")
    assert response.status_code == 422 and "This claim cannot be read" in response.text


def test_a_stranger_gets_404(client: Client) -> None:
    assert client.get("/claims/guessed/").status_code == 404


def test_a_key_cannot_be_guessed(draft: ClaimDraft) -> None:
    assert len(draft.key) >= 22
