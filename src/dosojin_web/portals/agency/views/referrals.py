"""Dangerous sports and work: a loading is quoted by hand, or the application refused."""

from functools import partial
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.policies.models import Referral, ReferralState
from dosojin_web.policies.operations.answer_referral import (
    check_loading,
    quote_loading,
    refuse_referral,
)
from dosojin_web.portals.agency.own_records import find_referral, own_referrals
from dosojin_web.portals.agency.pages import (
    ROWS_A_PAGE,
    Conflict,
    Desk,
    act_of,
    show,
)
from dosojin_web.portals.agency.referral_facts import compare, describe_referral, tabulate
from dosojin_web.portals.agency.typed import Typed
from dosojin_web.portals.agency.worklist import OPEN_REFERRALS

DESK = Desk("referral", Referral, describe_referral)


@require_safe
@seated(Role.AGENCY)
def referrals(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All questions, those that wait first."""
    waits_first = Case(When(state__in=OPEN_REFERRALS, then=Value(0)), default=Value(1))
    found = own_referrals(seat).order_by(waits_first, "application__departs_on", "pk")
    wanted = request.GET.get("state", "waiting")
    if wanted != "all":
        found = found.filter(state__in=OPEN_REFERRALS)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, **tabulate(page.object_list, wanted, timezone.now())}
    return show(request, seat, "referrals", context)


@require_safe
@seated(Role.AGENCY)
def referral(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """What was disclosed, the trip, the tariff, and the answer."""
    context = describe_referral(seat, find_referral(seat, key), timezone.now())
    return show(request, seat, "referral", context)


@act_of("agency:referral")
@seated(Role.AGENCY)
def quote(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Quote a loading with its reason; 0 is a loading too."""
    found, typed = find_referral(seat, key), Typed(request)
    loading, reason = typed.yen("loading"), typed.text("reason")
    act = partial(
        quote_loading, found, loading, reason, seat.user, seat.actor, timezone.now(), typed.version
    )
    return _answer(request, seat, found, typed, act, gettext("Quote a loading"))


@act_of("agency:referral")
@seated(Role.AGENCY)
def check(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """The second person agrees."""
    found, typed = find_referral(seat, key), Typed(request)
    act = partial(check_loading, found, seat.user, seat.actor, timezone.now(), typed.version)
    return _answer(request, seat, found, typed, act, gettext("Approve the loading"))


@act_of("agency:referral")
@seated(Role.AGENCY)
def refuse(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """The agency cannot insure this."""
    found, typed = find_referral(seat, key), Typed(request)
    reason = typed.text("refusal")
    act = partial(
        refuse_referral, found, reason, seat.user, seat.actor, timezone.now(), typed.version
    )
    return _answer(request, seat, found, typed, act, gettext("Refuse"), "refusal")


def _answer(
    request: HttpRequest,
    seat: Seat,
    found: Referral,
    typed: Typed,
    act: partial[Referral],
    title: str,
    reason_field: str = "reason",
) -> HttpResponse:
    def say() -> str:
        found.refresh_from_db()
        return _said(found)

    def set_beside(saved: Referral) -> Conflict:
        return Conflict(title, compare(typed.values, saved, title), saved.version)

    beside = {"reason": reason_field}
    return DESK.carry_out(request, seat, found, typed, act, say, set_beside, beside)


def _said(answered: Referral) -> str:
    if answered.state == ReferralState.PROPOSED:
        return gettext("The loading is proposed. Another person of your office has to check it.")
    if answered.state == ReferralState.REFUSED:
        return gettext("Refused. The student gets a mail with the reason.")
    return gettext("The loading is quoted. The student gets a mail and can go on enrolling.")
