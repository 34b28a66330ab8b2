"""What happened."""

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.situations import SITUATIONS, opening_facts, ready_categories
from dosojin_web.workbench.tests.conftest import injury

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(db: None) -> ClaimDraft:
    return ClaimDraft.objects.create(claim=injury() | {"facts": {}, "expenses": []})


def test_every_card_is_offered(client: Client, empty: ClaimDraft) -> None:
    text = client.get(f"/claims/{empty.key}/happened/").text
    assert text.count('name="happened"') == len(SITUATIONS) + 1


def test_cards_state_facts_and_lead_to_the_costs(client: Client, empty: ClaimDraft) -> None:
    response = client.post(
        f"/claims/{empty.key}/happened/", {"happened": ["injury", "hospital", "someone_comes"]}
    )
    assert response.headers["Location"] == f"/claims/{empty.key}/receipts/"
    empty.refresh_from_db()
    assert empty.claim["facts"] == {"cause": "injury", "admitted": True}


def test_what_is_not_chosen_stays_open_unless_it_is_denied() -> None:
    assert "died" not in opening_facts(["injury"])
    assert opening_facts(["injury", "nothing_else"])["died"] is False


def test_two_causes_leave_one_to_ask() -> None:
    assert opening_facts(["injury", "illness"])["cause"] == {"one_of": ["injury", "illness"]}


def test_another_choice_takes_back_only_what_the_first_one_said(
    client: Client, empty: ClaimDraft
) -> None:
    address = f"/claims/{empty.key}/happened/"
    client.post(address, {"happened": ["injury", "death"]})
    empty.refresh_from_db()
    empty.claim["facts"]["treated"] = True
    empty.save()
    client.post(address, {"happened": ["illness"]})
    empty.refresh_from_db()
    assert empty.claim["facts"] == {"cause": "illness", "treated": True}


def test_nothing_chosen_is_said(english: Client, empty: ClaimDraft) -> None:
    response = english.post(f"/claims/{empty.key}/happened/", {"happened": "nothing_else"})
    assert response.status_code == 422 and "at least one thing" in response.text


def test_costs_stand_ready_that_the_edition_takes() -> None:
    assert ready_categories(["teeth"], ["physician_and_hospital"]) == ["physician_and_hospital"]
    assert ready_categories(["teeth"], ["dentist_fee", "physician_and_hospital"]) == ["dentist_fee"]


def test_every_situation_opens_a_claim_that_can_be_read(client: Client) -> None:
    for situation in SITUATIONS:
        draft = ClaimDraft.objects.create(claim=injury() | {"facts": {}, "expenses": []})
        response = client.post(f"/claims/{draft.key}/happened/", {"happened": situation.id})
        assert response.status_code == 302, situation.id
        assert client.get(f"/claims/{draft.key}/receipts/").status_code == 200, situation.id
