"""The address that the provider calls: signatures, and events late, twice and out of order."""

from __future__ import annotations

import itertools
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dosojin_web.payments.fake.postman import Letter, Mode
from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.payments.models import Payment, PaymentEntry, PaymentState, ProviderEvent
from dosojin_web.payments.operations.reconcile import reconcile
from dosojin_web.payments.tests.trial import KEY, SECRET, Trial, deliver, letters, post, start

pytestmark = pytest.mark.django_db
COMPLETED = "checkout.session.completed"


def test_a_signed_event_settles(fake: Fake, now: datetime, client: Client, told: list[Any]) -> None:
    post(start(now).url, card="success")
    (letter,) = letters(fake, COMPLETED)
    assert deliver(client, letter) == 200
    event = ProviderEvent.objects.get()
    assert (event.id, event.kind, event.raw.encode()) == (letter.id, COMPLETED, letter.body)
    assert event.handled_at is not None
    assert told == [("settle", "A-1", 12_340)]


@pytest.mark.parametrize("header", ["", "nonsense", "t=1,v1=00", "v1=00", "t=x,v1=00"])
def test_without_a_signature_nothing_is_kept(client: Client, fake: Fake, header: str) -> None:
    response = client.post(
        "/payments/webhook/",
        b'{"id": "evt_1", "type": "x", "data": {"object": {}}}',
        content_type="application/json",
        headers={"Stripe-Signature": header},
    )
    assert response.status_code == 400
    assert not ProviderEvent.objects.exists()


def test_a_wrong_or_old_signature_is_refused(fake: Fake, now: datetime, client: Client) -> None:
    post(start(now).url, card="success")
    (letter,) = letters(fake, COMPLETED)
    assert deliver(client, letter, secret="whsec_other") == 400
    assert deliver(client, letter, at=int(time.time()) - 301) == 400
    changed = Letter(letter.id, letter.kind, letter.body.replace(b"12340", b"00001"))
    response = client.post(
        "/payments/webhook/",
        changed.body,
        content_type="application/json",
        headers={"Stripe-Signature": _signature_of(letter)},
    )
    assert response.status_code == 400
    assert not ProviderEvent.objects.exists()


def _signature_of(letter: Letter) -> str:
    from dosojin_web.payments.fake.postman import sign

    return sign(letter.body, SECRET)


def test_without_a_secret_no_event_is_believed(
    fake: Fake, now: datetime, client: Client, settings: Any
) -> None:
    settings.STRIPE_WEBHOOK_SECRET = ""
    letter = Letter("evt_1", "x", b'{"id": "evt_1", "type": "x", "data": {"object": {}}}')
    assert deliver(client, letter, secret="") == 400


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b'{"id": "e", "type": "t"}'])
def test_a_signed_body_that_is_no_event_is_refused(client: Client, fake: Fake, body: bytes) -> None:
    assert deliver(client, Letter("", "", body)) == 400


def test_only_post(client: Client) -> None:
    assert client.get("/payments/webhook/").status_code == 405


def test_a_huge_body_is_refused(client: Client, fake: Fake) -> None:
    assert deliver(client, Letter("", "", b" " * (256 * 1024 + 1))) == 413


def test_no_token_against_forgery_is_asked_for(fake: Fake, now: datetime) -> None:
    post(start(now).url, card="success")
    strict = Client(enforce_csrf_checks=True)
    assert deliver(strict, letters(fake, COMPLETED)[0]) == 200


def test_an_event_that_comes_twice_counts_once(
    fake: Fake, now: datetime, client: Client, told: list[Any]
) -> None:
    post(start(now).url, card="success")
    for letter in [*fake.postman.written, *fake.postman.written]:
        assert deliver(client, letter) == 200
    assert told == [("settle", "A-1", 12_340)]
    assert ProviderEvent.objects.count() == len(fake.postman.written)


def test_every_order_of_events_ends_the_same(
    fake: Fake, now: datetime, client: Client, told: list[Any]
) -> None:
    """Declined, then paid with another card: four events in all 24 orders, and one repeated."""
    for number, order in enumerate(itertools.permutations(range(4))):
        told.clear()
        fake.postman.written.clear()
        payment = start(now, reference=f"A-{number}", key=f"A-{number}:1")
        post(payment.url, card="declined")
        post(payment.url, card="success")
        written = fake.postman.written
        assert len(written) == 4
        for place in [*order, order[0]]:
            deliver(client, written[place])
        payment.refresh_from_db()
        assert payment.state == PaymentState.SUCCEEDED
        assert told == [("settle", f"A-{number}", 12_340)]


