"""Refunds to a card that did not arrive: try again, or pay by bank transfer."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.authority.models import Outcome
from dosojin_web.authority.operations.decide_approval import (
    DecisionRefused,
    MakerIsChecker,
    NoAuthority,
    decide_approval,
)
from dosojin_web.authority.operations.request_approval import request_approval
from dosojin_web.components.shapes import Fault
from dosojin_web.payments.errors import ApprovalMissing, RefundRefused
from dosojin_web.payments.models import CardRefund, RefundState
from dosojin_web.payments.operations.replace_refund import replace_refund
from dosojin_web.payments.operations.transfer_refund import ACT, transfer_refund
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import TransferState
from dosojin_web.portals.agency.own_records import RefundSubject, find_subjects, own_transfers
from dosojin_web.portals.agency.pages import ROWS_A_PAGE, act_of, show
from dosojin_web.portals.agency.refund_facts import (
    describe_refund,
    list_columns,
    pending_approval,
    shown_refunds,
    tabulate_refunds,
    tabulate_transfers,
)
from dosojin_web.portals.agency.typed import Typed

REFERENCE_MAX = 60


@require_safe
@seated(Role.AGENCY)
def refunds(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Card refunds that wait and those settled lately; return premium to pay by bank."""
    now = timezone.now()
    found = list(shown_refunds(now))
    subjects = find_subjects(seat, found) if found else {}
    ours = [refund for refund in found if refund.pk in subjects]
    ours.sort(key=_urgency)
    page = Paginator(ours, ROWS_A_PAGE).get_page(request.GET.get("page"))
    transfers = own_transfers(seat).exclude(state=TransferState.PAID)
    paid = own_transfers(seat).filter(state=TransferState.PAID).order_by("-pk")
    context = {
        "page": page,
        "columns": list_columns(),
        "refunds": tabulate_refunds(page.object_list, subjects, now),
        "transfers": tabulate_transfers(transfers[:ROWS_A_PAGE], now),
        "paid": tabulate_transfers(paid[:ROWS_A_PAGE], now),
    }
    return show(request, seat, "refunds", context)


def _urgency(refund: CardRefund) -> tuple[int, float]:
    if refund.state == RefundState.FAILED:
        return (0, refund.changed_at.timestamp())
    return (1 if refund.is_unsettled else 2, -refund.changed_at.timestamp())


@require_safe
@seated(Role.AGENCY)
def refund(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """How a refund stands, and what can be done."""
    found, subject = _find(seat, number)
    return show(request, seat, "refund", describe_refund(seat, found, subject, timezone.now()))


@act_of("agency:refund")
@seated(Role.AGENCY)
def replace(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """Ask the card company once more."""
    found, subject = _find(seat, number)
    now = timezone.now()
    act = partial(replace_refund, found, f"replace:{found.pk}", seat.actor, now)
    said = gettext("The card company is asked once more. This page shows what comes of it.")
    return _act(request, seat, found, subject, act, said)


@act_of("agency:refund")
@seated(Role.AGENCY)
def transfer(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """It was paid by bank; above the reader's authority, a second person is asked first."""
    found, subject = _find(seat, number)
    typed, now = Typed(request), timezone.now()
    reason = _read_reason(typed, now)
    if typed.faults:
        return _again(request, seat, found, subject, typed.faults, typed)
    try:
        transfer_refund(found, reason, seat.actor, now)
    except ApprovalMissing:
        about, detail = f"refund:{found.key}", {"reason": reason}
        request_approval(ACT, about, found.amount, seat.user, reason, seat.actor, now, detail)
        said = gettext("This is above what you decide alone: another person has to approve it.")
        messages.warning(request, said)
        return redirect("agency:refund", found.pk)
    except RefundRefused:
        return _again(request, seat, found, subject, [_cannot()], typed)
    messages.success(request, gettext("Recorded: paid by bank transfer."))
    return redirect("agency:refund", found.pk)


@act_of("agency:refund")
@seated(Role.AGENCY)
def decide(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """The second person approves the transfer, which settles the refund, or does not."""
    found, subject = _find(seat, number)
    typed, now = Typed(request), timezone.now()
    asked = pending_approval(found)
    if asked is None:
        return redirect("agency:refund", found.pk)
    approves = typed.values.get("outcome") == "approved"
    outcome = Outcome.APPROVED if approves else Outcome.REFUSED
    try:
        with transaction.atomic():
            decide_approval(asked, seat.user, outcome, typed.text("reason"), seat.actor, now)
            if approves:
                transfer_refund(found, asked.reason, seat.actor, now)
    except (DecisionRefused, RefundRefused) as problem:
        status = 403 if isinstance(problem, MakerIsChecker | NoAuthority) else 422
        return _again(request, seat, found, subject, [_say(problem)], typed, status)
    said = gettext("Recorded: paid by bank transfer.") if approves else gettext("Not approved.")
    messages.success(request, said)
    return redirect("agency:refund", found.pk)


def _find(seat: Seat, number: int) -> tuple[CardRefund, RefundSubject]:
    found = CardRefund.objects.select_related("payment").filter(pk=number).first()
    subject = find_subjects(seat, [found]).get(number) if found else None
    if found is None or subject is None:
        raise Http404
    return found, subject


def _act(
    request: HttpRequest,
    seat: Seat,
    found: CardRefund,
    subject: RefundSubject,
    act: Callable[[], object],
    said: str,
) -> HttpResponse:
    try:
        act()
    except RefundRefused:
        return _again(request, seat, found, subject, [_cannot()])
    messages.success(request, said)
    return redirect("agency:refund", found.pk)


def _again(
    request: HttpRequest,
    seat: Seat,
    found: CardRefund,
    subject: RefundSubject,
    faults: list[Fault],
    typed: Typed | None = None,
    status: int = 422,
) -> HttpResponse:
    found.refresh_from_db()
    context = describe_refund(seat, found, subject, timezone.now())
    context["typed"] = typed.values if typed else {}
    return show(request, seat, "refund", context, faults, status)


def _read_reason(typed: Typed, now: datetime) -> str:
    """Which transfer paid it: the day and the bank's number, in one line that is kept."""
    reference, day = typed.text("reference", REFERENCE_MAX), typed.day("paid_on")
    if not reference:
        typed.faults.append(Fault("reference", gettext("Give the number of the bank’s advice.")))
    if day and day > day_in_japan(now):
        typed.faults.append(Fault("paid_on", gettext("This day is still to come.")))
    return f"{day.isoformat() if day else ''} {reference}".strip()


def _cannot() -> Fault:
    message = gettext("Only a failed refund can be settled by hand, and not by who asked for it.")
    return Fault("", message)


def _say(problem: Exception) -> Fault:
    if isinstance(problem, MakerIsChecker):
        return Fault("", gettext("Another person of your office has to approve this."))
    if isinstance(problem, NoAuthority):
        message = gettext("This amount is above what you may approve. Ask somebody who may.")
        return Fault("", message)
    if isinstance(problem, RefundRefused):
        return _cannot()
    return Fault("reason", gettext("Say why you do not approve."))
