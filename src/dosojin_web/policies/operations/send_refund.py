"""Money that is owed back goes to the cards it came from, the last payment first."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.payments.failpoints import reach
from dosojin_web.payments.models import CardRefund, Payment, PaymentState
from dosojin_web.payments.operations.start_refund import refundable, start_refund
from dosojin_web.policies.models import Certificate, ChangeRequest
from dosojin_web.policies.operations.transfer_return_premium import note_transfer
from dosojin_web.policies.paying import APPLICATION, CHANGE


def send_return_premium(change: ChangeRequest, now: datetime) -> int:
    """Ask for the card refunds of ``change``; returns the yen that no card payment is left for.

    Those were paid by bank transfer: it is noted that the agency pays them back so. Calling again
    changes nothing.
    """
    left = -change.premium_change
    for payment in card_payments(change.certificate):
        key = f"change:{change.key}:{payment.pk}"
        asked = CardRefund.objects.filter(key=key).first()
        part = asked.amount if asked else min(left, refundable(payment))
        if part > 0:
            start_refund(payment, key, part, str(change.kind), SYSTEM, now)
            left -= part
    reach("return.asked")
    if left > 0:
        note_transfer(change, left, now)
    return left


def send_surplus(payment: Payment, now: datetime) -> None:
    """All of a payment that nobody owed goes back."""
    part = refundable(payment)
    if part > 0:
        start_refund(payment, f"surplus:{payment.key}", part, "surplus", SYSTEM, now)


def card_payments(certificate: Certificate) -> Sequence[Payment]:
    """The card payments that made a certificate what it is, the last first."""
    mine = Q(purpose=APPLICATION, reference__startswith=f"{certificate.application.key}:")
    for key in certificate.changes.values_list("key", flat=True):
        mine |= Q(purpose=CHANGE, reference__startswith=f"{key}:")
    return list(Payment.objects.filter(mine, state=PaymentState.SUCCEEDED).order_by("-pk"))
