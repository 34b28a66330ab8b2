"""The decision and its reasons."""

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "yen"), [("ja", "120,000円"), ("en", "120,000 yen")])
def test_a_certain_sum_with_its_clause(
    client: Client, settled: ClaimDraft, language: str, yen: str
) -> None:
    address = f"/claims/{settled.key}/decision/"
    text = client.get(address, headers={"Accept-Language": language}).text
    assert yen in text and '/wording/gakkensai-2026/#medical.1"' in text
    assert "sha256:" in text


def test_what_is_still_open_is_said(english: Client, draft: ClaimDraft) -> None:
    text = english.get(f"/claims/{draft.key}/decision/").text
    assert "answers are still open" in text


def test_the_money_is_shown_as_a_picture_and_a_table(english: Client, draft: ClaimDraft) -> None:
    draft.claim["expenses"] += [{"category": "rescuer_fare", "amount": "unknown"}]
    draft.save()
    text = english.get(f"/claims/{draft.key}/decision/").text
    assert "sankey-wide" in text and "The same in figures" in text and "no limit" in text


def test_a_stranger_gets_404(client: Client) -> None:
    assert client.get("/claims/guessed/decision/").status_code == 404
