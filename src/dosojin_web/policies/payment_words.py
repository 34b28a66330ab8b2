"""The codes of payments and refunds, in words for those who look after them."""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from .models import ChangeKind
from .paying import APPLICATION, CHANGE

PURPOSES: dict[str, str | Promise] = {
    APPLICATION: gettext_lazy("Premium at enrolment"),
    CHANGE: gettext_lazy("Additional premium of an extension"),
}
SURPLUS = "surplus"
FAILURES: dict[str, str | Promise] = {
    "expired_or_canceled_card": gettext_lazy("The card has expired or was cancelled."),
    "lost_or_stolen_card": gettext_lazy("The card was reported lost or stolen."),
    "insufficient_funds": gettext_lazy("Our account at the card company was not covered."),
    "declined": gettext_lazy("The bank of the card declined the refund."),
    "charge_for_pending_refund_disputed": gettext_lazy("The payer disputes the charge."),
}
"""The provider's codes for a failed refund."""


def word_purpose(purpose: str) -> str:
    """What a payment is for; one that is not listed, as it stands."""
    return str(PURPOSES.get(purpose, purpose))


def word_reason(reason: str) -> str:
    """Why money goes back; a reason that is not listed, as it stands."""
    if reason == SURPLUS:
        return gettext("Money received that nobody owed")
    return str(ChangeKind(reason).label) if reason in ChangeKind else reason


def explain_failure(code: str) -> str:
    """Why a refund failed, in a sentence; "" for none."""
    known = FAILURES.get(code)
    if known is not None:
        return str(known)
    words = gettext("The card company gave the reason “%(code)s”.")
    return words % {"code": code} if code else ""
