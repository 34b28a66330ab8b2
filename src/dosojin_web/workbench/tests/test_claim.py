"""One claim."""

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> ClaimDraft:
    return ClaimDraft.objects.create(
        claim={
            "product": "gakkensai-2026",
            "plan": "D",
            "policy": {"inception": "2026-06-01", "expiry": "2027-03-31"},
        }
    )


def test_the_contract_is_shown(client: Client, draft: ClaimDraft) -> None:
    text = client.get(f"/claims/{draft.key}/", headers={"Accept-Language": "ja"}).text
    assert "Dプラン" in text and "2026年6月1日（月）から2027年3月31日（水）まで" in text


def test_the_contract_can_be_changed(client: Client, draft: ClaimDraft) -> None:
    text = client.get(f"/claims/{draft.key}/").text
    assert "/?edition=gakkensai-2026&amp;plan=D&amp;inception=2026-06-01" in text


def test_a_stranger_gets_404(client: Client) -> None:
    assert client.get("/claims/guessed/").status_code == 404


def test_a_key_cannot_be_guessed(draft: ClaimDraft) -> None:
    assert len(draft.key) >= 22
