"""Requests to change certificates, as the agency checks and the policyholder confirms them."""

from datetime import datetime
from typing import Annotated

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.access import accepts, conflicts, later, roles
from dosojin_web.api.answers import answer, seat_of
from dosojin_web.api.certificate_shapes import (
    ChangesAnswer,
    ChangeShape,
    ExtendedAnswer,
    ReasonQuestion,
    ReviewQuestion,
    TransferQuestion,
)
from dosojin_web.api.field_kinds import Key, states
from dosojin_web.api.paging import PageQuery, take_part
from dosojin_web.api.programme_shapes import VersionQuestion
from dosojin_web.api.records import show_change
from dosojin_web.api.scopes import one, own_changes
from dosojin_web.api.subjects import Subject
from dosojin_web.policies.models import ChangeKind, ChangeRequest, ChangeState
from dosojin_web.policies.operations.decide_change import (
    confirm_change,
    refuse_change,
    review_extension,
)
from dosojin_web.policies.operations.receive_transfer import receive_transfer
from dosojin_web.policies.versions import latest_version

router = Router(tags=["changes"])
REQUESTS = Subject(own_changes, show_change)
GIVING_BACK = (ChangeKind.SHORTENING, ChangeKind.CANCELLATION)
WAITING = {
    Role.AGENCY: Q(kind=ChangeKind.EXTENSION, state=ChangeState.REQUESTED),
    Role.POLICYHOLDER: Q(kind=ChangeKind.EXTENSION, state=ChangeState.REVIEWED)
    | Q(kind__in=GIVING_BACK, state=ChangeState.REQUESTED),
}
"""The requests on which the next step is that role's (see ``ChangeState``)."""


class ChangesQuery(PageQuery):
    """In one state, or those alone that wait for the caller."""

    state: Annotated[ChangeState, states(ChangeState)] | None = None
    """in one state"""
    waiting: bool = False
    """only those on which the next step is the caller's"""


@router.get(
    "/changes",
    response=ChangesAnswer,
    operation_id="list_changes",
    summary=later(_("Requests to change certificates")),
    **roles(Role.AGENCY, Role.POLICYHOLDER),
)
@accepts()
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
@accepts()
def review(request: HttpRequest, key: Key, asked: ReviewQuestion) -> HttpResponse:
    """It then waits for the policyholder. Whoever entered it for a proxy does not check it."""

    def step(change: ChangeRequest, seat: Seat, now: datetime) -> object:
        loading, reason = asked.loading, asked.reason
        return review_extension(change, asked.version, loading, reason, seat.actor, now)

    return REQUESTS.decide(request, key, step)


@router.post(
    "/changes/{key}/confirm",
    response=ChangeShape,
    operation_id="confirm_change",
    summary=later(_("Confirm a change for the policyholder")),
    tags=["policyholder"],
    **conflicts(roles(Role.POLICYHOLDER)),
)
@accepts()
def confirm(request: HttpRequest, key: Key, asked: VersionQuestion) -> HttpResponse:
    """An extension then waits for its premium; anything else is carried out at once."""

    def step(change: ChangeRequest, seat: Seat, now: datetime) -> object:
        return confirm_change(change, asked.version, seat.actor, now)

    return REQUESTS.decide(request, key, step)


@router.post(
    "/changes/{key}/refuse",
    response=ChangeShape,
    operation_id="refuse_change",
    summary=later(_("Turn a change down")),
    **conflicts(roles(Role.AGENCY, Role.POLICYHOLDER)),
)
@accepts()
def refuse(request: HttpRequest, key: Key, asked: ReasonQuestion) -> HttpResponse:
    """With the reason that the student reads."""

    def step(change: ChangeRequest, seat: Seat, now: datetime) -> object:
        return refuse_change(change, asked.version, asked.reason, seat.actor, now)

    return REQUESTS.decide(request, key, step)


@router.post(
    "/changes/{key}/transfer",
    response=ExtendedAnswer,
    operation_id="receive_transfer",
    summary=later(_("Record the bank transfer for an extension")),
    tags=["agency"],
    **conflicts(roles(Role.AGENCY)),
)
@accepts()
def transfer(request: HttpRequest, key: Key, asked: TransferQuestion) -> HttpResponse:
    """The certificate is extended; the same transfer again changes nothing.

    After cover has ended, two people of the agency have to enter it: until then the certificate
    stands as it was, and `waits_for_another` is true.
    """
    seat = seat_of(request)
    change = one(own_changes(seat), key=key)
    extended = receive_transfer(
        change,
        asked.version,
        asked.amount,
        asked.received_on,
        asked.reference,
        seat.actor,
        timezone.now(),
    )
    version = extended or latest_version(change.certificate)
    return answer(
        ExtendedAnswer(
            waits_for_another=extended is None,
            certificate=version.certificate.number,
            version=version.number,
            expiry=version.expiry,
            premium=version.premium,
        )
    )
