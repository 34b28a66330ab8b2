"""Calls a payment off: its checkout can no longer be paid."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.payments.history import lock_payment, move_payment, record_payment
from dosojin_web.payments.models import Payment, PaymentState
from dosojin_web.payments.provider import close_checkout
from dosojin_web.payments.purposes import find_purpose

from .apply_checkout import apply_checkout


def cancel_payment(payment: Payment, actor: Actor, now: datetime) -> Payment:
    """The payment afterwards: cancelled; or succeeded, if the payer was quicker; or still live,
    while the card's bank is at work. Raises ProviderUnavailable; then nothing has changed.
    """
    if payment.session_id is None:
        payment = end_unasked(payment.pk, PaymentState.CANCELLED, "called off", actor, now)
    if not payment.is_live or payment.session_id is None:
        return payment
    checkout = close_checkout(payment.session_id)
    return apply_checkout(payment.pk, checkout, actor, now, ended=PaymentState.CANCELLED)


def end_unasked(
    payment_id: int, state: PaymentState, note: str, actor: Actor, now: datetime
) -> Payment:
    """End a payment whose checkout nobody was ever sent to; any other is returned as it is.

    A ``start_payment`` that is under way meanwhile finds it ended and closes its checkout.
    """
    with transaction.atomic():
        payment = lock_payment(payment_id)
        if payment.session_id is None and move_payment(payment, state, note, actor, now):
            find_purpose(payment.purpose).fail(payment.reference, payment, now)
            record_payment(payment, actor, now)
    return payment
