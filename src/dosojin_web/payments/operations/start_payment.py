"""Starts a payment: our row first, then the provider's checkout, then its address in our row.

Killed anywhere between, a second call with the same key goes on where the first one stopped. The
address is handed out only once it is recorded, so a checkout that we lost track of has no payer.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.payments.errors import (
    KeyReused,
    PaymentUnderway,
    ProviderKeyReused,
    ProviderRefused,
    ProviderUnavailable,
)
from dosojin_web.payments.failpoints import reach
from dosojin_web.payments.history import (
    lock_family,
    lock_payment,
    move_payment,
    note_payment,
    record_payment,
)
from dosojin_web.payments.models import Payment, PaymentState
from dosojin_web.payments.provider import Checkout, close_checkout, open_checkout
from dosojin_web.payments.purposes import find_purpose

from .cancel_payment import cancel_payment
from .refresh_payment import refresh_payment

LOG = logging.getLogger(__name__)
ASKED_ANEW_AFTER = timedelta(minutes=25)
"""The provider wants 30 minutes left until a checkout expires: an older request is made anew."""
TRIES_MAX = 4


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the caller asks for."""

    purpose: str
    reference: str
    key: str
    amount: int
    description: str
    return_url: str
    cancel_url: str
    language: str


def start_payment(
    purpose: str,
    reference: str,
    key: str,
    amount: int,
    description: str,
    email: str,
    return_url: str,
    cancel_url: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> Payment:
    """The payment; while it is live, ``url`` is where to send the browser.

    ``amount`` is in yen. One thing is paid once: if the reference has been paid, that payment is
    returned, whatever the key; if another try for the same amount is open, that one; an open try
    for another amount is called off first. A try that has ended unpaid is returned as it is, with
    an empty ``url``: start the next with another key. Call it outside transactions.

    Raises KeyReused, PaymentUnderway, and ProviderUnavailable or ProviderRefused, after which the
    same call may be made again.
    """
    find_purpose(purpose)
    wish = _Wish(purpose, reference, key, amount, description, return_url, cancel_url, language)
    for _ in range(TRIES_MAX):
        payment = _keep(wish, actor, now)
        reach("start.kept")
        if payment.state == PaymentState.OPEN:
            payment = refresh_payment(payment, now)
        if payment.is_live and payment.amount != amount:
            payment = cancel_payment(payment, actor, now)
            if payment.is_live:
                raise PaymentUnderway(f"{payment.key} is being processed: wait for its end.")
        if payment.is_paid or payment.key == key or payment.is_live:
            break
    if payment.state == PaymentState.CREATED:
        return _ask(payment, email, actor, now)
    return payment


def _keep(wish: _Wish, actor: Actor, now: datetime) -> Payment:
    """The row to go on with: the one of this key, the paid one, the live one, or a new one."""
    try:
        with transaction.atomic(durable=True):
            family = lock_family(wish.purpose, wish.reference)
            return _find(wish, family) or _create(wish, actor, now)
    except IntegrityError:
        # Another request has made the row between our look and our insert.
        with transaction.atomic(durable=True):
            found = _find(wish, lock_family(wish.purpose, wish.reference))
        if found is None:
            raise
        return found


def _find(wish: _Wish, family: list[Payment]) -> Payment | None:
    same = Payment.objects.filter(key=wish.key).first()
    if same is not None:
        asked = (wish.purpose, wish.reference, wish.amount)
        if (same.purpose, same.reference, same.amount) != asked:
            raise KeyReused(f"The key {wish.key} stands for another payment: choose a new one.")
    paid = next((payment for payment in family if payment.is_paid), None)
    live = next((payment for payment in family if payment.is_live), None)
    return paid or same or live


def _create(wish: _Wish, actor: Actor, now: datetime) -> Payment:
    payment = Payment.objects.create(
        purpose=wish.purpose,
        reference=wish.reference,
        key=wish.key,
        amount=wish.amount,
        description=wish.description,
        return_url=wish.return_url,
        cancel_url=wish.cancel_url,
        language=wish.language,
        created_at=now,
        asked_at=now,
        changed_at=now,
    )
    note_payment(payment, "", actor, now)
    record_payment(payment, actor, now)
    return payment


def _ask(payment: Payment, email: str, actor: Actor, now: datetime) -> Payment:
    """Ask the provider for the checkout and record it."""
    if now - payment.asked_at > ASKED_ANEW_AFTER:
        payment = _renew(payment, now)
    try:
        checkout = open_checkout(payment, email)
    except ProviderKeyReused:
        # An earlier call asked in other words (another e-mail address) and died before recording
        # the answer. Nobody was sent to its checkout, so asking anew charges nobody twice.
        payment = _renew(payment, now)
        checkout = open_checkout(payment, email)
    reach("start.answered")
    payment = _record(payment, checkout, actor, now)
    reach("start.recorded")
    return payment


def _renew(payment: Payment, now: datetime) -> Payment:
    with transaction.atomic():
        payment = lock_payment(payment.pk)
        if payment.state == PaymentState.CREATED:
            payment.renewals += 1
            payment.asked_at = now
            payment.save()
    return payment


def _record(payment: Payment, checkout: Checkout, actor: Actor, now: datetime) -> Payment:
    """The first checkout recorded is the one handed out; a later one is closed again."""
    with transaction.atomic():
        payment = lock_payment(payment.pk)
        if payment.session_id in (None, checkout.id) and payment.state == PaymentState.CREATED:
            payment.session_id = checkout.id
            payment.intent_id = checkout.intent_id
            payment.url = checkout.url
            move_payment(payment, PaymentState.OPEN, "", actor, now)
            record_payment(payment, actor, now)
    if payment.session_id != checkout.id:
        try:
            close_checkout(checkout.id)
        except (ProviderUnavailable, ProviderRefused):
            LOG.warning("Checkout %s was handed to nobody and runs out by itself", checkout.id)
    return payment
