"""Starts a refund to the card: our row first, then the provider."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Sum

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.payments.errors import (
    KeyReused,
    ProviderKeyReused,
    ProviderRefused,
    ProviderUnavailable,
    RefundRefused,
)
from dosojin_web.payments.failpoints import reach
from dosojin_web.payments.history import lock_payment, note_refund, record_refund
from dosojin_web.payments.models import CardRefund, Payment, RefundState
from dosojin_web.payments.provider import Refunded, ask_refund, find_refund_by_key

from .apply_refund import apply_refund, fail_refund

LOG = logging.getLogger(__name__)
LOOKED_UP_AFTER = timedelta(hours=1)
"""The provider forgets idempotency keys after a day; well before, we look our own key up first."""


def start_refund(
    payment: Payment, key: str, amount: int, reason: str, actor: Actor, now: datetime
) -> CardRefund:
    """The refund; ``amount`` in yen. The same key gives the same refund.

    May stand inside the caller's transaction: the provider is asked when that commits. If it does
    not answer, the refund stays requested and ``reconcile`` asks again. Raises KeyReused, and
    RefundRefused for a payment that has not come, or more than is left of it.
    """
    with transaction.atomic():
        payment = lock_payment(payment.pk)
        known = CardRefund.objects.filter(key=key).first()
        if known is not None:
            if (known.payment_id, known.amount) != (payment.pk, amount):
                raise KeyReused(f"The key {key} stands for another refund: choose a new one.")
            refund = known
        else:
            _check(payment, amount)
            refund = create_refund(payment, key, amount, reason, actor, now)
        transaction.on_commit(partial(send_refund, refund.pk, now), robust=True)
    refund.refresh_from_db()
    return refund


def refundable(payment: Payment) -> int:
    """Yen of the payment that no refund has taken yet."""
    if not payment.is_paid:
        return 0
    refunds = payment.refunds.exclude(state=RefundState.REPLACED)
    return payment.amount - (refunds.aggregate(sum=Sum("amount"))["sum"] or 0)


def _check(payment: Payment, amount: int) -> None:
    if not payment.is_paid:
        raise RefundRefused(f"{payment.key} has not been paid: there is nothing to refund.")
    left = refundable(payment)
    if not 0 < amount <= left:
        raise RefundRefused(f"{payment.key} has {left} yen left to refund, not {amount}.")


def create_refund(
    payment: Payment,
    key: str,
    amount: int,
    reason: str,
    actor: Actor,
    now: datetime,
    replaces: CardRefund | None = None,
) -> CardRefund:
    """The row, its first entry and its event of the audit; the caller holds the payment locked."""
    refund = CardRefund.objects.create(
        payment=payment,
        key=key,
        amount=amount,
        reason=reason,
        maker=actor.who,
        replaces=replaces,
        created_at=now,
        changed_at=now,
    )
    note_refund(refund, reason, actor, now)
    record_refund(refund, actor, now)
    return refund


def send_refund(refund_id: int, now: datetime) -> None:
    """Ask the provider for a refund that is still only requested."""
    reach("refund.kept")
    refund = CardRefund.objects.select_related("payment").get(pk=refund_id)
    if refund.state != RefundState.REQUESTED:
        return
    try:
        answer = _ask(refund, now)
    except ProviderUnavailable as error:
        LOG.warning("Refund %s stays requested: %s", refund.key, error)
        return
    except ProviderRefused as error:
        fail_refund(refund.pk, error.code, SYSTEM, now)
        return
    reach("refund.answered")
    apply_refund(refund.pk, answer, SYSTEM, now)


def _ask(refund: CardRefund, now: datetime) -> Refunded:
    """An earlier call may have got through without our hearing of it: then there is one already."""
    if now - refund.created_at > LOOKED_UP_AFTER and (found := find_refund_by_key(refund)):
        return found
    try:
        return ask_refund(refund)
    except ProviderKeyReused:
        raise ProviderUnavailable("The provider knows the key of this refund otherwise.") from None
