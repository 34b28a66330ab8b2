"""What was paid for a certificate and what went back, from the payments and the ledger.

In:  a certificate. Out: its premium version by version, its payments and refunds with their state.
Never: a card number; the provider alone knows those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from dosojin_web.components.shapes import MoneyRow
from dosojin_web.ledger.balances import balance
from dosojin_web.ledger.models import EntryLine
from dosojin_web.payments.models import CardRefund, Payment, PaymentState, RefundState
from dosojin_web.templatetags.layout import civil_day

from .bookings import BANK, REFUND
from .models import Certificate, CertificateVersion
from .paying import APPLICATION, CHANGE

PAYMENT_MARKS = {
    PaymentState.CREATED: "todo",
    PaymentState.OPEN: "awaiting_payment",
    PaymentState.SUCCEEDED: "paid",
    PaymentState.FAILED: "refused",
    PaymentState.EXPIRED: "ended",
    PaymentState.CANCELLED: "cancelled",
}
REFUND_MARKS = {
    RefundState.REQUESTED: "requested",
    RefundState.PENDING: "awaiting_payment",
    RefundState.SETTLED: "paid",
    RefundState.FAILED: "needs_attention",
    RefundState.REPLACED: "ended",
    RefundState.TRANSFERRED: "paid",
}
"""For each state of a refund, the state of the design system that draws it."""


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """A payment (``amount`` positive) or a refund (negative), in yen, and how it stands."""

    at: datetime
    what: str
    amount: int
    mark: str
    state: str
    note: str = ""


def tabulate_premium(
    versions: Sequence[CertificateVersion],
) -> tuple[tuple[MoneyRow, ...], MoneyRow]:
    """What each version added to the premium, and what stands now, in yen."""
    rows = tuple(
        MoneyRow(
            label=f"{version.number} {version.get_kind_display()}",
            amounts=(version.premium_change, version.premium),
            note=gettext("With effect from %(day)s") % {"day": civil_day(version.effective_from)},
        )
        for version in versions
    )
    return rows, MoneyRow(gettext("Premium now"), (None, versions[-1].premium))


def list_money(certificate: Certificate) -> tuple[MoneyMoved, ...]:
    """All payments and refunds by card, and what came or went by bank, the latest first."""
    payments = list(_payments(certificate).prefetch_related("refunds"))
    refunds = [refund for payment in payments for refund in payment.refunds.all()]
    moved = [*map(_payment, payments), *map(_refund, refunds), *_by_bank(certificate, refunds)]
    return tuple(sorted(moved, key=lambda each: each.at, reverse=True))


def owed_back(certificate: Certificate) -> int:
    """Yen that were booked as return premium and have not been paid back."""
    return -balance(REFUND, reference=certificate.number)


def _payments(certificate: Certificate) -> QuerySet[Payment]:
    mine = Q(purpose=APPLICATION, reference__startswith=f"{certificate.application.key}:")
    for change in certificate.changes.all():
        mine |= Q(purpose=CHANGE, reference__startswith=f"{change.key}:")
    return Payment.objects.filter(mine)


def _payment(payment: Payment) -> MoneyMoved:
    state = PaymentState(payment.state)
    return MoneyMoved(
        at=payment.created_at,
        what=gettext("Premium, by card"),
        amount=payment.amount,
        mark=PAYMENT_MARKS[state],
        state=str(state.label),
        note=payment.last_decline,
    )


def _refund(refund: CardRefund) -> MoneyMoved:
    state = RefundState(refund.state)
    return MoneyMoved(
        at=refund.created_at,
        what=gettext("Return premium, to the card"),
        amount=-refund.amount,
        mark=REFUND_MARKS[state],
        state=str(state.label),
        note=refund.failure,
    )


def _by_bank(certificate: Certificate, refunds: Sequence[CardRefund]) -> list[MoneyMoved]:
    """Movements of the bank account; a card refund that was transferred stands there already."""
    shown = {f"refund-paid:{refund.key}:{BANK}" for refund in refunds}
    lines = EntryLine.objects.filter(account=BANK, entry__reference=certificate.number)
    return [
        MoneyMoved(
            at=line.entry.at,
            what=_bank_words(line.amount),
            amount=line.amount,
            mark="paid",
            state=gettext("Paid"),
        )
        for line in lines.select_related("entry").order_by("entry__at")
        if line.entry.key not in shown
    ]


def _bank_words(amount: int) -> str:
    if amount > 0:
        return gettext("Premium, by bank transfer")
    return gettext("Return premium, by bank transfer")
