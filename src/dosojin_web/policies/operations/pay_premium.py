"""Sends a payer to the card page, and finds how that payment stands."""

from datetime import datetime

from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.payments.errors import PaymentUnderway, ProviderRefused, ProviderUnavailable
from dosojin_web.payments.models import Payment
from dosojin_web.payments.operations.cancel_payment import cancel_payment
from dosojin_web.payments.operations.refresh_payment import refresh_payment
from dosojin_web.payments.operations.start_payment import start_payment
from dosojin_web.policies.eligibility import find_obstacle
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Application, ApplicationState, ChangeRequest, ChangeState
from dosojin_web.policies.operations.submit_application import next_attempt, payment_reference
from dosojin_web.policies.paying import APPLICATION, CHANGE
from dosojin_web.policies.versions import latest_version

TRIES_MAX = 3


class PaymentNotPossible(Exception):
    """The payer cannot be sent to the card page; the message says what to do."""


def pay_application_premium(
    application: Application,
    return_url: str,
    cancel_url: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> Payment:
    """The running payment of an application that was submitted; ``url`` is where to send the payer.

    A double click gets the same payment; after one that came to nothing, another is begun. An
    earlier payment for other answers is called off first.
    """
    if application.state != ApplicationState.AWAITING_PAYMENT:
        raise PaymentNotPossible(gettext("Nothing is to pay at the moment."))
    obstacle = find_obstacle(application.member, application.departs_on, day_in_japan(now))
    if obstacle is not None:
        raise PaymentNotPossible(f"{obstacle.message} {obstacle.remedy}")
    _call_off_others(APPLICATION, application.key, payment_reference(application), actor, now)
    for _ in range(TRIES_MAX):
        reference = payment_reference(application)
        payment = _start(
            purpose=APPLICATION,
            reference=reference,
            key=f"{APPLICATION}:{reference}",
            amount=application.total,
            description=gettext("Premium: %(programme)s")
            % {"programme": application.member.programme.title},
            email=application.member.person.email,
            return_url=return_url,
            cancel_url=cancel_url,
            language=language,
            actor=actor,
            now=now,
        )
        if payment.is_live or payment.is_paid:
            return payment
        application = next_attempt(application, reference)
    raise PaymentNotPossible(gettext("The payment could not be begun. Try again in a minute."))


def pay_change_premium(
    change: ChangeRequest,
    return_url: str,
    cancel_url: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> Payment:
    """The running payment of an additional premium, as in ``pay_application_premium``."""
    if change.state != ChangeState.AWAITING_PREMIUM:
        raise PaymentNotPossible(gettext("Nothing is to pay at the moment."))
    if day_in_japan(now) > latest_version(change.certificate).expiry:
        message = gettext("Cover has ended. After its end it cannot be extended any more.")
        raise PaymentNotPossible(message)
    for _ in range(TRIES_MAX):
        reference = f"{change.key}:{change.attempt}"
        payment = _start(
            purpose=CHANGE,
            reference=reference,
            key=f"{CHANGE}:{reference}",
            amount=change.premium_change,
            description=gettext("Additional premium: certificate %(number)s")
            % {"number": change.certificate.number},
            email="",
            return_url=return_url,
            cancel_url=cancel_url,
            language=language,
            actor=actor,
            now=now,
        )
        if payment.is_live or payment.is_paid:
            return payment
        ChangeRequest.objects.filter(pk=change.pk, attempt=change.attempt).update(
            attempt=change.attempt + 1
        )
        change.refresh_from_db()
    raise PaymentNotPossible(gettext("The payment could not be begun. Try again in a minute."))


def find_application_payment(application: Application, now: datetime) -> Payment | None:
    """The last payment of an application, as the provider has it now."""
    return _latest(APPLICATION, str(application.key), now)


def find_change_payment(change: ChangeRequest, now: datetime) -> Payment | None:
    """The last payment of an additional premium, as the provider has it now."""
    return _latest(CHANGE, str(change.key), now)


def call_off_application_payment(application: Application, actor: Actor, now: datetime) -> bool:
    """Call off what runs, so that answers can be changed; False if the payer was quicker."""
    _call_off_others(APPLICATION, application.key, "", actor, now)
    running = Payment.objects.filter(
        purpose=APPLICATION, reference__startswith=f"{application.key}:"
    )
    return not any(payment.is_live or payment.is_paid for payment in running)


def _latest(purpose: str, key: str, now: datetime) -> Payment | None:
    found = Payment.objects.filter(purpose=purpose, reference__startswith=f"{key}:").last()
    return None if found is None else refresh_payment(found, now)


def _call_off_others(
    purpose: str, key: object, reference: str, actor: Actor, now: datetime
) -> None:
    others = Payment.objects.filter(purpose=purpose, reference__startswith=f"{key}:")
    for payment in others.exclude(reference=reference):
        if payment.is_live:
            try:
                ended = cancel_payment(payment, actor, now)
            except (ProviderUnavailable, ProviderRefused) as error:
                raise PaymentNotPossible(_unavailable()) from error
            if ended.is_live:
                raise PaymentNotPossible(_underway())


def _start(**wish: object) -> Payment:
    try:
        return start_payment(**wish)  # type: ignore[arg-type]
    except PaymentUnderway as error:
        raise PaymentNotPossible(_underway()) from error
    except (ProviderUnavailable, ProviderRefused) as error:
        raise PaymentNotPossible(_unavailable()) from error


def _underway() -> str:
    return gettext("A payment is being processed. Look again in a minute.")


def _unavailable() -> str:
    return gettext(
        "The card company does not answer. Nothing was charged; try again in a few minutes."
    )
