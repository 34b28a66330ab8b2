"""Refunds that did not arrive: tried again, or paid by bank."""

from datetime import date

import pytest

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.roles import Role
from dosojin_web.authority.models import Approval
from dosojin_web.authority.operations.set_authority import grant_authority
from dosojin_web.ledger.balances import trial_balance
from dosojin_web.payments.models import CardRefund, RefundState
from dosojin_web.policies.models import TransferDue, TransferState
from dosojin_web.policies.tests.conftest import NOW, World

from .conftest import Desk, count_queries

pytestmark = pytest.mark.django_db
PAID = {"paid_on": "2027-03-31", "reference": "B-1"}


def address(refund: CardRefund, act: str = "") -> str:
    return f"/agency/refunds/{refund.pk}/" + (f"{act}/" if act else "")


def grant(world: World, most: int) -> None:
    grant_authority(
        Role.AGENCY, world.scheme.agency, "refund.transfer", most, date(2027, 1, 1), SYSTEM, NOW
    )


def test_the_page_says_why_it_failed(desk: Desk, refund: CardRefund) -> None:
    text = desk.read(address(refund))
    assert "The card has expired or was cancelled." in text
    assert "17,370" in text
    assert "HANAKO SATO" in desk.read("/agency/refunds/")


def test_it_is_tried_again_once(desk: Desk, refund: CardRefund) -> None:
    assert desk.post(address(refund, "replace")).status_code == 302
    assert desk.post(address(refund, "replace")).status_code == 302
    new = CardRefund.objects.get(replaces=refund)
    refund.refresh_from_db()
    assert refund.state == RefundState.REPLACED
    assert f"/agency/refunds/{new.pk}/" in desk.read(address(refund))
    assert desk.post(address(new, "replace")).status_code == 422, "it has not failed"


def test_within_ones_authority_a_transfer_settles_it(
    world: World, desk: Desk, refund: CardRefund
) -> None:
    grant(world, 50_000)
    assert desk.post(address(refund, "transfer"), **PAID).status_code == 302
    assert desk.post(address(refund, "transfer"), **PAID).status_code == 302
    refund.refresh_from_db()
    assert refund.state == RefundState.TRANSFERRED
    assert trial_balance()["bank"] == -17_370


def test_above_it_another_person_approves(
    world: World, desk: Desk, second: Desk, refund: CardRefund
) -> None:
    desk.post(address(refund, "transfer"), **PAID)
    asked = Approval.objects.get()
    refund.refresh_from_db()
    assert refund.state == RefundState.FAILED
    assert asked.reason == "2027-03-31 B-1"
    assert "another person of your office" in desk.read(address(refund))
    assert desk.post(address(refund, "decide"), outcome="approved").status_code == 403
    assert second.post(address(refund, "decide"), outcome="approved").status_code == 403
    grant(world, 50_000)
    assert desk.post(address(refund, "decide"), outcome="approved").status_code == 403
    assert second.post(address(refund, "decide"), outcome="approved").status_code == 302
    refund.refresh_from_db()
    assert refund.state == RefundState.TRANSFERRED


def test_what_is_not_approved_says_why(
    world: World, desk: Desk, second: Desk, refund: CardRefund
) -> None:
    desk.post(address(refund, "transfer"), **PAID)
    grant(world, 50_000)
    answer = second.post(address(refund, "decide"), outcome="refused", reason="")
    assert answer.status_code == 422 and 'id="reason-error"' in answer.text
    sent = {"outcome": "refused", "reason": "no such transfer"}
    assert second.post(address(refund, "decide"), **sent).status_code == 302
    assert "Paid by bank transfer" in second.read(address(refund)), "it can be recorded anew"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"reference": ""}, "reference"), ({"paid_on": ""}, "paid_on"),
     ({"paid_on": "2027-04-02"}, "paid_on")],
)  # fmt: skip
def test_bad_input(desk: Desk, refund: CardRefund, wrong: dict[str, str], field: str) -> None:
    answer = desk.post(address(refund, "transfer"), **(PAID | wrong))
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text


def test_more_refunds_take_no_more_queries(desk: Desk, refund: CardRefund) -> None:
    with count_queries() as few:
        desk.read("/agency/refunds/")
    for number in range(3):
        refund.pk, refund.key = None, f"more-{number}"
        refund.save(force_insert=True)
    with count_queries() as many:
        assert desk.read("/agency/refunds/").count("HANAKO SATO") == 4
    assert len(many) == len(few)


ACCOUNT = {"bank": "みずほ", "branch": "本郷", "account": "普通 1234567", "holder": "サトウ ハナコ"}


def test_return_premium_by_bank_takes_two(desk: Desk, second: Desk, transfer: TransferDue) -> None:
    page = f"/agency/transfers/{transfer.key}/"
    paid = {"paid_on": "2027-06-20", "reference": "B-2"}
    answer = desk.post(f"{page}prepare/", version="1", **(ACCOUNT | {"bank": ""}))
    assert answer.status_code == 422 and 'id="bank-error"' in answer.text
    assert desk.post(f"{page}prepare/", version="1", **ACCOUNT).status_code == 302
    assert second.post(f"{page}prepare/", version="1", **ACCOUNT).status_code == 409
    assert "Another person pays" in desk.read(page)
    assert desk.post(f"{page}settle/", version="2", **paid).status_code == 403
    answer = second.post(f"{page}settle/", version="2", **(paid | {"reference": ""}))
    assert answer.status_code == 422 and 'id="reference-error"' in answer.text


def test_the_second_person_pays(
    world: World,
    transfer: TransferDue,
    july,  # type: ignore[no-untyped-def]
) -> None:
    page = f"/agency/transfers/{transfer.key}/"
    Desk(world.agency).post(f"{page}prepare/", version="1", **ACCOUNT)
    second = Desk(world.second_agency)
    paid = {"version": "2", "paid_on": "2027-06-25", "reference": "B-2"}
    assert second.post(f"{page}settle/", **paid).status_code == 302
    assert second.post(f"{page}settle/", **paid).status_code == 302
    transfer.refresh_from_db()
    assert transfer.state == TransferState.PAID
    assert "B-2" in second.read(page)
    assert "Paid by bank so far" in second.read("/agency/refunds/")
