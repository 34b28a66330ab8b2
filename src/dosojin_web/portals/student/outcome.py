"""How the payment of an application stands, for whoever paid."""

from enum import StrEnum

from django.utils.translation import gettext

from dosojin_web.payments.models import Payment, PaymentState
from dosojin_web.policies.models import Application, ApplicationState


class Outcome(StrEnum):
    """What the page after the card company says."""

    ENROLLED = "enrolled"
    UNDER_WAY = "under_way"
    DECLINED = "declined"
    ABANDONED = "abandoned"
    EXPIRED = "expired"
    CALLED_OFF = "called_off"
    GOES_BACK = "goes_back"
    NOTHING = "nothing"


def find_outcome(application: Application, payment: Payment | None, taken: bool) -> Outcome:
    """``taken``: the card company has sent the payer back as after a card that it took."""
    if application.state == ApplicationState.ENROLLED:
        return Outcome.ENROLLED
    if payment is None:
        return Outcome.NOTHING
    if payment.is_paid:
        return Outcome.GOES_BACK
    if application.state != ApplicationState.AWAITING_PAYMENT:
        return Outcome.NOTHING
    if payment.is_live and taken:
        return Outcome.UNDER_WAY
    if payment.last_decline:
        return Outcome.DECLINED
    if payment.is_live:
        return Outcome.ABANDONED
    return {
        PaymentState.FAILED.value: Outcome.DECLINED,
        PaymentState.EXPIRED.value: Outcome.EXPIRED,
    }.get(payment.state, Outcome.CALLED_OFF)


def title_of(outcome: Outcome) -> str:
    """The heading of the page."""
    return {
        Outcome.ENROLLED: gettext("You are enrolled"),
        Outcome.UNDER_WAY: gettext("Your payment is being processed"),
        Outcome.DECLINED: gettext("The card was declined"),
        Outcome.ABANDONED: gettext("You have not paid yet"),
        Outcome.EXPIRED: gettext("The payment page ran out of time"),
        Outcome.CALLED_OFF: gettext("The payment was cancelled"),
        Outcome.GOES_BACK: gettext("Your money goes back to the card"),
        Outcome.NOTHING: "",
    }[outcome]
