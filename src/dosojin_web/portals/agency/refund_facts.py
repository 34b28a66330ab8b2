"""Refunds and transfers, as the list and their pages show them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy

from dosojin_web.accounts.seats import Seat
from dosojin_web.authority.models import Approval
from dosojin_web.authority.rights import has_authority
from dosojin_web.components.records import Cell, Column, PastEvent, TableRow
from dosojin_web.components.shapes import SummaryRow
from dosojin_web.payments.models import UNSETTLED, CardRefund, RefundState
from dosojin_web.payments.operations.transfer_refund import ACT
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.certificate_money import REFUND_MARKS
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import TransferDue, TransferState
from dosojin_web.policies.operations.transfer_return_premium import Payee
from dosojin_web.policies.payment_words import FAILURES, explain_failure, word_reason
from dosojin_web.templatetags.money import yen
from dosojin_web.templatetags.portals import japan_moment

from .own_records import RefundSubject
from .waiting_times import waiting_cell

SETTLED_SHOWN = timedelta(days=30)
TRANSFER_MARKS = {
    TransferState.WAITING: "needs_attention",
    TransferState.PREPARED: "requested",
    TransferState.PAID: "paid",
}
ACTS = {
    "noted": gettext_lazy("No card payment is left for it"),
    "prepared": gettext_lazy("The account was written down"),
    "paid": gettext_lazy("Paid by bank transfer"),
}


def shown_refunds(now: datetime) -> QuerySet[CardRefund]:
    """What is unsettled, and what was settled lately; failed ones first is the page's affair."""
    lately = Q(changed_at__gte=now - SETTLED_SHOWN)
    found = CardRefund.objects.filter(Q(state__in=UNSETTLED) | lately)
    return found.select_related("payment").order_by("-changed_at", "-pk")


def list_columns() -> list[Column]:
    """The heads of both lists."""
    return [
        Column(gettext("To whom")),
        Column(gettext("State")),
        Column(gettext("How urgent")),
        Column(gettext("Amount"), amount=True),
    ]


def tabulate_refunds(
    refunds: Iterable[CardRefund], subjects: Mapping[int, RefundSubject], now: datetime
) -> list[TableRow]:
    """A row for each refund that has a subject."""
    language = get_language() or "ja"
    return [
        _refund_row(refund, subjects[refund.pk], language, now)
        for refund in refunds
        if refund.pk in subjects
    ]


def _refund_row(
    refund: CardRefund, subject: RefundSubject, language: str, now: datetime
) -> TableRow:
    state = RefundState(refund.state)
    name = subject.member.person.full_name(language)
    address = reverse("agency:refund", args=[refund.pk])
    waits = waiting_cell(refund.changed_at, now) if refund.is_unsettled else Cell()
    note = explain_failure(refund.failure) if state is RefundState.FAILED else ""
    return TableRow(
        (
            Cell(name, address, note=subject.number or subject.member.student_number),
            Cell(str(state.label), state=REFUND_MARKS[state], note=note),
            waits,
            Cell(yen=refund.amount),
        )
    )


def tabulate_transfers(transfers: Iterable[TransferDue], now: datetime) -> list[TableRow]:
    """A row for each transfer."""
    language = get_language() or "ja"
    rows = []
    for transfer in transfers:
        certificate, state = transfer.change.certificate, TransferState(transfer.state)
        is_open = state is not TransferState.PAID
        rows.append(
            TableRow(
                (
                    Cell(
                        certificate.member.person.full_name(language),
                        reverse("agency:transfer", args=[transfer.key]),
                        note=certificate.number,
                    ),
                    Cell(str(state.label), state=TRANSFER_MARKS[state]),
                    waiting_cell(transfer.since, now) if is_open else Cell(),
                    Cell(yen=transfer.amount),
                )
            )
        )
    return rows


def describe_refund(
    seat: Seat, refund: CardRefund, subject: RefundSubject, now: datetime
) -> dict[str, Any]:
    """Everything that the page of a card refund shows."""
    state = RefundState(refund.state)
    asked = pending_approval(refund)
    return {
        "refund": refund,
        "mark": REFUND_MARKS[state],
        "name": subject.member.person.full_name(get_language() or "ja"),
        "subject": subject,
        "facts": _facts(refund, subject),
        "is_failed": state is RefundState.FAILED,
        "replacement": CardRefund.objects.filter(replaces=refund).first(),
        "asked": asked,
        "asked_by": _name_maker(asked),
        "is_own": asked is not None and asked.made_by_id == seat.user.pk,
        "alone": has_authority(seat.user, ACT, refund.amount, now),
        "events": _events(
            (entry.at, entry.who, str(RefundState(entry.state).label), _note(entry.note))
            for entry in refund.entries.all()
        ),
        "today": day_in_japan(now),
        "typed": {},
    }


def pending_approval(refund: CardRefund) -> Approval | None:
    """A transfer that somebody asked to have approved, and nobody has decided."""
    waiting = Approval.objects.filter(act=ACT, about=f"refund:{refund.key}", decision=None)
    return waiting.order_by("-pk").first()


def _name_maker(asked: Approval | None) -> str:
    if asked is None:
        return ""
    who = f"user:{asked.made_by_id}"
    return name_actors([who], with_log_in=True)[who]


def _note(note: str) -> str:
    """What the history says beside a step: a code of the provider, or the kind of a change."""
    return explain_failure(note) if note in FAILURES else word_reason(note)


def _facts(refund: CardRefund, subject: RefundSubject) -> list[SummaryRow]:
    rows = [
        SummaryRow(gettext("Amount"), yen(refund.amount)),
        SummaryRow(gettext("Student number"), subject.member.student_number),
        SummaryRow(gettext("Asked for"), japan_moment(refund.created_at)),
    ]
    if subject.number:
        rows.insert(1, SummaryRow(gettext("Certificate"), subject.number))
    if refund.failure:
        rows.append(SummaryRow(gettext("Why it failed"), explain_failure(refund.failure)))
    return rows


def _events(found: Iterable[tuple[datetime, str, str, str]]) -> list[PastEvent]:
    told = list(found)
    names = name_actors({who for _, who, _, _ in told}, with_log_in=True)
    return [PastEvent(at, names[who], what, note) for at, who, what, note in told]


def describe_transfer(seat: Seat, transfer: TransferDue, now: datetime) -> dict[str, Any]:
    """Everything that the page of a transfer shows."""
    certificate, state = transfer.change.certificate, TransferState(transfer.state)
    payee = Payee.of(transfer)
    return {
        "transfer": transfer,
        "mark": TRANSFER_MARKS[state],
        "name": certificate.member.person.full_name(get_language() or "ja"),
        "certificate": certificate,
        "payee": list_payee(payee) if payee else [],
        "kept": payee,
        "is_paid": state is TransferState.PAID,
        "is_prepared": state is TransferState.PREPARED,
        "is_own": transfer.prepared_by_id == seat.user.pk,
        "events": _events(
            (entry.at, entry.actor, str(ACTS.get(entry.act, entry.act)), entry.reason)
            for entry in transfer.entries.all()
        ),
        "today": day_in_japan(now),
        "typed": {},
    }


def list_payee(payee: Payee) -> list[SummaryRow]:
    """The account, line by line."""
    return [
        SummaryRow(gettext("Bank"), payee.bank),
        SummaryRow(gettext("Branch"), payee.branch),
        SummaryRow(gettext("Account"), payee.account),
        SummaryRow(gettext("Holder"), payee.holder),
    ]
