"""The payment provider, through its SDK: the only module that knows Stripe.

In:  our payments and refunds, session and refund ids, signed bodies.
Out: checkouts and refunds as the provider reports them, as small frozen values; our own errors.
Never: a card number, or a secret in a log or an error. Yen have no smaller unit, and the provider
takes them as they are: 1,200 yen are 1200, not 120000.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings

from .errors import BadSignature, ProviderKeyReused, ProviderRefused, ProviderUnavailable
from .models import CardRefund, Payment

LOG = logging.getLogger(__name__)
CURRENCY = "jpy"
OPEN_FOR = timedelta(minutes=60)
"""How long a checkout waits for its payer. The provider takes 30 minutes to 24 hours."""
CONNECT_SECONDS, ANSWER_SECONDS = 3, 12
RETRIES = 2

stripe.enable_telemetry = False


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout session. ``amount`` in yen; ``key`` is our payment's; ``decline`` a code or "".

    ``paid_at`` is when the money came; None if it has not, or the provider does not say.
    """

    id: str
    url: str
    key: str
    status: str
    is_paid: bool
    amount: int
    currency: str
    intent_id: str
    intent_status: str
    decline: str
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class Refunded:
    """A refund as the provider has it. ``key`` is our refund's, ``failure`` a code or ""."""

    id: str
    key: str
    status: str
    failure: str
    amount: int


@dataclass(frozen=True, slots=True)
class Reported:
    """An event, its signature checked; ``about`` is the object it carries, as of ``at``."""

    id: str
    kind: str
    about: Mapping[str, Any]
    at: datetime | None


def open_checkout(payment: Payment, email: str) -> Checkout:
    """Ask for a checkout; the same payment gets the same one however often this is called."""
    labels = {"payment": payment.key, "reference": payment.reference}
    expires_at = int((payment.asked_at + OPEN_FOR).timestamp())
    item = {
        "quantity": 1,
        "price_data": {
            "currency": CURRENCY,
            "unit_amount": payment.amount,
            "product_data": {"name": payment.description},
        },
    }
    params: Any = {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [item],
        "success_url": payment.return_url,
        "cancel_url": payment.cancel_url,
        "locale": payment.language,
        "expires_at": expires_at,
        "metadata": labels,
        "payment_intent_data": {"metadata": labels},
        **({"customer_email": email} if email else {}),
    }
    key = f"payment:{payment.key}:{payment.renewals}"
    with _errors():
        made = _client().v1.checkout.sessions.create(params, {"idempotency_key": key})
    return _read_checkout(made.to_dict())


def find_checkout(session_id: str) -> Checkout:
    """The checkout as it is now, with the state of the money behind it."""
    with _errors():
        found = _client().v1.checkout.sessions.retrieve(
            session_id, {"expand": ["payment_intent.latest_charge"]}
        )
    return _read_checkout(found.to_dict())


def close_checkout(session_id: str) -> Checkout:
    """Make the checkout unpayable; one that has ended already is returned as it is."""
    try:
        with _errors():
            _client().v1.checkout.sessions.expire(session_id)
    except ProviderRefused:
        pass  # Only an open session can be closed: paid or expired meanwhile, which we read now.
    return find_checkout(session_id)


def ask_refund(refund: CardRefund) -> Refunded:
    """Ask for the refund; asking again gets the same one as long as the provider knows the key."""
    params: Any = {
        "payment_intent": refund.payment.intent_id,
        "amount": refund.amount,
        "reason": "requested_by_customer",
        "metadata": {"refund": refund.key},
    }
    with _errors():
        made = _client().v1.refunds.create(params, {"idempotency_key": f"refund:{refund.key}"})
    return _read_refund(made.to_dict())


def find_refund(refund_id: str) -> Refunded:
    """The refund as it is now."""
    with _errors():
        return _read_refund(_client().v1.refunds.retrieve(refund_id).to_dict())


def find_refund_by_key(refund: CardRefund) -> Refunded | None:
    """The provider's refund that carries our key, if there is one; keys outlive idempotency."""
    with _errors():
        listed = _client().v1.refunds.list({"payment_intent": refund.payment.intent_id})
        found = [_read_refund(each.to_dict()) for each in listed.auto_paging_iter()]
    return next((each for each in found if each.key == refund.key), None)


