"""Asks the provider about everything that has waited too long: nothing depends on a webhook."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.payments.models import (
    LIVE,
    CardRefund,
    Payment,
    PaymentState,
    ProviderEvent,
    RefundState,
)

from .apply_refund import refresh_refund
from .cancel_payment import end_unasked
from .handle_event import handle_event
from .refresh_payment import refresh_payment
from .start_refund import send_refund

LOG = logging.getLogger(__name__)
WAITED = timedelta(minutes=10)
"""Long enough that no call of ours is still under way."""
MAY_COME_BACK = timedelta(days=30)
"""How long after a refund was settled its bank may still send it back."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many events, payments and refunds were looked at, and how often that failed."""

    events: int
    payments: int
    refunds: int
    faults: int


def reconcile(now: datetime, limit: int = 200, waited: timedelta = WAITED) -> Reconciled:
    """Handle events left over; settle, fail or expire payments; send and follow refunds."""
    before = now - waited
    events = list(ProviderEvent.objects.filter(handled_at=None).order_by("received_at")[:limit])
    payments = list(
        Payment.objects.filter(state__in=LIVE, created_at__lte=before).order_by("pk")[:limit]
    )
    asked = (RefundState.REQUESTED, RefundState.PENDING)
    refunds = list(
        CardRefund.objects.filter(state__in=asked, created_at__lte=before).order_by("pk")[:limit]
    )
    steps: list[Callable[[], object]] = [
        *(partial(handle_event, event, now) for event in events),
        *(partial(_follow_payment, payment, now) for payment in payments),
        *(partial(_follow_refund, refund, now) for refund in refunds),
    ]
    return Reconciled(len(events), len(payments), len(refunds), _count_faults(steps))


def recheck_settled_refunds(now: datetime, limit: int = 1000) -> Reconciled:
    """Ask after refunds that were settled lately: a bank may have sent the money back. Daily."""
    lately = CardRefund.objects.filter(
        state=RefundState.SETTLED, changed_at__gte=now - MAY_COME_BACK
    )
    refunds = list(lately.order_by("pk")[:limit])
    faults = _count_faults([partial(refresh_refund, refund, now) for refund in refunds])
    return Reconciled(0, 0, len(refunds), faults)


def _follow_payment(payment: Payment, now: datetime) -> None:
    if payment.state == PaymentState.CREATED and payment.session_id is None:
        end_unasked(payment.pk, PaymentState.EXPIRED, "nobody was sent to pay", SYSTEM, now)
    else:
        refresh_payment(payment, now)


def _follow_refund(refund: CardRefund, now: datetime) -> None:
    if refund.provider_id is None:
        send_refund(refund.pk, now)
    else:
        refresh_refund(refund, now)


def _count_faults(steps: Iterable[Callable[[], object]]) -> int:
    """Take each step; one that fails is logged and does not stop the others."""
    faults = 0
    for step in steps:
        try:
            step()
        except Exception:
            LOG.exception("A step of the reconciliation failed; the next round tries again")
            faults += 1
    return faults
