"""What the agency is asked and answers, and the refunds that it still has to see through."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.access import accept, conflicts, later, roles
from dosojin_web.api.answers import answer, seat_of
from dosojin_web.api.certificate_shapes import (
    QuoteQuestion,
    ReasonQuestion,
    ReferralsAnswer,
    ReferralShape,
    RefundsAnswer,
    RefundShape,
)
from dosojin_web.api.field_kinds import Key, one_of
from dosojin_web.api.paging import PAGING, PageQuery, take_part
from dosojin_web.api.programme_shapes import VersionQuestion
from dosojin_web.api.records import show_referral
from dosojin_web.api.scopes import one, own_changes, own_referrals, scheme_place
from dosojin_web.payments.models import CardRefund
from dosojin_web.payments.unsettled import list_unsettled_refunds
from dosojin_web.policies.models import Application, Referral, ReferralState
from dosojin_web.policies.operations.answer_referral import (
    check_loading,
    quote_loading,
    refuse_referral,
)
from dosojin_web.policies.paying import key_of

router = Router(tags=["agency"])


class ReferralsQuery(PageQuery):
    """In one state, or all."""

    state: Annotated[ReferralState, one_of(ReferralState.values)] | None = None


@router.get(
    "/referrals",
    response=ReferralsAnswer,
    operation_id="list_referrals",
    summary=later(_("Dangerous sports and work that need a quotation")),
    **roles(Role.AGENCY),
)
@decorate_view(accept(query=("state", *PAGING)))
def list_referrals(request: HttpRequest, asked: Query[ReferralsQuery]) -> HttpResponse:
    """Each with the trip that it is about and what the agency has said so far."""
    referrals = own_referrals(seat_of(request))
    if asked.state is not None:
        referrals = referrals.filter(state=asked.state.value)
    part = take_part(referrals, asked)
    shown = [show_referral(referral) for referral in part.rows]
    return answer(ReferralsAnswer(referrals=shown, next=part.next))


@router.post(
    "/referrals/{key}/quote",
    response=ReferralShape,
    operation_id="quote_loading",
    summary=later(_("Quote a loading by hand")),
    **conflicts(roles(Role.AGENCY)),
)
@decorate_view(accept())
def quote(request: HttpRequest, key: Key, asked: QuoteQuestion) -> HttpResponse:
    """Above what the caller may decide alone, it waits for a second person of the agency."""
    seat = seat_of(request)
    referral = one(own_referrals(seat), key=key)
    quote_loading(
        referral, asked.loading, asked.reason, seat.user, seat.actor, timezone.now(), asked.version
    )
    return answer_anew(referral, seat)


@router.post(
    "/referrals/{key}/check",
    response=ReferralShape,
    operation_id="check_loading",
    summary=later(_("Agree to a loading that a colleague proposed")),
    **conflicts(roles(Role.AGENCY)),
)
@decorate_view(accept())
def check(request: HttpRequest, key: Key, asked: VersionQuestion) -> HttpResponse:
    """Its author does not check it."""
    seat = seat_of(request)
    referral = one(own_referrals(seat), key=key)
    check_loading(referral, seat.user, seat.actor, timezone.now(), asked.version)
    return answer_anew(referral, seat)


@router.post(
    "/referrals/{key}/refuse",
    response=ReferralShape,
    operation_id="refuse_referral",
    summary=later(_("Say that this cannot be insured")),
    **conflicts(roles(Role.AGENCY)),
)
@decorate_view(accept())
def refuse(request: HttpRequest, key: Key, asked: ReasonQuestion) -> HttpResponse:
    """The application ends, with the reason that the student reads."""
    seat = seat_of(request)
    referral = one(own_referrals(seat), key=key)
    refuse_referral(referral, asked.reason, seat.user, seat.actor, timezone.now(), asked.version)
    return answer_anew(referral, seat)


@router.get(
    "/refunds",
    response=RefundsAnswer,
    operation_id="list_unsettled_refunds",
    summary=later(_("Card refunds that are not settled")),
    **roles(Role.AGENCY),
)
@decorate_view(accept())
def list_refunds(request: HttpRequest) -> HttpResponse:
    """Failed ones first: a failed one stays until a person has settled it."""
    refunds = list(list_unsettled_refunds())
    own = own_payment_keys(seat_of(request), refunds)
    shown = [
        RefundShape(
            key=refund.key,
            reference=refund.payment.reference,
            amount=refund.amount,
            state=refund.state,
            failure=refund.failure,
            created_at=refund.created_at,
            changed_at=refund.changed_at,
        )
        for refund in refunds
        if key_of(refund.payment.reference) in own
    ]
    return answer(RefundsAnswer(refunds=shown))


def own_payment_keys(seat: Seat, refunds: list[CardRefund]) -> set[str]:
    """The keys of applications and changes in the agency's schemes that ``refunds`` are about."""
    keys = [key_of(refund.payment.reference) for refund in refunds]
    place = scheme_place(seat, "member__programme__master__")
    applications = Application.objects.filter(place, key__in=keys).values_list("key", flat=True)
    changes = own_changes(seat).filter(key__in=keys).values_list("key", flat=True)
    return {str(key) for key in [*applications, *changes]}


def answer_anew(referral: Referral, seat: Seat) -> HttpResponse:
    """The question as it stands now."""
    return answer(show_referral(one(own_referrals(seat), pk=referral.pk)))
