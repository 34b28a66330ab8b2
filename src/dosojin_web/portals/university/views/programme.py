"""One study trip: what it is, who approves it, its rosters, its students."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Programme, ProgrammeState
from dosojin_web.policies.operations.approve_programme import approve_programme, withdraw_programme
from dosojin_web.policies.operations.invite_members import (
    are_being_invited,
    count_waiting,
    invite_members,
)
from dosojin_web.policies.refusals import NotYours, Refused, Stale
from dosojin_web.policies.standing import Standing, count_standings
from dosojin_web.portals.university.pages import find_programme, show, university_of
from dosojin_web.portals.university.programme_form import compare, values_of
from dosojin_web.portals.university.programme_history import last_saved, shown_at, tell_programme
from dosojin_web.portals.university.roster_rows import roster_columns, roster_rows
from dosojin_web.portals.university.tallies import tally_standings
from dosojin_web.portals.university.words import (
    STATE_MARKS,
    place_of,
    reader_language,
)
from dosojin_web.templatetags.layout import civil_days

REASON_LENGTH_MAX = 400


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def programme(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """All of one study trip on a page."""
    return show_programme(request, seat, find_programme(seat, key))


@seated(Role.UNIVERSITY)
@require_POST
def approve(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Approve what the page showed, and nothing that was changed since."""
    held, version = find_programme(seat, key), request.POST.get("version", "")
    number = int(version) if version.isdecimal() else 0
    try:
        approve_programme(held, number, seat.actor, timezone.now())
    except Stale as stale:
        assert isinstance(stale.record, Programme)
        return _changed(request, seat, stale.record, number)
    except NotYours as not_yours:
        return show_programme(request, seat, held, [Fault("approve", str(not_yours))], 403)
    except Refused as refused:
        return show_programme(request, seat, held, refused.faults)
    messages.success(request, gettext("Approved. The students can be invited."))
    return redirect("university:programme", held.key)


@never_cache
@seated(Role.UNIVERSITY)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Ask whether, and why; then nobody can enrol any more."""
    held, faults = find_programme(seat, key), []
    reason = request.POST.get("reason", "").strip()
    if request.method == "POST":
        if len(reason) > REASON_LENGTH_MAX:
            faults.append(Fault("reason", gettext("Say it in at most 400 characters.")))
        try:
            if not faults:
                withdraw_programme(held, reason, seat.actor, timezone.now())
                messages.success(request, gettext("The programme is withdrawn."))
                return redirect("university:programme", held.key)
        except Refused as refused:
            faults = refused.faults
    counts = count_standings(held.members.all(), day_in_japan(timezone.now()))
    context = {
        "programme": held,
        "reason": reason,
        "covered": counts[Standing.ENROLLED] + counts[Standing.ON_TRIP],
    }
    return show(request, seat, "programme_withdraw", context, faults)


@seated(Role.UNIVERSITY)
@require_POST
def invite(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Everybody on the roster who has no invitation yet."""
    held = find_programme(seat, key)
    try:
        count = invite_members(held, seat.actor, timezone.now())
    except Refused as refused:
        return show_programme(request, seat, held, refused.faults)
    if count:
        said = ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count
        )
        messages.success(request, said % {"count": f"{count:,}"})
    else:
        messages.success(request, gettext("Everybody on the roster has been invited already."))
    return redirect("university:programme", held.key)


def show_programme(
    request: HttpRequest,
    seat: Seat,
    held: Programme,
    faults: Sequence[Fault] = (),
    status: int = 0,
) -> HttpResponse:
    """The page of a study trip, also after something could not be done with it."""
    context = {
        "programme": held,
        **_describe(held),
        **_approval(seat, held),
        **_students(held, timezone.now()),
        "roster_columns": roster_columns(),
        "rosters": roster_rows(held),
        "events": tell_programme(held),
        "sample_languages": [("ja", "日本語"), ("en", "English")],
    }
    return show(request, seat, "programme", context, faults, status)


def _describe(held: Programme) -> Mapping[str, Any]:
    return {
        "place": place_of(held),
        "days": civil_days(held.starts_on, held.ends_on),
        "state_mark": STATE_MARKS[held.state],
        "is_draft": held.state == ProgrammeState.DRAFT,
        "is_approved": held.state == ProgrammeState.APPROVED,
        "is_withdrawn": held.state == ProgrammeState.WITHDRAWN,
        "language": reader_language(),
    }


def _approval(seat: Seat, held: Programme) -> Mapping[str, Any]:
    """Whether the reader may approve; if not, who in the office can."""
    if held.state != ProgrammeState.DRAFT:
        return {}
    colleagues = User.objects.filter(
        appointments__role=Role.UNIVERSITY,
        appointments__organisation=university_of(seat),
        appointments__ended_at=None,
        is_active=True,
    ).exclude(pk=held.drafted_by_id)
    names = sorted(set(colleagues.values_list("username", flat=True)))
    return {
        "may_approve": held.drafted_by_id != seat.user.pk,
        "approvers": gettext(", ").join(names),
    }


def _students(held: Programme, now: datetime) -> Mapping[str, Any]:
    counts = count_standings(held.members.all(), day_in_japan(now))
    members = reverse("university:members")
    return {
        "tallies": [
            tally
            for tally in tally_standings(counts, members, programme=str(held.key))
            if tally.count
        ],
        "waiting": count_waiting(held),
        "being_invited": are_being_invited(held),
        "members_address": f"{members}?programme={held.key}",
    }


def _changed(request: HttpRequest, seat: Seat, saved: Programme, version: int) -> HttpResponse:
    """409: what the reader looked at, beside what stands now."""
    seen = shown_at(saved, version) or values_of(saved)
    who, at = last_saved(saved)
    context = {
        "programme": saved,
        "versions": compare(seen, values_of(saved)),
        "who": who,
        "at": at,
    }
    return show(request, seat, "programme_changed", context, status=409)
