"""One student: what the office sent, how the student stands, and what can be done."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.people.telephones import write_phone
from dosojin_web.policies.enrolment_window import window_of
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Member, ProgrammeState
from dosojin_web.policies.operations.invite_members import AGAIN_AFTER, invite_again
from dosojin_web.policies.operations.withdraw_member import (
    find_running_cover,
    put_member_back,
    withdraw_member,
)
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.standing import SOON_DAYS, Standing, with_standing
from dosojin_web.portals.university.leaving import advise
from dosojin_web.portals.university.member_card import (
    cover_of,
    describe_person,
    standing_of,
    tell_member,
)
from dosojin_web.portals.university.pages import find_member, members_of, show
from dosojin_web.portals.university.words import name_of, standing_cell

INVITABLE = (
    Standing.NOT_INVITED,
    Standing.INVITED,
    Standing.APPLYING,
    Standing.AWAITING_PAYMENT,
)


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def member(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """All that the office may know of one student."""
    return _show(request, seat, key)


@seated(Role.UNIVERSITY)
@require_POST
def invite(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Send the invitation, or send it again."""
    held, now = find_member(seat, key), timezone.now()
    just_sent = held.invited_at is not None and now - held.invited_at < AGAIN_AFTER
    try:
        invite_again(held, seat.actor, now)
    except Refused as refused:
        return _show(request, seat, key, refused.faults)
    if just_sent:
        messages.success(request, gettext("The invitation was sent a moment ago."))
    else:
        sent = gettext("The invitation is being sent to %(address)s.") % {
            "address": held.person.email
        }
        messages.success(request, sent)
    return redirect("university:member", key)


@never_cache
@seated(Role.UNIVERSITY)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Ask whether; then off the roster, unless a certificate gives cover."""
    held, now = find_member(seat, key), timezone.now()
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            withdraw_member(held, seat.actor, now)
            messages.success(request, gettext("The student is off the roster."))
            return redirect("university:member", key)
        except Refused as refused:
            faults = refused.faults
    context = {
        "key": held.key,
        "name": name_of(held),
        "student_number": held.student_number,
        "programme_title": held.programme.title,
        "certificate_number": find_running_cover(held, now),
    }
    return show(request, seat, "member_withdraw", context, faults)


@seated(Role.UNIVERSITY)
@require_POST
def put_back(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """On the roster again."""
    held = find_member(seat, key)
    try:
        put_member_back(held, seat.actor, timezone.now())
    except Refused as refused:
        return _show(request, seat, key, refused.faults)
    messages.success(request, gettext("The student is on the roster again."))
    return redirect("university:member", key)


def _show(
    request: HttpRequest, seat: Seat, key: UUID, faults: Sequence[Fault] = ()
) -> HttpResponse:
    now = timezone.now()
    today = day_in_japan(now)
    find_member(seat, key)
    known = members_of(seat).select_related("person", "programme", "university")
    held = with_standing(known, today).get(key=key)
    standing = standing_of(held)
    context = {
        "key": held.key,
        "name": name_of(held),
        "student_number": held.student_number,
        "phone": held.person.phone,
        "phone_words": write_phone(held.person.phone),
        "programme_title": held.programme.title,
        "programme_address": reverse("university:programme", args=[held.programme.key]),
        "standing": standing_cell(standing),
        "advice": _advise(held, standing, now),
        "is_withdrawn": held.withdrawn_at is not None,
        "may_put_back": held.programme.state != ProgrammeState.WITHDRAWN,
        "may_invite": standing in INVITABLE
        and held.programme.state == ProgrammeState.APPROVED
        and window_of(held.departs_on, today).is_open,
        "was_invited": held.invited_at is not None,
        "cover": cover_of(held) if standing is not Standing.CANCELLED else None,
        "person": describe_person(held),
        "events": tell_member(held),
    }
    return show(request, seat, "member", context, faults)


def _advise(held: Member, standing: Standing, now: datetime) -> str:
    """What to do for a student without cover whose trip is not over."""
    today = day_in_japan(now)
    covered = (Standing.ENROLLED, Standing.ON_TRIP, Standing.ENDED, Standing.WITHDRAWN)
    if standing in covered or held.returns_on < today:
        return ""
    if held.programme.state == ProgrammeState.WITHDRAWN:
        return ""
    closes = window_of(held.departs_on, today)
    if standing in INVITABLE and closes.is_open and (held.departs_on - today).days > SOON_DAYS:
        return ""
    return advise(held, standing, today)
