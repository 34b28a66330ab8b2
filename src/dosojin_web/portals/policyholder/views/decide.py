"""One request: all that is needed to decide it, and the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.certificate_view import Sight, view_certificate, view_change
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import Refusal
from dosojin_web.policies.models import ChangeRequest, ChangeState
from dosojin_web.policies.operations.decide_change import confirm_change, refuse_change
from dosojin_web.policies.refusals import NotYours, Refused, Stale
from dosojin_web.portals.policyholder.decision import (
    compare,
    has_moved,
    may_still_decide,
    prepare_decision,
    what_is_seen,
)
from dosojin_web.portals.policyholder.pages import lay_out
from dosojin_web.portals.policyholder.scope import requests_of

REASON_LETTERS_MAX = 400


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated(Role.POLICYHOLDER)
def decide(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Show the request; confirm it, or refuse it with a reason."""
    change = get_object_or_404(requests_of(seat), key=key)
    if request.method != "POST":
        return _page(request, seat, change)
    if request.POST.get("stands") == "theirs":
        return redirect("policyholder:request", change.key)
    if _is_repeated(request, seat, change):
        return redirect("policyholder:request", change.key)
    try:
        _act(request, seat, change)
    except Stale:
        change.refresh_from_db()
        return _page(request, seat, change, status=409)
    except Refused as refused:
        change.refresh_from_db()
        return _page(request, seat, change, faults=refused.faults, status=422)
    except Refusal as refusal:
        return _page(request, seat, change, faults=[Fault("", refusal.sentence())], status=422)
    except NotYours as problem:
        return _page(request, seat, change, faults=[Fault("", str(problem))], status=403)
    return redirect("policyholder:request", change.key)


def _act(request: HttpRequest, seat: Seat, change: ChangeRequest) -> None:
    now = timezone.now()
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        raise Stale(change)
    action = request.POST.get("action")
    if action == "refuse":
        reason = request.POST.get("reason", "").strip()
        if len(reason) > REASON_LETTERS_MAX:
            raise Refused.at("reason", gettext("Say it in at most 400 characters."))
        refuse_change(change, int(version), reason, seat.actor, now)
        messages.success(
            request, gettext("You refused the request. The student is told by e-mail.")
        )
        return
    if action != "confirm":
        raise Refused.at("", gettext("Choose whether you confirm or refuse."))
    if has_moved(request.POST, change, prepare_decision(change, seat, now)):
        raise Stale(change)
    done = confirm_change(change, int(version), seat.actor, now)
    messages.success(request, _said(done))


def _said(change: ChangeRequest) -> str:
    if change.state == ChangeState.AWAITING_PREMIUM:
        return gettext("You confirmed the extension. It holds once its premium has been received.")
    return gettext(
        "You confirmed the change, and it was carried out. The student is told by e-mail."
    )


def _is_repeated(request: HttpRequest, seat: Seat, change: ChangeRequest) -> bool:
    """The same form twice: the request already stands where this decision took it."""
    acts = {"confirm": "confirmed", "refuse": "refused"}
    act = acts.get(request.POST.get("action", ""), "")
    sent = request.POST.get("version", "")
    after = {str(change.version - step) for step in (1, 2)}
    return sent in after and change.entries.filter(act=act, actor=seat.actor.who).exists()


def _page(
    request: HttpRequest,
    seat: Seat,
    change: ChangeRequest,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    decision = prepare_decision(change, seat, now)
    context: dict[str, Any] = lay_out(request, seat) | {
        "change": change,
        "shown": view_change(change, Sight()),
        "view": view_certificate(change.certificate, day_in_japan(now)),
        "decision": decision,
        "seen": what_is_seen(change, decision),
        "faults": faults or [],
        "reason_fault": next((f.message for f in faults or [] if f.field == "reason"), ""),
        "reason": request.POST.get("reason", ""),
        "action": request.POST.get("action", ""),
        "amount_columns": [gettext("Amount")],
        "refusing": any(fault.field == "reason" for fault in faults or []),
        "conflict": compare(request.POST, change, decision) if status == 409 else [],
        "may_still_decide": may_still_decide(change) and decision.is_waiting,
    }
    return render(request, "policyholder/request.html", context, status=status)
