"""How payments and refunds move from state to state, and the line that each step leaves.

In:  rows that the caller holds locked. Out: the row changed, its entry; events of the audit.
Never: a step back. Who is late, or comes twice, changes nothing.
"""

from datetime import datetime

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.chain import Detail
from dosojin_web.audit.operations.record_event import record

from .models import (
    PAYMENT_RANK,
    REFUND_RANK,
    CardRefund,
    Payment,
    PaymentEntry,
    PaymentState,
    RefundEntry,
    RefundState,
)


def lock_payment(payment_id: int) -> Payment:
    """The payment, locked; with it all tries for the same thing, so that two cannot both win."""
    purpose, reference = Payment.objects.values_list("purpose", "reference").get(pk=payment_id)
    family = lock_family(purpose, reference)
    return next(payment for payment in family if payment.pk == payment_id)


def lock_family(purpose: str, reference: str) -> list[Payment]:
    """Every try at paying for one thing, locked, oldest first."""
    tries = Payment.objects.select_for_update().filter(purpose=purpose, reference=reference)
    return list(tries.order_by("pk"))


def lock_refund(refund_id: int) -> CardRefund:
    """The refund, locked; its payment first, in the order in which everybody locks."""
    lock_payment(CardRefund.objects.values_list("payment_id", flat=True).get(pk=refund_id))
    return CardRefund.objects.select_for_update().get(pk=refund_id)


def move_payment(
    payment: Payment, state: PaymentState, note: str, actor: Actor, now: datetime, event: str = ""
) -> bool:
    """Bring the payment on to ``state``; False and nothing if it is there or further already."""
    if PAYMENT_RANK[state] <= PAYMENT_RANK[PaymentState(payment.state)]:
        return False
    payment.state = state.value
    payment.changed_at = now
    if not payment.is_live:
        payment.url = ""
    payment.save()
    note_payment(payment, note, actor, now, event)
    return True


def record_payment(payment: Payment, actor: Actor, now: datetime) -> None:
    """Write the payment's state into the audit; last in a transaction, as the audit asks."""
    detail: Detail = {"purpose": payment.purpose, "amount": payment.amount}
    record(actor, f"payment.{payment.state}", f"payment:{payment.key}", detail, now)


def note_payment(payment: Payment, note: str, actor: Actor, now: datetime, event: str = "") -> None:
    """Write a line into the history; for one event of the provider only one."""
    if event and payment.entries.filter(event_id=event).exists():
        return
    PaymentEntry.objects.create(
        payment=payment, state=payment.state, note=note, event_id=event, who=actor.who, at=now
    )


def move_refund(
    refund: CardRefund, state: RefundState, note: str, actor: Actor, now: datetime
) -> bool:
    """Bring the refund on to ``state``; False and nothing if it is there or further already."""
    if REFUND_RANK[state] <= REFUND_RANK[RefundState(refund.state)]:
        return False
    refund.state = state.value
    refund.changed_at = now
    refund.save()
    note_refund(refund, note, actor, now)
    return True


def note_refund(refund: CardRefund, note: str, actor: Actor, now: datetime) -> None:
    """Write a line into the history of the refund."""
    RefundEntry.objects.create(refund=refund, state=refund.state, note=note, who=actor.who, at=now)


def record_refund(refund: CardRefund, actor: Actor, now: datetime) -> None:
    """Write the refund's state into the audit; last in a transaction, as the audit asks."""
    detail: Detail = {"payment": refund.payment.key, "amount": refund.amount}
    record(actor, f"refund.{refund.state}", f"refund:{refund.key}", detail, now)
