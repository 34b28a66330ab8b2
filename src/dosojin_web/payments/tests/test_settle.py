"""How a payment ends: paid, declined, challenged, processed, expired, called off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from dosojin_web.payments.fake.server import Fake
from dosojin_web.payments.models import CardRefund, Payment, PaymentState, RefundState
from dosojin_web.payments.operations.cancel_payment import cancel_payment
from dosojin_web.payments.operations.reconcile import reconcile
from dosojin_web.payments.operations.refresh_payment import refresh_payment
from dosojin_web.payments.tests.trial import STUDENT, Trial, post, start, visit

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=11)


def test_the_return_page_needs_no_webhook(fake: Fake, now: datetime, told: list[Any]) -> None:
    payment = start(now)
    page = post(payment.url, card="success")
    assert (page.status, page.location) == (303, "http://127.0.0.1:8000/my/paid/")
    assert refresh_payment(payment, now).state == PaymentState.SUCCEEDED
    assert told == [("settle", "A-1", 12_340)]


def test_asking_again_settles_nothing_again(fake: Fake, now: datetime, told: list[Any]) -> None:
    payment = start(now)
    post(payment.url, card="success")
    for _ in range(3):
        refresh_payment(payment, now)
    assert told == [("settle", "A-1", 12_340)]


def test_a_double_click_pays_once(fake: Fake, now: datetime) -> None:
    url = start(now).url
    assert [post(url, card="success").status for _ in range(2)] == [303, 303]
    assert len(fake.till.intents) == 1
    assert sum(intent["amount_received"] for intent in fake.till.intents.values()) == 12_340


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("insufficient_funds", "insufficient_funds"),
        ("expired_card", "expired_card"),
        ("declined", "generic_decline"),
    ],
)
def test_a_declined_card_leaves_the_checkout_open_for_another(
    fake: Fake, now: datetime, told: list[Any], card: str, code: str
) -> None:
    payment = start(now)
    assert post(payment.url, card=card).status == 422
    declined = refresh_payment(payment, now)
    assert (declined.state, declined.last_decline) == (PaymentState.OPEN, code)
    assert declined.entries.last().note == f"declined: {code}"  # type: ignore[union-attr]
    assert told == []
    post(payment.url, card="success")
    assert refresh_payment(declined, now).is_paid


def test_the_banks_question_passed(fake: Fake, now: datetime) -> None:
    payment = start(now)
    page = post(payment.url, card="challenge")
    assert page.location.startswith("/challenge/")
    assert not refresh_payment(payment, now).is_paid
    assert post(fake.base + page.location, answer="approve").status == 303
    assert refresh_payment(payment, now).is_paid


def test_the_banks_question_failed(fake: Fake, now: datetime) -> None:
    payment = start(now)
    page = post(payment.url, card="challenge")
    assert post(fake.base + page.location, answer="fail").status == 422
    failed = refresh_payment(payment, now)
    assert failed.last_decline == "payment_intent_authentication_failure"
    assert failed.state == PaymentState.OPEN


def test_the_banks_question_abandoned(fake: Fake, now: datetime) -> None:
    payment = start(now)
    page = post(payment.url, card="challenge")
    assert payment.cancel_url in visit(fake.base + page.location).text
    assert refresh_payment(payment, now).state == PaymentState.OPEN
    assert cancel_payment(payment, STUDENT, now).state == PaymentState.CANCELLED


def test_processing_then_paid(fake: Fake, now: datetime, told: list[Any]) -> None:
    payment = start(now)
    post(payment.url, card="processing")
    assert refresh_payment(payment, now).state == PaymentState.OPEN
    assert cancel_payment(payment, STUDENT, now).state == PaymentState.OPEN
    fake.till.finish()
    assert refresh_payment(payment, now).is_paid
    assert told == [("settle", "A-1", 12_340)]


def test_processing_in_vain(fake: Fake, now: datetime, told: list[Any]) -> None:
    payment = start(now)
    post(payment.url, card="processing_fails")
    fake.till.finish()
    assert refresh_payment(payment, now).state == PaymentState.FAILED
    assert told == [("fail", "A-1", "failed")]


def test_called_off(fake: Fake, now: datetime, told: list[Any]) -> None:
    payment = start(now)
    url = payment.url
    assert cancel_payment(payment, STUDENT, now).state == PaymentState.CANCELLED
    assert cancel_payment(payment, STUDENT, now).state == PaymentState.CANCELLED
    assert post(url, card="success").status == 410
    assert told == [("fail", "A-1", "cancelled")]


def test_called_off_after_it_was_paid(fake: Fake, now: datetime, told: list[Any]) -> None:
    payment = start(now)
    post(payment.url, card="success")
    assert cancel_payment(payment, STUDENT, now).state == PaymentState.SUCCEEDED
    assert told == [("settle", "A-1", 12_340)]


def test_the_round_settles_what_no_webhook_told(fake: Fake, now: datetime, told: list[Any]) -> None:
    payment = start(now)
    post(payment.url, card="success")
    reconcile(now)
    assert told == []
    assert reconcile(now + LATER).payments == 1
    assert told == [("settle", "A-1", 12_340)]


def test_the_round_expires_what_ran_out(fake: Fake, now: datetime, told: list[Any]) -> None:
    payment = start(now)
    fake.till.sessions[payment.session_id or ""]["expires_at"] = 0
    reconcile(now + LATER)
    assert told == [("fail", "A-1", "expired")]


def test_the_round_ends_what_never_reached_a_payer(
    fake: Fake, now: datetime, told: list[Any]
) -> None:
    fake.trouble.extend(["fail"] * 3)
    with pytest.raises(Exception, match="answer"):
        start(now)
    reconcile(now + LATER)
    assert Payment.objects.get().state == PaymentState.EXPIRED
    assert told == [("fail", "A-1", "expired")]


def test_without_the_provider_the_round_goes_on_and_the_page_shows_what_we_know(
    fake: Fake, now: datetime
) -> None:
    payment = start(now)
    fake.trouble.extend(["fail"] * 6)
    assert refresh_payment(payment, now).state == PaymentState.OPEN
    assert reconcile(now + LATER).faults == 0


def test_a_broken_purpose_undoes_the_step_and_gets_another_chance(
    fake: Fake, now: datetime, told: list[Any]
) -> None:
    payment = start(now)
    post(payment.url, card="success")
    Trial.trouble = True
    assert reconcile(now + LATER).faults == 1
    assert Payment.objects.get().state == PaymentState.OPEN
    Trial.trouble = False
    assert reconcile(now + LATER).faults == 0
    assert told == [("settle", "A-1", 12_340)]


def test_two_tries_paid_in_spite_of_everything_settle_once_and_one_goes_back(
    fake: Fake, now: datetime, told: list[Any]
) -> None:
    first = start(now)
    post(first.url, card="success")
    Payment.objects.filter(pk=first.pk).update(state=PaymentState.CANCELLED)
    second = start(now, key="A-1:2")
    post(second.url, card="success")
    refresh_payment(second, now)
    Payment.objects.filter(pk=first.pk).update(state=PaymentState.OPEN)
    first.refresh_from_db()
    assert refresh_payment(first, now).is_paid
    assert told == [("settle", "A-1", 12_340)]
    refund = CardRefund.objects.get()
    assert (refund.payment_id, refund.amount) == (first.pk, 12_340)
    assert (refund.state, refund.reason) == (RefundState.REQUESTED, "paid twice")
