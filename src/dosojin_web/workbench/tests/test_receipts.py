"""Receipts: typed in rows, with rates."""

import pytest
from django.test import Client

from dosojin_web.workbench.models import ClaimDraft

pytestmark = pytest.mark.django_db


def row(number: int, **parts: str) -> dict[str, str]:
    usual = {"category": "physician_and_hospital", "currency": "JPY", "status": "paid"}
    return {f"receipts-{number}-{part}": value for part, value in (usual | parts).items()}


def post(client: Client, draft: ClaimDraft, answers: dict[str, str], action: str = "keep") -> str:
    response = client.post(f"/claims/{draft.key}/receipts/", answers | {"action": action})
    draft.refresh_from_db()
    return response.text


def test_rows_that_fit_what_happened_stand_ready(client: Client, draft: ClaimDraft) -> None:
    draft.claim["expenses"] = []
    draft.happened = ["injury", "someone_comes"]
    draft.save()
    text = client.get(f"/claims/{draft.key}/receipts/").text
    assert text.count('class="cost"') == 3
    assert 'value="rescuer_fare" selected' in text and 'name="receipts-2-nights"' in text


def test_receipts_are_kept(client: Client, draft: ClaimDraft) -> None:
    answers = row(0, amount="１２０，０００") | row(
        1, category="rescuer_room", who="mother", amount="30万", nights="20", on="2026-06-20"
    )
    post(client, draft, answers)
    assert draft.claim["expenses"] == [
        {"category": "physician_and_hospital", "amount": 120000, "status": "paid"},
        {
            "category": "rescuer_room", "amount": 300000, "status": "paid", "on": "2026-06-20",
            "person": "mother", "nights": 20,
        },
    ]  # fmt: skip


def test_a_thing_is_an_item_and_a_person_a_person(client: Client, draft: ClaimDraft) -> None:
    post(client, draft, row(0, category="belonging", who="camera", amount="80000"))
    assert draft.claim["expenses"][0]["item"] == "camera"


def test_an_amount_left_empty_is_not_known(client: Client, draft: ClaimDraft) -> None:
    post(client, draft, row(0, amount=""))
    assert draft.claim["expenses"][0]["amount"] == "unknown"


def test_a_range_is_kept_until_an_amount_is_known(client: Client, draft: ClaimDraft) -> None:
    span = {"from": 5, "to": 70}
    draft.claim["expenses"] = [{"category": "physician_and_hospital", "amount": span}]
    draft.save()
    post(client, draft, row(0, amount="", **{"from": "0"}))
    assert draft.claim["expenses"][0]["amount"] == span
    post(client, draft, row(0, amount="60", **{"from": "0"}))
    assert draft.claim["expenses"][0]["amount"] == 60


def test_a_blank_row_is_no_receipt(client: Client, draft: ClaimDraft) -> None:
    post(client, draft, row(0, amount="100") | row(1, category="", amount="", status=""))
    assert len(draft.claim["expenses"]) == 1


def test_what_the_form_does_not_show_is_kept(client: Client, draft: ClaimDraft) -> None:
    draft.claim["expenses"] = [
        {"category": "belonging", "amount": 5, "repair_cost": 3},
        {"category": "belonging", "amount": 7, "abroad": True},
    ]
    draft.save()
    post(client, draft, row(0, category="belonging", amount="8", **{"from": "1"}))
    assert draft.claim["expenses"] == [
        {"category": "belonging", "amount": 8, "status": "paid", "abroad": True}
    ]


def test_a_foreign_amount_wants_its_rate(english: Client, draft: ClaimDraft) -> None:
    text = post(english, draft, row(0, amount="1,250.00", currency="USD"))
    for part in ("yen", "on", "source"):
        assert f'href="#rate-USD-{part}"' in text and f'id="rate-USD-{part}-error"' in text
    rate = {"rate-USD-yen": "155.20", "rate-USD-on": "2026-07-31", "rate-USD-source": "bank"}
    post(english, draft, row(0, amount="1,250.00", currency="USD") | rate)
    assert draft.claim["expenses"][0]["amount"] == "1250.00"
    assert draft.claim["rates"] == {"USD": {"yen": "155.20", "on": "2026-07-31", "source": "bank"}}


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_lost(
    english: Client, draft: ClaimDraft
) -> None:
    answers = row(0, amount="lots") | row(1, category="", amount="5") | row(2, amount="7")
    text = post(english, draft, answers)
    assert 'href="#receipts-0-amount"' in text and 'href="#receipts-1-category"' in text
    assert 'value="lots"' in text and 'value="7"' in text
    assert draft.claim["expenses"][0]["amount"] == 120000


def test_the_engine_s_refusal_stands_beside_its_row(english: Client, draft: ClaimDraft) -> None:
    answers = row(0, amount="100", on="2026-06-10") | row(1, amount="200", on="2026-13-40")
    text = post(english, draft, answers)
    assert 'href="#receipts-1-on"' in text and "cannot be read" in text


def test_rows_are_added_and_removed_without_keeping(client: Client, draft: ClaimDraft) -> None:
    answers = row(0, amount="1") | row(1, amount="2")
    assert post(client, draft, answers, "add").count('class="cost"') == 3
    text = post(client, draft, answers, "remove:0")
    assert text.count('class="cost"') == 1 and 'value="2"' in text
    assert draft.claim["expenses"][0]["amount"] == 120000


def test_deductions_show_where_they_matter(client: Client, draft: ClaimDraft) -> None:
    assert "receipts-0-refunded" not in client.get(f"/claims/{draft.key}/receipts/").text
    draft.claim["facts"]["deductions"] = {"has": ["refund"], "not": []}
    draft.save()
    assert "receipts-0-refunded" in client.get(f"/claims/{draft.key}/receipts/").text
    post(client, draft, row(0, amount="100", refunded="40"))
    assert draft.claim["expenses"][0]["refunded"] == 40


def test_pasted_lines_become_rows_and_the_rest_stays(english: Client, draft: ClaimDraft) -> None:
    pasted = "hospital USD 14,200.00 2026-06-14 billed\nsomething odd"
    text = post(english, draft, row(0, amount="") | {"pasted": pasted}, "paste")
    assert 'value="14,200.00"' in text and 'value="2026-06-14"' in text
    assert "Line 2: No amount was found." in text and "something odd</textarea>" in text
    assert 'id="rate-USD-yen"' in text


def test_lines_that_were_not_read_are_not_thrown_away(english: Client, draft: ClaimDraft) -> None:
    text = post(english, draft, row(0, amount="100") | {"pasted": "hotel 200"})
    assert "lines that were not read yet" in text and "hotel 200</textarea>" in text


def test_a_stranger_gets_404(client: Client) -> None:
    assert client.get("/claims/guessed/receipts/").status_code == 404
