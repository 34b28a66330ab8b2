"""Brings a refund to where the provider says it is, together with what follows from that."""

from datetime import datetime
from functools import partial

from django.db import transaction

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.payments.failpoints import reach
from dosojin_web.payments.history import lock_refund, move_refund, record_refund
from dosojin_web.payments.models import CardRefund, RefundState
from dosojin_web.payments.provider import Refunded, find_refund
from dosojin_web.payments.purposes import find_purpose

STATES = {
    "pending": RefundState.PENDING,
    "requires_action": RefundState.PENDING,
    "succeeded": RefundState.SETTLED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
"""The provider's word for a refund, and ours."""


def apply_refund(refund_id: int, answer: Refunded, actor: Actor, now: datetime) -> CardRefund:
    """The refund afterwards; its purpose is told in the same transaction, once for each step."""
    with transaction.atomic():
        # Registered first, so that it is reached before anything else that follows the commit.
        transaction.on_commit(partial(reach, "refund.committed"))
        refund = lock_refund(refund_id)
        if refund.provider_id is None:
            refund.provider_id = answer.id
            refund.save()
        state = STATES.get(answer.status)
        if state is not None:
            failure = (answer.failure or answer.status) if state is RefundState.FAILED else ""
            _move(refund, state, failure, actor, now)
        reach("refund.told")
    return refund


def fail_refund(refund_id: int, failure: str, actor: Actor, now: datetime) -> CardRefund:
    """Record that the provider would not take the refund; ``failure`` is its code."""
    with transaction.atomic():
        refund = lock_refund(refund_id)
        _move(refund, RefundState.FAILED, failure, actor, now)
    return refund


def refresh_refund(refund: CardRefund, now: datetime) -> CardRefund:
    """The refund as the provider has it now. Raises ProviderUnavailable or ProviderRefused."""
    if refund.provider_id is None:
        return refund
    return apply_refund(refund.pk, find_refund(refund.provider_id), SYSTEM, now)


def _move(
    refund: CardRefund, state: RefundState, failure: str, actor: Actor, now: datetime
) -> None:
    was_settled = refund.state == RefundState.SETTLED
    if state is RefundState.FAILED and not refund.failure:
        refund.failure = failure
    if not move_refund(refund, state, failure, actor, now):
        return
    purpose, reference = find_purpose(refund.payment.purpose), refund.payment.reference
    if state is RefundState.SETTLED:
        purpose.refund_settled(reference, refund, now)
    elif state is RefundState.FAILED:
        purpose.refund_failed(reference, refund, was_settled, now)
    record_refund(refund, actor, now)
