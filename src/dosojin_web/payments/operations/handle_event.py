"""Acts on an event that was kept, in one transaction with the note that this has happened.

An event is a hint of what to look at. Where it carries an end (paid, expired) it is believed; else
the provider is asked how things are now, since events come late, twice and out of order. So it is
if a card took its time: when it was charged, the event does not say.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.payments.history import lock_payment, note_payment
from dosojin_web.payments.models import CardRefund, Payment, ProviderEvent
from dosojin_web.payments.provider import (
    Reported,
    find_checkout,
    find_refund,
    read_checkout_report,
    read_decline,
    read_report,
)

from .apply_checkout import apply_checkout
from .apply_refund import apply_refund

LOG = logging.getLogger(__name__)
Effect = Callable[[], object]
COMPLETED = "checkout.session.completed"
"""Sent when the payer has done their part: paid with it, unless the card takes its time."""


def handle_event(event: ProviderEvent, now: datetime) -> bool:
    """Whether the event is handled now; if not, ``event.fault`` says why."""
    try:
        effect = _prepare(read_report(event.raw), now)
        with transaction.atomic():
            effect()
            event.handled_at, event.fault = now, ""
            event.save(update_fields=["handled_at", "fault"])
    except Exception as error:
        # Whatever it was, the event is kept and tried again; it must not stop the others.
        LOG.exception("Event %s (%s) was not handled", event.id, event.kind)
        event.handled_at, event.fault = None, f"{type(error).__name__}: {error}"[:200]
        event.save(update_fields=["handled_at", "fault"])
    return event.handled_at is not None


def _prepare(report: Reported, now: datetime) -> Effect:
    """What the event does, everything that needs the network already asked."""
    family, _, step = report.kind.partition(".")
    if family == "checkout" and step.startswith("session."):
        return _prepare_checkout(report, now)
    if family == "payment_intent":
        return _prepare_intent(report, step, now)
    if family == "refund" or report.kind == "charge.refund.updated":
        return _prepare_refund(report, now)
    return _nothing


def _nothing() -> None:
    """For events that are no concern of ours: kept, and that is all."""


def _prepare_checkout(report: Reported, now: datetime) -> Effect:
    checkout = read_checkout_report(report)
    found = Payment.objects.filter(Q(session_id=checkout.id) | Q(key=checkout.key, session_id=None))
    payment = found.first()
    if payment is None:
        return _nothing
    was_paid_then = checkout.is_paid and report.kind == COMPLETED
    if not (was_paid_then or checkout.status == "expired"):
        checkout = find_checkout(checkout.id)
    return partial(apply_checkout, payment.pk, checkout, SYSTEM, now, report.id)


def _prepare_intent(report: Reported, step: str, now: datetime) -> Effect:
    key = str((report.about.get("metadata") or {}).get("payment", ""))
    payment = Payment.objects.filter(key=key).first()
    if payment is None:
        return _nothing
    if step == "payment_failed":
        decline = read_decline(report.about)
        return partial(_note_decline, payment.pk, decline, report.id, now)
    if not payment.session_id:
        return _nothing
    checkout = find_checkout(payment.session_id)
    return partial(apply_checkout, payment.pk, checkout, SYSTEM, now, report.id)


def _note_decline(payment_id: int, decline: str, event_id: str, now: datetime) -> None:
    """A card was refused. The checkout stays open, and the payer may take another card."""
    payment = lock_payment(payment_id)
    if payment.is_live:
        payment.last_decline = decline
        payment.save()
        note_payment(payment, f"declined: {decline}", SYSTEM, now, event_id)


def _prepare_refund(report: Reported, now: datetime) -> Effect:
    key = str((report.about.get("metadata") or {}).get("refund", ""))
    refund_id = str(report.about["id"])
    found = CardRefund.objects.filter(Q(provider_id=refund_id) | Q(key=key, provider_id=None))
    refund = found.first()
    if refund is None:
        return _nothing
    return partial(apply_refund, refund.pk, find_refund(refund_id), SYSTEM, now)
