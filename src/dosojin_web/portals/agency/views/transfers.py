"""Return premium that is paid by bank: one person writes down the account, another one pays."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import ConflictRow
from dosojin_web.policies.models import TransferDue
from dosojin_web.policies.operations.transfer_return_premium import (
    Payee,
    prepare_transfer,
    settle_transfer,
)
from dosojin_web.portals.agency.own_records import find_transfer
from dosojin_web.portals.agency.pages import (
    Conflict,
    Desk,
    act_of,
    show,
)
from dosojin_web.portals.agency.refund_facts import describe_transfer, list_payee
from dosojin_web.portals.agency.typed import Typed

DESK = Desk("transfer", TransferDue, describe_transfer)


@require_safe
@seated(Role.AGENCY)
def transfer(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """What is due, to which account, and who has to act."""
    context = describe_transfer(seat, find_transfer(seat, key), timezone.now())
    return show(request, seat, "transfer", context)


@act_of("agency:transfer")
@seated(Role.AGENCY)
def prepare(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Write down the account."""
    found, typed = find_transfer(seat, key), Typed(request)
    payee = Payee(*(typed.values.get(name, "") for name in ("bank", "branch", "account", "holder")))
    act = partial(
        prepare_transfer, found, typed.version, payee, seat.user, seat.actor, timezone.now()
    )
    said = gettext("Written down. Another person of your office checks the account and pays.")
    return _act(request, seat, found, typed, act, said)


@act_of("agency:transfer")
@seated(Role.AGENCY)
def settle(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """It was paid."""
    found, typed = find_transfer(seat, key), Typed(request)
    reference, day = typed.text("reference"), typed.day("paid_on")
    now = timezone.now()
    act = partial(
        settle_transfer, found, typed.version, reference, day or now.date(), seat.user,
        seat.actor, now,
    )  # fmt: skip
    return _act(request, seat, found, typed, act, gettext("Recorded: paid by bank transfer."))


def _act(
    request: HttpRequest,
    seat: Seat,
    found: TransferDue,
    typed: Typed,
    act: Callable[[], object],
    said: str,
) -> HttpResponse:
    def set_beside(saved: TransferDue) -> Conflict:
        title = gettext("Return premium by bank transfer")
        return Conflict(title, _compare(typed, saved), saved.version)

    return DESK.carry_out(request, seat, found, typed, act, lambda: said, set_beside)


def _compare(typed: Typed, saved: TransferDue) -> list[ConflictRow]:
    payee = Payee.of(saved)
    mine = Payee(*(typed.values.get(name, "") for name in ("bank", "branch", "account", "holder")))
    theirs = list_payee(payee) if payee else [None] * 4
    rows = [
        ConflictRow(row.term, row.detail, other.detail if other else "")
        for row, other in zip(list_payee(mine), theirs, strict=True)
        if row.detail
    ]
    state = str(saved.get_state_display())
    return [ConflictRow(gettext("State"), "", state), *rows]
