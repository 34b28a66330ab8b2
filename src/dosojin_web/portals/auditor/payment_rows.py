"""Payments, refunds and reports of the provider as rows of tables."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.components.records import Cell, Column, PastEvent, TableRow
from dosojin_web.payments.models import (
    CardRefund,
    Payment,
    PaymentEntry,
    PaymentState,
    ProviderEvent,
    RefundEntry,
    RefundState,
)
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.certificate_money import PAYMENT_MARKS, REFUND_MARKS
from dosojin_web.policies.payment_words import FAILURES, explain_failure, word_reason
from dosojin_web.templatetags.portals import japan_time


def payment_columns() -> list[Column]:
    """Heads of ``payment_rows``."""
    return [
        Column(gettext("Payment")),
        Column(gettext("State")),
        Column(gettext("Begun")),
        Column(gettext("Amount"), amount=True),
        Column(gettext("Given back"), amount=True),
    ]


def payment_rows(payments: Sequence[Payment]) -> list[TableRow]:
    """One row for each payment, its refunds fetched before."""
    return [_payment(payment) for payment in payments]


def _payment(payment: Payment) -> TableRow:
    refunds = [each for each in payment.refunds.all() if each.state != RefundState.REPLACED]
    back = sum(refund.amount for refund in refunds)
    address = reverse("auditor:payment", args=[payment.key])
    return TableRow(
        (
            Cell(payment.description, address, note=payment.key),
            Cell(payment.get_state_display(), state=PAYMENT_MARKS[PaymentState(payment.state)]),
            Cell(japan_time(payment.created_at), note=_decline(payment)),
            Cell(yen=payment.amount),
            Cell(yen=-back) if back else Cell(),
        )
    )


def refund_columns() -> list[Column]:
    """Heads of ``refund_rows``."""
    return [
        Column(gettext("Refund of")),
        Column(gettext("State")),
        Column(gettext("Asked for")),
        Column(gettext("Amount"), amount=True),
        Column(gettext("Reason")),
    ]


def refund_rows(refunds: Iterable[CardRefund]) -> list[TableRow]:
    """One row for each refund, its payment fetched before."""
    return [_refund(refund) for refund in refunds]


def _refund(refund: CardRefund) -> TableRow:
    address = reverse("auditor:payment", args=[refund.payment.key])
    return TableRow(
        (
            Cell(refund.payment.description, address, note=refund.key),
            Cell(refund.get_state_display(), state=REFUND_MARKS[RefundState(refund.state)]),
            Cell(japan_time(refund.created_at)),
            Cell(yen=refund.amount),
            Cell(word_reason(refund.reason), note=_word_note(refund.failure)),
        )
    )


def event_columns() -> list[Column]:
    """Heads of ``event_rows``."""
    return [Column(gettext("Report")), Column(gettext("Received")), Column(gettext("Fault"))]


def event_rows(events: Iterable[ProviderEvent]) -> list[TableRow]:
    """One row for each report of the card provider."""
    return [
        TableRow(
            (
                Cell(event.kind, note=event.id),
                Cell(japan_time(event.received_at)),
                Cell(event.fault),
            )
        )
        for event in events
    ]


def entry_events(entries: Iterable[PaymentEntry | RefundEntry]) -> list[PastEvent]:
    """The history of a payment or a refund; one query for who acted."""
    held = list(entries)
    names = name_actors((entry.who for entry in held), with_log_in=True)
    return [
        PastEvent(entry.at, names[entry.who], entry.get_state_display(), _word_note(entry.note))
        for entry in held
    ]


def _word_note(note: str) -> str:
    """In words, with the provider's code: its support asks for that."""
    return f"{explain_failure(note)} ({note})" if note in FAILURES else word_reason(note)


def _decline(payment: Payment) -> str:
    """Why the card was declined last; "" if it was not."""
    code = payment.last_decline
    return gettext("declined: %(code)s") % {"code": code} if code else ""
