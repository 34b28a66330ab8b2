"""What the agency is asked and answers, and the refunds that it still has to see through."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.access import accepts, conflicts, later, roles
from dosojin_web.api.answers import answer, seat_of
from dosojin_web.api.certificate_shapes import (
    QuoteQuestion,
    ReasonQuestion,
    ReferralsAnswer,
    ReferralShape,
    RefundsAnswer,
    RefundShape,
)
from dosojin_web.api.field_kinds import Key, states
from dosojin_web.api.paging import PageQuery, take_part
from dosojin_web.api.programme_shapes import VersionQuestion
from dosojin_web.api.records import show_referral
from dosojin_web.api.scopes import own_changes, own_referrals, scheme_place
from dosojin_web.api.subjects import Subject
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
QUESTIONS = Subject(own_referrals, lambda referral, seat: show_referral(referral))


class ReferralsQuery(PageQuery):
    """In one state, or all."""

    state: Annotated[ReferralState, states(ReferralState)] | None = None
    """in one state"""


@router.get(
    "/referrals",
    response=ReferralsAnswer,
    operation_id="list_referrals",
    summary=later(_("Dangerous sports and work that need a quotation")),
    **roles(Role.AGENCY),
)
@accepts()
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
@accepts()
def quote(request: HttpRequest, key: Key, asked: QuoteQuestion) -> HttpResponse:
    """Above what the caller may decide alone, it waits for a second person of the agency."""

    def step(referral: Referral, seat: Seat, now: datetime) -> object:
        loading, reason, user = asked.loading, asked.reason, seat.user
        return quote_loading(referral, loading, reason, user, seat.actor, now, asked.version)

    return QUESTIONS.decide(request, key, step)


@router.post(
    "/referrals/{key}/check",
    response=ReferralShape,
    operation_id="check_loading",
    summary=later(_("Agree to a loading that a colleague proposed")),
    **conflicts(roles(Role.AGENCY)),
)
@accepts()
def check(request: HttpRequest, key: Key, asked: VersionQuestion) -> HttpResponse:
    """Its author does not check it."""

    def step(referral: Referral, seat: Seat, now: datetime) -> object:
        return check_loading(referral, seat.user, seat.actor, now, asked.version)

    return QUESTIONS.decide(request, key, step)


@router.post(
    "/referrals/{key}/refuse",
    response=ReferralShape,
    operation_id="refuse_referral",
    summary=later(_("Say that this cannot be insured")),
    **conflicts(roles(Role.AGENCY)),
)
@accepts()
def refuse(request: HttpRequest, key: Key, asked: ReasonQuestion) -> HttpResponse:
    """The application ends, with the reason that the student reads."""

    def step(referral: Referral, seat: Seat, now: datetime) -> object:
        return refuse_referral(referral, asked.reason, seat.user, seat.actor, now, asked.version)

    return QUESTIONS.decide(request, key, step)


@router.get(
    "/refunds",
    response=RefundsAnswer,
    operation_id="list_unsettled_refunds",
    summary=later(_("Card refunds that are not settled")),
    **roles(Role.AGENCY),
)
@accepts()
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
