"""Letters that no server took and deadlines that were given up: what is wrong, and once more."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import ConflictRow
from dosojin_web.deadlines.operations.retry_deadline import retry_deadline
from dosojin_web.people.models import Person
from dosojin_web.policies.operations.send_letter_again import send_letter_again
from dosojin_web.portals.agency.pages import (
    Trouble,
    act_of,
    attempt,
    show,
    show_conflict,
    takes_theirs,
)
from dosojin_web.portals.agency.trouble_facts import describe_deadline, describe_letter
from dosojin_web.portals.agency.troubles import Undelivered, find_deadline, find_letter
from dosojin_web.portals.agency.typed import Typed

ADDRESS_MAX = 254


@require_safe
@seated(Role.AGENCY)
def letter(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Why a letter did not arrive, whom to call, and the address to correct."""
    return show(request, seat, "letter", describe_letter(find_letter(seat, key)))


@act_of("agency:letter")
@seated(Role.AGENCY)
def send_again(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Send a letter once more, to the address that was typed."""
    found, typed = find_letter(seat, key), Typed(request)
    if takes_theirs(request):
        return redirect("agency:letter", key)
    address = typed.text("address", ADDRESS_MAX)
    trouble = Trouble(422, typed.faults) if typed.faults else None
    trouble = trouble or attempt(
        partial(
            send_letter_again, found.mail, found.member, address, typed.version, seat.actor,
            timezone.now(),
        )
    )  # fmt: skip
    if trouble is not None:
        return _refuse(request, seat, found, trouble, address)
    messages.success(request, gettext("The letter is on its way again."))
    return redirect("agency:letter", key)


def _refuse(
    request: HttpRequest, seat: Seat, found: Undelivered, trouble: Trouble, address: str
) -> HttpResponse:
    if isinstance(trouble.record, Person):
        kept = trouble.record
        title = gettext("This student’s details have changed meanwhile")
        rows = [ConflictRow(gettext("Mail address"), address, kept.email)]
        return show_conflict(request, seat, title, rows, kept.version)
    context = describe_letter(found) | {"address": address}
    return show(request, seat, "letter", context, trouble.faults, trouble.status)


@require_safe
@seated(Role.AGENCY)
def deadline(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """What did not happen, what that means, and the way to have it tried again."""
    return show(request, seat, "deadline", describe_deadline(find_deadline(seat, number)))


@act_of("agency:deadline")
@seated(Role.AGENCY)
def try_again(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """Have a deadline that was given up tried again."""
    found = find_deadline(seat, number).deadline
    if retry_deadline(found.kind, found.key, seat.actor, timezone.now()):
        said = gettext("It is tried again within a minute. This page then shows what came of it.")
        messages.success(request, said)
    return redirect("agency:deadline", number)
