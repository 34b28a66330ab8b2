"""The steps of a payment and a refund, each taken in a child process that may be killed."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import stripe
from django.utils import timezone

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.models import Event
from dosojin_web.directory.models import Organisation
from dosojin_web.payments.models import CardRefund, Payment, ProviderEvent
from dosojin_web.payments.operations.read_payment_event import read_payment_event
from dosojin_web.payments.operations.reconcile import reconcile
from dosojin_web.payments.operations.start_payment import start_payment
from dosojin_web.payments.operations.start_refund import start_refund
from dosojin_web.payments.purposes import PaymentPurpose, payment_purpose

ACTOR = Actor(2, "agency", "agency")
ADDRESS = "http://127.0.0.1:8000/my/"
Asked = dict[str, Any]


def warm_up() -> None:
    """The parts of the SDK that it imports when they are first asked for."""
    assert stripe.checkout and stripe.Refund


@payment_purpose("killed")
class Killed(PaymentPurpose):
    """Leaves a row of its own for each call, in whatever table is at hand."""

    def settle(self, reference: str, payment: Payment, now: datetime) -> None:
        leave_row("settled", reference)

    def refund_settled(self, reference: str, refund: CardRefund, now: datetime) -> None:
        leave_row("refunded", reference)


def leave_row(name: str, reference: str) -> None:
    Organisation.objects.create(
        kind="agency",
        code=f"{name}-{uuid.uuid4().hex[:12]}",
        name_ja=reference,
        name_en=name,
    )


def start(asked: Asked) -> Asked:
    payment = start_payment(
        purpose="killed", reference=asked["reference"], key=asked["key"], amount=12_340,
        description="x", email="", return_url=ADDRESS, cancel_url=ADDRESS, language="en",
        actor=ACTOR, now=timezone.now(),
    )  # fmt: skip
    return {"url": payment.url, "state": payment.state}


def event(asked: Asked) -> Asked:
    read_payment_event(asked["body"].encode(), asked["signature"], timezone.now())
    return {}


def refund(asked: Asked) -> Asked:
    payment = Payment.objects.get(reference=asked["reference"], state="succeeded")
    key, amount = f"{payment.reference}:R{asked.get('number', 0)}", asked.get("amount", 2_000)
    return {"state": start_refund(payment, key, amount, "x", ACTOR, timezone.now()).state}


def run_round(asked: Asked) -> Asked:
    return {"faults": reconcile(timezone.now() + timedelta(minutes=11)).faults}


def report(asked: Asked) -> Asked:
    reference = asked["reference"]
    rows = Organisation.objects.filter(name_ja=reference).values_list("name_en", flat=True)
    payments = Payment.objects.filter(reference=reference)
    refunds = CardRefund.objects.filter(payment__reference=reference)
    keys = [f"payment:{payment.key}" for payment in payments]
    return {
        "payments": sorted(payments.values_list("state", flat=True)),
        "refunds": sorted(refunds.values_list("state", flat=True)),
        "settled": [*rows].count("settled"),
        "refunded": [*rows].count("refunded"),
        "unhandled": ProviderEvent.objects.filter(handled_at=None).count(),
        "audited": Event.objects.filter(act="payment.succeeded", about__in=keys).count(),
    }


STEPS = {
    "start": start,
    "event": event,
    "refund": refund,
    "round": run_round,
    "report": report,
}
