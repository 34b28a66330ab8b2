"""A purpose that remembers what it was told, and payers.

A module of its own and no part of conftest: tests of other slices import it too, and a conftest
that is imported a second time would register the purpose anew.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import Client

from dosojin_web.accounts.actors import Actor
from dosojin_web.payments.fake.postman import Letter, sign
from dosojin_web.payments.fake.server import Fake
from dosojin_web.payments.models import CardRefund, Payment
from dosojin_web.payments.operations.refresh_payment import refresh_payment
from dosojin_web.payments.operations.start_payment import start_payment
from dosojin_web.payments.purposes import PaymentPurpose, payment_purpose

KEY, SECRET = "sk_test_only", "whsec_only_for_tests"
STUDENT = Actor(9_000_001, "student", "student")
CLERK = Actor(9_000_002, "agency", "agency")
CHIEF = Actor(9_000_003, "agency", "agency")
TOLD: list[tuple[Any, ...]] = []


@payment_purpose("trial")
class Trial(PaymentPurpose):
    """Writes down each call; ``trouble`` makes the next one fail."""

    trouble = False

    def settle(self, reference: str, payment: Payment, now: datetime) -> None:
        if Trial.trouble:
            raise RuntimeError("the purpose is broken")
        TOLD.append(("settle", reference, payment.amount))

    def fail(self, reference: str, payment: Payment, now: datetime) -> None:
        TOLD.append(("fail", reference, payment.state))

    def refund_settled(self, reference: str, refund: CardRefund, now: datetime) -> None:
        TOLD.append(("refund_settled", reference, refund.amount))

    def refund_failed(
        self, reference: str, refund: CardRefund, was_settled: bool, now: datetime
    ) -> None:
        TOLD.append(("refund_failed", reference, refund.failure, was_settled))

    def refund_transferred(self, reference: str, refund: CardRefund, now: datetime) -> None:
        TOLD.append(("refund_transferred", reference, refund.amount))


def start(now: datetime, **changes: Any) -> Payment:
    """A payment of 12,340 yen for the reference A-1."""
    asked: dict[str, Any] = {
        "purpose": "trial",
        "reference": "A-1",
        "key": "A-1:1",
        "amount": 12_340,
        "description": "海外旅行保険",
        "email": "student@example.invalid",
        "return_url": "http://127.0.0.1:8000/my/paid/",
        "cancel_url": "http://127.0.0.1:8000/my/apply/",
        "language": "ja",
        "actor": STUDENT,
    }
    return start_payment(**(asked | changes), now=now)


def paid(now: datetime, card: str = "success", **changes: Any) -> Payment:
    """The same, paid and settled."""
    payment = start(now, **changes)
    post(payment.url, card=card)
    return refresh_payment(payment, now)


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser got."""

    status: int
    text: str
    location: str
    headers: dict[str, str] = field(default_factory=dict)


def visit(url: str, method: str = "GET", body: str = "", **headers: str) -> Page:
    """One request, no redirect followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    connection.request(method, parts.path + (f"?{parts.query}" * bool(parts.query)), body, sent)
    answer = connection.getresponse()
    page = Page(
        answer.status,
        answer.read().decode(),
        answer.getheader("Location", ""),
        dict(answer.getheaders()),
    )
    connection.close()
    return page


def post(url: str, **fields: str) -> Page:
    """Send a form."""
    return visit(url, "POST", urlencode(fields))


def deliver(client: Client, letter: Letter, at: int | None = None, secret: str = SECRET) -> int:
    """Bring an event to our webhook, signed at ``at``; the status of the answer."""
    response = client.post(
        "/payments/webhook/",
        letter.body,
        content_type="application/json",
        headers={"Stripe-Signature": sign(letter.body, secret, at)},
    )
    return response.status_code


def environment_of(fake: Fake) -> dict[str, str]:
    """What tells another process that ``fake`` is the provider."""
    return {
        "STRIPE_API_BASE": fake.base,
        "STRIPE_API_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": SECRET,
    }


def letters(fake: Fake, kind: str) -> list[Letter]:
    """The events of one kind, oldest first."""
    return [letter for letter in fake.postman.written if letter.kind == kind]
