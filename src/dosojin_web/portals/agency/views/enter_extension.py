"""A proxy calls: five items are compared, the premium is told, and the extension is asked for."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import ConflictRow
from dosojin_web.policies.models import Certificate, CertificateVersion, ChangeRequest
from dosojin_web.policies.operations.request_change import request_extension
from dosojin_web.portals.agency.call import Call, describe_call, read_call
from dosojin_web.portals.agency.own_records import find_certificate
from dosojin_web.portals.agency.pages import (
    Trouble,
    attempt,
    show,
    show_conflict,
    takes_theirs,
)
from dosojin_web.portals.agency.typed import Typed
from dosojin_web.templatetags.layout import civil_day


@require_http_methods(["GET", "HEAD", "POST"])
@seated(Role.AGENCY)
def enter_extension(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """The form; with everything said, the premium to tell the caller; then the request."""
    found, now = find_certificate(seat, number), timezone.now()
    if request.method != "POST":
        return show(request, seat, "enter_extension", describe_call(found, now))
    if takes_theirs(request):
        return redirect("agency:enter_extension", number)
    typed = Typed(request)
    call = read_call(found, typed, now)
    if call is None:
        return _again(request, seat, found, typed, Trouble(422, typed.faults))
    if request.POST.get("action") != "ask" or not call.is_seen:
        return show(request, seat, "enter_extension", describe_call(found, now, typed, call))
    return _ask(request, seat, found, typed, call)


def _ask(
    request: HttpRequest, seat: Seat, found: Certificate, typed: Typed, call: Call
) -> HttpResponse:
    known = _same_request(found, seat, call)
    if known is not None:
        return redirect("agency:change", known.key)
    act = partial(
        request_extension, found, call.new_end, call.proxy, call.reason, typed.version,
        seat.actor, timezone.now(),
    )  # fmt: skip
    trouble = attempt(act)
    if trouble is None:
        asked = found.changes.latest("asked_at")
        said = gettext("Entered. Another person of your office has to check it.")
        messages.success(request, said)
        return redirect("agency:change", asked.key)
    if isinstance(trouble.record, CertificateVersion):
        rows = [
            ConflictRow(
                gettext("Last day of cover"),
                civil_day(call.new_end),
                civil_day(trouble.record.expiry),
            )
        ]
        title = gettext("Enter an extension for a caller")
        return show_conflict(request, seat, title, rows, trouble.record.number)
    return _again(request, seat, found, typed, trouble)


def _same_request(found: Certificate, seat: Seat, call: Call) -> ChangeRequest | None:
    """What a first click has entered already."""
    mine = found.changes.filter(asked_by=seat.actor.who, last_day=call.new_end, state="requested")
    return mine.first()


def _again(
    request: HttpRequest, seat: Seat, found: Certificate, typed: Typed, trouble: Trouble
) -> HttpResponse:
    context = describe_call(found, timezone.now(), typed)
    return show(request, seat, "enter_extension", context, trouble.faults, trouble.status)
