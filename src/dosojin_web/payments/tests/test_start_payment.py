"""Starting a payment: one checkout for one key, one payment for one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dosojin_web.audit.models import Event
from dosojin_web.payments.errors import KeyReused, ProviderRefused, ProviderUnavailable
from dosojin_web.payments.fake.server import Fake
from dosojin_web.payments.models import Payment, PaymentState
from dosojin_web.payments.operations import start_payment as module
from dosojin_web.payments.operations.cancel_payment import cancel_payment
from dosojin_web.payments.operations.refresh_payment import refresh_payment
from dosojin_web.payments.tests.trial import STUDENT, paid, post, start

pytestmark = pytest.mark.django_db


def test_a_payment_has_a_checkout_in_whole_yen(fake: Fake, now: datetime) -> None:
    payment = start(now)
    session = fake.till.sessions[payment.session_id or ""]
    assert payment.state == PaymentState.OPEN
    assert payment.url == f"{fake.base}/pay/{payment.session_id}"
    assert (session["amount_total"], session["currency"], session["locale"]) == (
        12_340,
        "jpy",
        "ja",
    )
    assert session["customer_email"] == "student@example.invalid"
    assert [entry.state for entry in payment.entries.all()] == ["created", "open"]
    assert list(Event.objects.values_list("act", "about")) == [
        ("payment.created", "payment:A-1:1"),
        ("payment.open", "payment:A-1:1"),
    ]


def test_the_same_key_gives_the_same_checkout(fake: Fake, now: datetime) -> None:
    assert start(now).url == start(now).url
    assert len(fake.till.sessions) == 1


def test_a_key_stands_for_one_amount(fake: Fake, now: datetime) -> None:
    start(now)
    with pytest.raises(KeyReused):
        start(now, amount=12_341)


def test_another_key_for_the_same_thing_leads_to_the_open_checkout(
    fake: Fake, now: datetime
) -> None:
    assert start(now, key="A-1:2").pk == start(now).pk
    assert len(fake.till.sessions) == 1


def test_another_amount_calls_the_open_checkout_off(
    fake: Fake, now: datetime, told: list[Any]
) -> None:
    old, new = start(now), start(now, key="A-1:2", amount=9_000)
    old.refresh_from_db()
    assert (old.state, old.url) == (PaymentState.CANCELLED, "")
    assert (new.state, new.amount) == (PaymentState.OPEN, 9_000)
    assert fake.till.sessions[old.session_id or ""]["status"] == "expired"
    assert told == [("fail", "A-1", "cancelled")]


def test_what_is_paid_is_not_paid_again(fake: Fake, now: datetime) -> None:
    first = paid(now)
    assert start(now, key="A-1:2", amount=9_000).pk == first.pk
    assert len(fake.till.sessions) == 1


def test_a_payment_that_came_unnoticed_is_found_before_a_new_one(
    fake: Fake, now: datetime, told: list[Any]
) -> None:
    first = start(now)
    post(first.url, card="success")
    found = start(now, key="A-1:2", amount=9_000)
    assert (found.pk, found.state) == (first.pk, PaymentState.SUCCEEDED)
    assert told == [("settle", "A-1", 12_340)]


def test_an_ended_try_is_returned_without_an_address(fake: Fake, now: datetime) -> None:
    cancel_payment(start(now), STUDENT, now)
    again = start(now)
    assert (again.state, again.url) == (PaymentState.CANCELLED, "")
    assert start(now, key="A-1:2").state == PaymentState.OPEN


def test_an_answer_that_got_lost_is_asked_for_again(fake: Fake, now: datetime) -> None:
    fake.trouble.append("lose")
    assert start(now).state == PaymentState.OPEN
    assert len(fake.till.sessions) == 1


def test_without_the_provider_the_row_stays_and_a_second_call_goes_on(
    fake: Fake, now: datetime
) -> None:
    fake.trouble.extend(["fail"] * 3)
    with pytest.raises(ProviderUnavailable):
        start(now)
    assert Payment.objects.get().state == PaymentState.CREATED
    assert start(now).state == PaymentState.OPEN


def test_a_request_in_other_words_is_made_anew(
    fake: Fake, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first call died before it recorded the checkout; the payer then changed the address."""
    with monkeypatch.context() as patch:
        patch.setattr(module, "_record", lambda payment, *_: payment)
        start(now)
    payment = start(now, email="other@example.invalid")
    assert (payment.renewals, payment.state) == (1, PaymentState.OPEN)
    assert len(fake.till.sessions) == 2 and payment.session_id == list(fake.till.sessions)[1]


def test_a_request_of_long_ago_is_made_anew(
    fake: Fake, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, "open_checkout", lambda *_: (_ for _ in ()).throw(KeyError()))
        with pytest.raises(KeyError):
            start(now - timedelta(hours=2))
    assert start(now).state == PaymentState.OPEN


def test_a_checkout_that_comes_second_is_closed_again(
    fake: Fake, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = start(now)
    other = module.open_checkout(
        Payment(**{**_values(payment), "key": "other"}), "student@example.invalid"
    )
    kept = module._record(payment, other, STUDENT, now)
    assert kept.session_id == payment.session_id
    assert fake.till.sessions[other.id]["status"] == "expired"


def test_too_little_for_a_card_is_refused(fake: Fake, now: datetime) -> None:
    with pytest.raises(ProviderRefused) as refused:
        start(now, amount=49)
    assert refused.value.code == "amount_too_small"


def test_without_a_key_nothing_can_be_paid(now: datetime, settings: Any) -> None:
    settings.STRIPE_API_KEY = ""
    with pytest.raises(ProviderUnavailable, match="STRIPE_API_KEY"):
        start(now)


def test_a_wrong_key_is_not_told_to_anyone(
    fake: Fake, now: datetime, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.STRIPE_API_KEY = "sk_test_of_somebody_else"
    with pytest.raises(ProviderUnavailable) as raised:
        start(now)
    assert "somebody" not in caplog.text + str(raised.value) + repr(raised.value.__cause__)


def test_a_purpose_that_nobody_registered_is_refused_before_anything(now: datetime) -> None:
    with pytest.raises(KeyError, match="ready"):
        start(now, purpose="nobody")
    assert not Payment.objects.exists()


def test_an_amount_that_the_provider_changed_settles_nothing(
    fake: Fake, now: datetime, told: list[Any]
) -> None:
    from dosojin_web.payments.errors import NotThePaymentAsked
    from dosojin_web.payments.operations.apply_checkout import apply_checkout
    from dosojin_web.payments.provider import find_checkout

    payment = start(now)
    post(payment.url, card="success")
    checkout = find_checkout(payment.session_id or "")
    with pytest.raises(NotThePaymentAsked):
        apply_checkout(payment.pk, replace(checkout, amount=1), STUDENT, now)
    assert told == []
    assert refresh_payment(payment, now).is_paid


def _values(payment: Payment) -> dict[str, Any]:
    names = [field.attname for field in Payment._meta.fields if field.attname != "id"]
    return {name: getattr(payment, name) for name in names}
