"""The moment at which money came is the provider's, however late we hear of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dosojin_web.payments.fake.postman import Letter, sign
from dosojin_web.payments.fake.server import Fake
from dosojin_web.payments.models import Payment
from dosojin_web.payments.operations.cancel_payment import cancel_payment
from dosojin_web.payments.operations.read_payment_event import read_payment_event
from dosojin_web.payments.operations.reconcile import reconcile
from dosojin_web.payments.operations.refresh_payment import refresh_payment
from dosojin_web.payments.tests.trial import SECRET, STUDENT, letters, post, start

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 31, 14, 40, tzinfo=UTC)
CHARGED = NOW + timedelta(minutes=10)
NOTICED = NOW + timedelta(minutes=45)
COMPLETED = "checkout.session.completed"


@pytest.fixture
def payment(fake: Fake) -> Payment:
    """Begun at ``NOW``; the payer types for ten minutes."""
    set_clock(fake, NOW)
    begun = start(NOW)
    set_clock(fake, CHARGED)
    return begun


def set_clock(fake: Fake, moment: datetime) -> None:
    fake.till.clock = moment.timestamp


def hear(letter: Letter, at: datetime) -> None:
    read_payment_event(letter.body, sign(letter.body, SECRET), at)


def paid_at() -> datetime | None:
    return Payment.objects.get().paid_at


def test_a_signed_event_says_when(fake: Fake, payment: Payment) -> None:
    post(payment.url, card="success")
    set_clock(fake, NOTICED)
    hear(letters(fake, COMPLETED)[0], NOTICED)
    assert paid_at() == CHARGED


@pytest.mark.parametrize("way", ["page", "round", "intent", "calling off"])
def test_the_charge_says_when(fake: Fake, payment: Payment, way: str) -> None:
    post(payment.url, card="success")
    set_clock(fake, NOTICED)
    if way == "page":
        refresh_payment(payment, NOTICED)
    elif way == "round":
        reconcile(NOTICED)
    elif way == "intent":
        hear(letters(fake, "payment_intent.succeeded")[0], NOTICED)
    else:
        cancel_payment(payment, STUDENT, NOTICED)
    assert paid_at() == CHARGED


def test_of_several_cards_the_one_that_was_taken(fake: Fake, payment: Payment) -> None:
    post(payment.url, card="declined")
    set_clock(fake, CHARGED + timedelta(minutes=5))
    post(payment.url, card="success")
    assert refresh_payment(payment, NOTICED).paid_at == CHARGED + timedelta(minutes=5)


def test_after_the_banks_question_it_is_the_answer_that_counts(
    fake: Fake, payment: Payment
) -> None:
    page = post(payment.url, card="challenge")
    set_clock(fake, CHARGED + timedelta(minutes=5))
    post(fake.base + page.location, answer="approve")
    assert refresh_payment(payment, NOTICED).paid_at == CHARGED + timedelta(minutes=5)


@pytest.mark.parametrize("by_event", [True, False])
def test_a_card_that_took_its_time_was_charged_at_the_beginning(
    fake: Fake, payment: Payment, by_event: bool
) -> None:
    """Whichever way we hear of it, it is the same moment."""
    post(payment.url, card="processing")
    set_clock(fake, CHARGED + timedelta(minutes=20))
    fake.till.finish()
    if by_event:
        hear(letters(fake, "checkout.session.async_payment_succeeded")[0], NOTICED)
    else:
        refresh_payment(payment, NOTICED)
    assert paid_at() == CHARGED


def test_what_comes_afterwards_does_not_move_it(fake: Fake, payment: Payment) -> None:
    post(payment.url, card="success")
    refresh_payment(payment, NOTICED)
    for letter in reversed(fake.postman.written):
        hear(letter, NOTICED + timedelta(days=1))
    assert paid_at() == CHARGED


def test_events_in_any_order_say_the_same(fake: Fake, payment: Payment) -> None:
    post(payment.url, card="declined")
    post(payment.url, card="success")
    for letter in reversed(fake.postman.written):
        hear(letter, NOTICED)
    assert paid_at() == CHARGED


def test_a_clock_ahead_of_ours_does_not_take_money_from_the_future(
    fake: Fake, payment: Payment
) -> None:
    post(payment.url, card="success")
    assert refresh_payment(payment, NOW).paid_at == NOW


def test_where_nobody_says_when_it_is_now(fake: Fake, payment: Payment) -> None:
    post(payment.url, card="success")
    (intent,) = fake.till.intents.values()
    intent["latest_charge"] = None
    assert refresh_payment(payment, NOTICED).paid_at == NOTICED


@pytest.mark.parametrize("created", [None, "soon", True, -1, 10**20])
def test_an_event_without_a_moment_still_counts(fake: Fake, payment: Payment, created: Any) -> None:
    post(payment.url, card="success")
    (letter,) = letters(fake, COMPLETED)
    body = json.dumps(json.loads(letter.body) | {"created": created}).encode()
    hear(Letter(letter.id, letter.kind, body), NOTICED)
    assert paid_at() == NOTICED


def test_what_was_not_paid_has_no_moment(fake: Fake, payment: Payment) -> None:
    post(payment.url, card="declined")
    refresh_payment(payment, NOTICED)
    assert paid_at() is None
    cancel_payment(payment, STUDENT, NOTICED)
    assert paid_at() is None


def test_what_the_stand_in_knows_of_charges_outlives_a_restart(
    fake: Fake, payment: Payment, tmp_path: Any
) -> None:
    post(payment.url, card="success")
    fake.till.file = tmp_path / "till.json"
    fake.till.save()
    fake.till.charges.clear()
    fake.till.load()
    assert refresh_payment(payment, NOTICED).paid_at == CHARGED
