"""Requests to change certificates, as the agency checks and the policyholder confirms them."""

from typing import Annotated

from django.db.models import Q
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
    ChangesAnswer,
    ChangeShape,
    ExtendedAnswer,
    ReasonQuestion,
    ReviewQuestion,
    TransferQuestion,
)
from dosojin_web.api.field_kinds import Key, one_of
from dosojin_web.api.paging import PAGING, PageQuery, take_part
from dosojin_web.api.programme_shapes import VersionQuestion
from dosojin_web.api.records import show_change
from dosojin_web.api.scopes import one, own_changes
from dosojin_web.policies.models import ChangeKind, ChangeRequest, ChangeState
from dosojin_web.policies.operations.decide_change import (
    confirm_change,
    refuse_change,
    review_extension,
)
from dosojin_web.policies.operations.receive_transfer import receive_transfer

router = Router(tags=["changes"])
GIVING_BACK = (ChangeKind.SHORTENING, ChangeKind.CANCELLATION)
WAITING = {
    Role.AGENCY: Q(kind=ChangeKind.EXTENSION, state=ChangeState.REQUESTED),
    Role.POLICYHOLDER: Q(kind=ChangeKind.EXTENSION, state=ChangeState.REVIEWED)
    | Q(kind__in=GIVING_BACK, state=ChangeState.REQUESTED),
}
"""The requests on which the next step is that role's (see ``ChangeState``)."""


class ChangesQuery(PageQuery):
    """In one state, or those alone that wait for the caller."""

    state: Annotated[ChangeState, one_of(ChangeState.values)] | None = None
    waiting: bool = False


@router.get(
    "/changes",
    response=ChangesAnswer,
    operation_id="list_changes",
    summary=later(_("Requests to change certificates")),
    **roles(Role.AGENCY, Role.POLICYHOLDER),
)
@decorate_view(accept(query=("state", "waiting", *PAGING)))
def list_changes(request: HttpRequest, asked: Query[ChangesQuery]) -> HttpResponse:
    """Those of the caller's scheme; with `waiting` those that wait for the caller."""
    seat = seat_of(request)
    changes = own_changes(seat)
    if asked.state is not None:
        changes = changes.filter(state=asked.state.value)
    if asked.waiting:
        changes = changes.filter(WAITING[seat.role])
    part = take_part(changes, asked)
    shown = [show_change(change, seat) for change in part.rows]
    return answer(ChangesAnswer(changes=shown, next=part.next))


@router.post(
    "/changes/{key}/review",
    response=ChangeShape,
    operation_id="review_extension",
    summary=later(_("Accept an extension for the agency")),
    tags=["agency"],
    **conflicts(roles(Role.AGENCY)),
)
@decorate_view(accept())
def review(request: HttpRequest, key: Key, asked: ReviewQuestion) -> HttpResponse:
    """It then waits for the policyholder. Whoever entered it for a proxy does not check it."""
    seat = seat_of(request)
    change = one(own_changes(seat), key=key)
    review_extension(change, asked.version, asked.loading, asked.reason, seat.actor, timezone.now())
    return answer_anew(change, seat)


@router.post(
    "/changes/{key}/confirm",
    response=ChangeShape,
    operation_id="confirm_change",
    summary=later(_("Confirm a change for the policyholder")),
    tags=["policyholder"],
    **conflicts(roles(Role.POLICYHOLDER)),
)
@decorate_view(accept())
def confirm(request: HttpRequest, key: Key, asked: VersionQuestion) -> HttpResponse:
    """An extension then waits for its premium; anything else is carried out at once."""
    seat = seat_of(request)
    change = one(own_changes(seat), key=key)
    confirm_change(change, asked.version, seat.actor, timezone.now())
    return answer_anew(change, seat)


@router.post(
    "/changes/{key}/refuse",
    response=ChangeShape,
    operation_id="refuse_change",
    summary=later(_("Turn a change down")),
    **conflicts(roles(Role.AGENCY, Role.POLICYHOLDER)),
)
@decorate_view(accept())
def refuse(request: HttpRequest, key: Key, asked: ReasonQuestion) -> HttpResponse:
    """With the reason that the student reads."""
    seat = seat_of(request)
    change = one(own_changes(seat), key=key)
    refuse_change(change, asked.version, asked.reason, seat.actor, timezone.now())
    return answer_anew(change, seat)


@router.post(
    "/changes/{key}/transfer",
    response=ExtendedAnswer,
    operation_id="receive_transfer",
    summary=later(_("Record the bank transfer for an extension")),
    tags=["agency"],
    **conflicts(roles(Role.AGENCY)),
)
@decorate_view(accept())
def transfer(request: HttpRequest, key: Key, asked: TransferQuestion) -> HttpResponse:
    """The certificate is extended; the same transfer again changes nothing."""
    seat = seat_of(request)
    version = receive_transfer(
        one(own_changes(seat), key=key),
        asked.version,
        asked.amount,
        asked.received_on,
        asked.reference,
        seat.actor,
        timezone.now(),
    )
    return answer(
        ExtendedAnswer(
            certificate=version.certificate.number,
            version=version.number,
            expiry=version.expiry,
            premium=version.premium,
        )
    )


def answer_anew(change: ChangeRequest, seat: Seat) -> HttpResponse:
    """The request as it stands now."""
    return answer(show_change(one(own_changes(seat), pk=change.pk), seat))