def test_a_decline_is_noted_once_for_each_event(fake: Fake, now: datetime, client: Client) -> None:
    payment = start(now)
    post(payment.url, card="declined")
    (letter,) = letters(fake, "payment_intent.payment_failed")
    deliver(client, letter)
    deliver(client, letter)
    payment.refresh_from_db()
    assert payment.last_decline == "generic_decline"
    assert payment.entries.filter(note="declined: generic_decline").count() == 1


def test_an_event_of_the_past_does_not_turn_the_payment_back(
    fake: Fake, now: datetime, client: Client
) -> None:
    payment = start(now)
    post(payment.url, card="processing")
    fake.till.finish()
    late, early = (
        letters(fake, "checkout.session.async_payment_succeeded"),
        letters(fake, COMPLETED),
    )
    for letter in [*late, *early, *letters(fake, "payment_intent.processing")]:
        assert deliver(client, letter) == 200
    payment.refresh_from_db()
    assert payment.is_paid


def test_an_ambiguous_event_asks_how_things_are_now(
    fake: Fake, now: datetime, client: Client
) -> None:
    """Completed but not paid, says the event; by now it is paid, says the provider."""
    payment = start(now)
    post(payment.url, card="processing")
    fake.till.finish()
    deliver(client, letters(fake, COMPLETED)[0])
    payment.refresh_from_db()
    assert payment.is_paid


def test_an_event_about_something_else_is_kept(client: Client, fake: Fake) -> None:
    for kind, about in [
        ("checkout.session.completed", {"id": "cs_x", "payment_status": "paid"}),
        ("payment_intent.succeeded", {"id": "pi_x"}),
        ("refund.updated", {"id": "re_x"}),
        ("charge.dispute.created", {"id": "dp_x"}),
    ]:
        fake.postman.write(kind, about)
        assert deliver(client, fake.postman.written[-1]) == 200
    assert ProviderEvent.objects.exclude(handled_at=None).count() == 4


def test_what_could_not_be_handled_is_kept_and_tried_again(
    fake: Fake, now: datetime, client: Client, told: list[Any]
) -> None:
    post(start(now).url, card="success")
    Trial.trouble = True
    assert deliver(client, letters(fake, COMPLETED)[0]) == 200
    event = ProviderEvent.objects.get()
    assert event.handled_at is None and "broken" in event.fault
    assert Payment.objects.get().state == PaymentState.OPEN
    Trial.trouble = False
    assert reconcile(now).events == 1
    event.refresh_from_db()
    assert event.handled_at is not None and event.fault == ""
    assert told == [("settle", "A-1", 12_340)]


def test_an_event_may_be_quicker_than_our_own_record(
    fake: Fake, now: datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dosojin_web.payments.operations import start_payment as module

    monkeypatch.setattr(module, "_record", lambda payment, *_: payment)
    payment = start(now)
    (session,) = fake.till.sessions.values()
    fake.till.expire(session["id"])
    deliver(client, letters(fake, "checkout.session.expired")[0])
    payment.refresh_from_db()
    assert (payment.state, payment.session_id) == (PaymentState.EXPIRED, session["id"])


def test_history_and_events_cannot_be_rewritten(fake: Fake, now: datetime, client: Client) -> None:
    post(start(now).url, card="success")
    deliver(client, letters(fake, COMPLETED)[0])
    for rows, change in (
        (PaymentEntry.objects.all(), {"state": "failed"}),
        (ProviderEvent.objects.all(), {"raw": "{}"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            super(type(rows), rows).update(**change)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", list(Mode))
def test_events_over_the_wire(
    mode: Mode, live_server: Any, settings: Any, now: datetime, told: list[Any]
) -> None:
    """The stand-in's own post, to a server that listens; what is dropped, the round finds."""
    settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_API_KEY = SECRET, KEY
    with run_fake(KEY, SECRET, f"{live_server.url}/payments/webhook/") as fake:
        settings.STRIPE_API_BASE = fake.base
        fake.postman.mode, fake.postman.delay_seconds = mode, 0.05
        post(start(now).url, card="success")
        fake.postman.wait()
        assert ProviderEvent.objects.exists() == (mode is not Mode.DROPPED)
        reconcile(now + timedelta(minutes=11))
    assert told == [("settle", "A-1", 12_340)]
