"""Brings a payment to where the provider says it is, together with what follows from that."""

from datetime import datetime
from functools import partial

from django.db import transaction

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.payments.errors import NotThePaymentAsked
from dosojin_web.payments.failpoints import reach
from dosojin_web.payments.history import (
    lock_payment,
    move_payment,
    note_payment,
    record_payment,
)
from dosojin_web.payments.models import Payment, PaymentState
from dosojin_web.payments.provider import CURRENCY, Checkout
from dosojin_web.payments.purposes import find_purpose

from .start_refund import start_refund


def apply_checkout(
    payment_id: int,
    checkout: Checkout,
    actor: Actor,
    now: datetime,
    event: str = "",
    ended: PaymentState = PaymentState.EXPIRED,
) -> Payment:
    """The payment afterwards; its purpose is told in the same transaction, once.

    ``ended`` is what a closed checkout means: expired, or cancelled by the caller. Raises
    NotThePaymentAsked if the provider took another amount than was asked.
    """
    with transaction.atomic():
        # Registered first, so that it is reached before anything else that follows the commit.
        transaction.on_commit(partial(reach, "settle.committed"))
        payment = lock_payment(payment_id)
        reach("settle.locked")
        _learn_ids(payment, checkout)
        _note_decline(payment, checkout, now, event)
        state = _outcome(checkout, ended)
        if state is PaymentState.SUCCEEDED:
            _compare(payment, checkout)
            _learn_moment(payment, checkout, now)
        if state is not None and move_payment(payment, state, checkout.decline, actor, now, event):
            _tell_purpose(payment, now)
            record_payment(payment, actor, now)
        reach("settle.told")
    return payment


def _outcome(checkout: Checkout, ended: PaymentState) -> PaymentState | None:
    """What the checkout makes of the payment; None while money may still come."""
    if checkout.is_paid:
        return PaymentState.SUCCEEDED
    if checkout.status == "expired":
        return ended
    if checkout.status == "complete" and checkout.intent_status in (
        "canceled",
        "requires_payment_method",
    ):
        return PaymentState.FAILED
    return None


def _learn_ids(payment: Payment, checkout: Checkout) -> None:
    intent = checkout.intent_id or payment.intent_id
    if (payment.session_id or checkout.id, intent) != (payment.session_id, payment.intent_id):
        payment.session_id = payment.session_id or checkout.id
        payment.intent_id = intent
        payment.save()


def _learn_moment(payment: Payment, checkout: Checkout, now: datetime) -> None:
    """When the money came; kept with the state. Clocks differ, and it has not come tomorrow."""
    if not payment.is_paid:
        payment.paid_at = min(checkout.paid_at or now, now)


def _note_decline(payment: Payment, checkout: Checkout, now: datetime, event: str) -> None:
    if payment.is_live and checkout.decline and checkout.decline != payment.last_decline:
        payment.last_decline = checkout.decline
        payment.save()
        note_payment(payment, f"declined: {checkout.decline}", SYSTEM, now, event)


def _compare(payment: Payment, checkout: Checkout) -> None:
    if (checkout.amount, checkout.currency) != (payment.amount, CURRENCY):
        raise NotThePaymentAsked(
            f"{payment.key}: asked for {payment.amount} yen, the provider reports"
            f" {checkout.amount} {checkout.currency}. Nothing was settled; look at {checkout.id}."
        )


def _tell_purpose(payment: Payment, now: datetime) -> None:
    purpose = find_purpose(payment.purpose)
    if not payment.is_paid:
        purpose.fail(payment.reference, payment, now)
        return
    others = Payment.objects.filter(purpose=payment.purpose, reference=payment.reference)
    if others.filter(state=PaymentState.SUCCEEDED).exclude(pk=payment.pk).exists():
        # Two tries were paid in spite of everything: what is paid for is paid once.
        reason = "paid twice"
        start_refund(payment, f"twice:{payment.key}", payment.amount, reason, SYSTEM, now)
    else:
        purpose.settle(payment.reference, payment, now)
