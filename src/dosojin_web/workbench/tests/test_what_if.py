"""Other plans and editions, and what would turn the answer."""

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft

pytestmark = pytest.mark.django_db


def test_plans_stand_side_by_side(english: Client, settled: ClaimDraft) -> None:
    text = english.get(f"/claims/{settled.key}/what-if/").text
    assert "this claim’s plan" in text and "the same" in text
    assert "Plan A takes up to 31 days" in text
    assert 'value="gakkensai-2025:B"' in text


def test_a_smaller_sum_pays_less(english: Client, settled: ClaimDraft) -> None:
    settled.claim["facts"] |= {"died": True, "died_on": "2026-06-12"}
    settled.save()
    text = english.get(f"/claims/{settled.key}/what-if/").text
    assert "−7,000,000 yen" in text


def test_a_copy_is_opened_on_another_plan(client: Client, settled: ClaimDraft) -> None:
    address = f"/claims/{settled.key}/what-if/"
    response = client.post(address, {"other": "gakkensai-2025:B"})
    other = ClaimDraft.objects.exclude(key=settled.key).get()
    assert response.headers["Location"] == f"/claims/{other.key}/"
    assert (other.claim["product"], other.claim["plan"]) == ("gakkensai-2025", "B")
    settled.refresh_from_db()
    assert settled.claim["plan"] == "D"


def test_what_would_turn_it_is_found_on_demand(english: Client, settled: ClaimDraft) -> None:
    text = english.get(f"/claims/{settled.key}/what-if/?why=1").text
    assert "Medical and rescue expenses: covered" in text


def test_a_plan_that_does_not_exist_is_refused(client: Client, settled: ClaimDraft) -> None:
    response = client.post(f"/claims/{settled.key}/what-if/", {"other": "nothing:Z"})
    assert response.status_code == 422


def test_a_stranger_gets_404(client: Client) -> None:
    assert client.get("/claims/guessed/what-if/").status_code == 404
