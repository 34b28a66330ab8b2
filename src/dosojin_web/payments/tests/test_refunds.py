"""Refunds: never more than was paid, asked for once, and a failed one stays in sight."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.models import Event
from dosojin_web.authority.models import Outcome
from dosojin_web.authority.operations.decide_approval import decide_approval
from dosojin_web.authority.operations.request_approval import request_approval
from dosojin_web.authority.operations.set_authority import grant_authority
from dosojin_web.payments.errors import ApprovalMissing, KeyReused, RefundRefused
from dosojin_web.payments.fake.server import Fake
from dosojin_web.payments.models import CardRefund, RefundState
from dosojin_web.payments.operations.reconcile import recheck_settled_refunds, reconcile
from dosojin_web.payments.operations.replace_refund import replace_refund
from dosojin_web.payments.operations.start_refund import refundable, start_refund
from dosojin_web.payments.operations.transfer_refund import ACT, transfer_refund
from dosojin_web.payments.tests.trial import CHIEF, CLERK, deliver, letters, paid, start
from dosojin_web.payments.unsettled import list_unsettled_refunds

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(minutes=11)
SETTLED = ("settle", "A-1", 12_340)


def test_a_refund_settles_at_once(fake: Fake, now: datetime, told: list[Any]) -> None:
    refund = start_refund(paid(now), "R-1", 2_000, "early return", CLERK, now)
    assert (refund.state, refund.maker) == (RefundState.SETTLED, CLERK.who)
    assert told == [SETTLED, ("refund_settled", "A-1", 2_000)]
    assert fake.till.refunds[refund.provider_id or ""]["amount"] == 2_000
    assert [entry.state for entry in refund.entries.all()] == ["requested", "settled"]
    acts = Event.objects.filter(about="refund:R-1").values_list("act", flat=True)
    assert list(acts) == ["refund.requested", "refund.settled"]


def test_the_same_key_gives_the_same_refund(fake: Fake, now: datetime) -> None:
    payment = paid(now)
    first = start_refund(payment, "R-1", 2_000, "early return", CLERK, now)
    assert start_refund(payment, "R-1", 2_000, "early return", CLERK, now).pk == first.pk
    assert len(fake.till.refunds) == 1
    with pytest.raises(KeyReused):
        start_refund(payment, "R-1", 2_001, "early return", CLERK, now)


def test_no_more_than_was_paid(fake: Fake, now: datetime) -> None:
    payment = paid(now)
    start_refund(payment, "R-1", 12_000, "early return", CLERK, now)
    assert refundable(payment) == 340
    for amount in (341, 0, -1):
        with pytest.raises(RefundRefused, match="340 yen left"):
            start_refund(payment, "R-2", amount, "early return", CLERK, now)
    start_refund(payment, "R-2", 340, "early return", CLERK, now)
    assert refundable(payment) == 0


def test_nothing_is_refunded_of_what_was_not_paid(fake: Fake, now: datetime) -> None:
    with pytest.raises(RefundRefused, match="not been paid"):
        start_refund(start(now), "R-1", 1, "early return", CLERK, now)


def test_a_refund_goes_out_only_if_the_callers_transaction_commits(
    fake: Fake, now: datetime
) -> None:
    payment = paid(now)
    with pytest.raises(RuntimeError), transaction.atomic():
        start_refund(payment, "R-1", 2_000, "early return", CLERK, now)
        raise RuntimeError
    assert not fake.till.refunds and not CardRefund.objects.exists()
    with transaction.atomic():
        start_refund(payment, "R-1", 2_000, "early return", CLERK, now)
        assert not fake.till.refunds
    assert len(fake.till.refunds) == 1


def test_pending_then_settled_by_an_event(
    fake: Fake, now: datetime, client: Client, told: list[Any]
) -> None:
    refund = start_refund(paid(now, "refund_pending"), "R-1", 2_000, "x", CLERK, now)
    assert refund.state == RefundState.PENDING
    assert list(list_unsettled_refunds()) == [refund]
    fake.till.finish()
    created, updated = letters(fake, "refund.created"), letters(fake, "refund.updated")
    for letter in [*updated, *created, *updated]:
        assert deliver(client, letter) == 200
    refund.refresh_from_db()
    assert refund.state == RefundState.SETTLED
    assert told == [SETTLED, ("refund_settled", "A-1", 2_000)]
    assert not list_unsettled_refunds()


def test_pending_then_settled_by_the_round(fake: Fake, now: datetime) -> None:
    refund = start_refund(paid(now, "refund_pending"), "R-1", 2_000, "x", CLERK, now)
    fake.till.finish()
    reconcile(now + LATER)
    refund.refresh_from_db()
    assert refund.state == RefundState.SETTLED


def failed_refund(fake: Fake, now: datetime) -> CardRefund:
    """Settled at first; then the bank sent it back, and the daily round notices."""
    refund = start_refund(paid(now, "refund_fails"), "R-1", 2_000, "x", CLERK, now)
    assert refund.state == RefundState.SETTLED
    fake.till.finish()
    recheck_settled_refunds(now)
    refund.refresh_from_db()
    return refund


def test_a_failed_refund_stays_in_sight(fake: Fake, now: datetime, told: list[Any]) -> None:
    refund = failed_refund(fake, now)
    assert (refund.state, refund.failure) == (RefundState.FAILED, "expired_or_canceled_card")
    assert told[-1] == ("refund_failed", "A-1", "expired_or_canceled_card", True)
    for _ in range(3):
        reconcile(now + timedelta(days=40))
    assert list(list_unsettled_refunds()) == [refund]
    assert refundable(refund.payment) == 10_340


def test_a_refund_that_fails_is_told_by_an_event(fake: Fake, now: datetime, client: Client) -> None:
    refund = start_refund(paid(now, "refund_fails"), "R-1", 2_000, "x", CLERK, now)
    fake.till.finish()
    assert deliver(client, letters(fake, "refund.failed")[0]) == 200
    assert list(list_unsettled_refunds()) == [refund]


def test_another_refund_in_its_place(fake: Fake, now: datetime) -> None:
    refund = failed_refund(fake, now)
    again = replace_refund(refund, "R-2", CHIEF, now)
    assert replace_refund(refund, "R-2", CHIEF, now).pk == again.pk
    refund.refresh_from_db()
    assert (refund.state, again.state) == (RefundState.REPLACED, RefundState.SETTLED)
    assert not list_unsettled_refunds()
    assert refundable(refund.payment) == 10_340
    with pytest.raises(RefundRefused, match="only a failed one"):
        replace_refund(refund, "R-3", CHIEF, now)


def seat(name: str, amount_max: int | None, now: datetime) -> Actor:
    """A person who may pay by hand up to an amount; None: no authority at all."""
    user = User.objects.create(username=name)
    role = Role.POLICYHOLDER if amount_max is None else Role.AGENCY
    Appointment.objects.create(user=user, role=role, began_at=now - timedelta(days=9))
    if amount_max is not None:
        day = (now - timedelta(days=2)).date()
        grant_authority(role, None, ACT, amount_max, day, CLERK, now)
    return Actor(user.pk, role.value, role.value)


def test_settled_by_hand_by_another_person_with_a_reason(
    fake: Fake, now: datetime, told: list[Any]
) -> None:
    chief = seat("chief", 2_000, now)
    refund = failed_refund(fake, now)
    for actor, reason in ((CLERK, "transfer of 2 June"), (SYSTEM, "x"), (chief, "  ")):
        with pytest.raises(RefundRefused):
            transfer_refund(refund, reason, actor, now)
    for _ in range(2):
        assert transfer_refund(refund, "2 June, no. 7", chief, now).state == "transferred"
    assert told[-1] == ("refund_transferred", "A-1", 2_000)
    assert refund.entries.last().note == "2 June, no. 7"  # type: ignore[union-attr]
    assert not list_unsettled_refunds()
    assert refundable(refund.payment) == 10_340


@pytest.mark.parametrize("amount_max", [None, 1_999])
def test_beyond_ones_authority_a_second_person_approves(
    fake: Fake, now: datetime, amount_max: int | None
) -> None:
    little = seat("little", amount_max, now)
    refund = failed_refund(fake, now)
    with pytest.raises(ApprovalMissing):
        transfer_refund(refund, "no. 7", little, now)
    approval = request_approval(
        ACT, f"refund:{refund.key}", 2_000, User.objects.get(), "bank sent it back", little, now,
        {"reason": "no. 7"},
    )  # fmt: skip
    chief = seat("chief", 2_000, now)
    user = User.objects.get(username="chief")
    decide_approval(approval, user, Outcome.APPROVED, "", chief, now)
    with pytest.raises(ApprovalMissing):
        transfer_refund(refund, "no. 8", seat("stranger", None, now), now)
    assert transfer_refund(refund, "no. 7", little, now).state == RefundState.TRANSFERRED


def test_only_a_failed_refund_is_settled_by_hand(fake: Fake, now: datetime) -> None:
    refund = start_refund(paid(now), "R-1", 2_000, "x", CLERK, now)
    with pytest.raises(RefundRefused, match="only a failed one"):
        transfer_refund(refund, "2 June, no. 7", CHIEF, now)


def test_what_the_provider_will_not_refund_fails(fake: Fake, now: datetime) -> None:
    payment = paid(now)
    fake.till.create_refund({"payment_intent": payment.intent_id})  # By hand, on their site.
    refund = start_refund(payment, "R-1", 2_000, "x", CLERK, now)
    assert (refund.state, refund.failure) == (RefundState.FAILED, "charge_already_refunded")
    assert list(list_unsettled_refunds()) == [refund]


def test_without_the_provider_it_stays_requested_and_the_round_asks_again(
    fake: Fake, now: datetime
) -> None:
    payment = paid(now)
    fake.trouble.extend(["fail"] * 3)
    refund = start_refund(payment, "R-1", 2_000, "x", CLERK, now)
    assert refund.state == RefundState.REQUESTED
    reconcile(now + LATER)
    refund.refresh_from_db()
    assert refund.state == RefundState.SETTLED


def test_an_answer_that_got_lost_refunds_once_even_after_the_key_was_forgotten(
    fake: Fake, now: datetime
) -> None:
    payment = paid(now)
    fake.trouble.extend(["lose"] * 3)
    refund = start_refund(payment, "R-1", 2_000, "x", CLERK, now)
    assert refund.state == RefundState.REQUESTED
    fake.till.seen.clear()
    reconcile(now + timedelta(days=2))
    refund.refresh_from_db()
    assert refund.state == RefundState.SETTLED
    assert len(fake.till.refunds) == 1