def read_signed(body: bytes, signature: str) -> Reported:
    """The event in a body; raises BadSignature if it is not ours, too old, or no event."""
    try:
        stripe.WebhookSignature.verify_header(
            body,
            signature,
            settings.STRIPE_WEBHOOK_SECRET,
            tolerance=settings.STRIPE_WEBHOOK_TOLERANCE_SECONDS,
        )
    except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
        raise BadSignature("The signature does not fit.") from error
    try:
        return read_report(body.decode())
    except (ValueError, KeyError, TypeError) as error:
        raise BadSignature("The body is no event.") from error


def read_report(raw: str) -> Reported:
    """The event in a body whose signature has been checked, as when it was received."""
    event = json.loads(raw)
    about = dict(event["data"]["object"])
    return Reported(str(event["id"]), str(event["type"]), about, _read_moment(event))


def read_checkout_report(report: Reported) -> Checkout:
    """The checkout inside an event: how things stood when it was sent.

    The session does not say when it was paid, and its charge is not with it: what reports the end
    of a checkout was made at that moment.
    """
    checkout = _read_checkout(report.about)
    return replace(checkout, paid_at=report.at) if checkout.is_paid else checkout


def _read_checkout(session: Mapping[str, Any]) -> Checkout:
    intent = session.get("payment_intent") or ""
    whole = intent if isinstance(intent, Mapping) else {}
    is_paid = session.get("payment_status") == "paid"
    return Checkout(
        id=str(session["id"]),
        url=str(session.get("url") or ""),
        key=str((session.get("metadata") or {}).get("payment", "")),
        status=str(session.get("status") or ""),
        is_paid=is_paid,
        amount=int(session.get("amount_total") or 0),
        currency=str(session.get("currency") or ""),
        intent_id=str(whole.get("id", "") if whole else intent),
        intent_status=str(whole.get("status", "")),
        decline=read_decline(whole),
        # Each card that is tried is a charge of its own; of a paid intent the last one was taken.
        paid_at=_read_moment(whole.get("latest_charge")) if is_paid else None,
    )


def _read_moment(made: object) -> datetime | None:
    """When the provider made an object; None if that is not said, or is no moment."""
    seconds = made.get("created") if isinstance(made, Mapping) else None
    if type(seconds) is not int or seconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def read_decline(intent: Mapping[str, Any]) -> str:
    """Why the last card of a payment intent was refused, as a code; "" if none was."""
    error = intent.get("last_payment_error") or {}
    return str(error.get("decline_code") or error.get("code") or "")


def _read_refund(refund: Mapping[str, Any]) -> Refunded:
    return Refunded(
        id=str(refund["id"]),
        key=str((refund.get("metadata") or {}).get("refund", "")),
        status=str(refund.get("status") or ""),
        failure=str(refund.get("failure_reason") or ""),
        amount=int(refund["amount"]),
    )


def _client() -> stripe.StripeClient:
    if not settings.STRIPE_API_KEY:
        raise ProviderUnavailable("Payments are not set up: STRIPE_API_KEY is empty.")
    return _client_of(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE)


@lru_cache(maxsize=4)
def _client_of(key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else None,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, ANSWER_SECONDS)),
    )


@contextmanager
def _errors() -> Iterator[None]:
    """The SDK's errors as ours. Its messages stay out of logs and tracebacks: they quote us."""
    try:
        yield
    except stripe.StripeError as error:
        LOG.warning(
            "The payment provider: %s, code %s, request %s",
            type(error).__name__, error.code, error.request_id,
        )  # fmt: skip
        raise _translated(error) from None


def _translated(error: stripe.StripeError) -> Exception:
    match error:
        case stripe.IdempotencyError():
            return ProviderKeyReused("idempotency_error")
        case stripe.CardError() | stripe.InvalidRequestError():
            return ProviderRefused(str(error.code or "invalid_request"))
        case stripe.AuthenticationError() | stripe.PermissionError():
            return ProviderUnavailable("The payment provider does not accept our key.")
        case _:
            return ProviderUnavailable("The payment provider does not answer.")
