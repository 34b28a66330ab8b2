"""Who did what, and whether the record of it is whole."""

import json
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field, StrictStr

from dosojin_web.accounts.roles import Role
from dosojin_web.api.access import accepts, later, roles
from dosojin_web.api.answers import answer
from dosojin_web.api.book_shapes import DamageShape, EventsAnswer, EventShape, VerificationAnswer
from dosojin_web.api.paging import PageQuery, take_part
from dosojin_web.audit.models import Event
from dosojin_web.audit.operations.verify_chain import verify

router = Router(tags=["auditor"])


class EventsQuery(PageQuery):
    """About one thing, such as `certificate:G26-000001`, or of one kind of act."""

    about: Annotated[StrictStr, Field(pattern="^[ -~]{1,128}$")] | None = None
    """one thing, such as certificate:G26-000001"""
    act: Annotated[StrictStr, Field(pattern="^[a-z_.-]{1,64}$")] | None = None
    """one kind of act, such as certificate.issued"""


@router.get(
    "/audit/events",
    response=EventsAnswer,
    operation_id="list_events",
    summary=later(_("The audit trail")),
    **roles(Role.AUDITOR),
)
@accepts()
def list_events(request: HttpRequest, asked: Query[EventsQuery]) -> HttpResponse:
    """Who did what, the newest first."""
    events = Event.objects.all()
    if asked.about is not None:
        events = events.filter(about=asked.about)
    if asked.act is not None:
        events = events.filter(act=asked.act)
    part = take_part(events, asked, backwards=True)
    return answer(EventsAnswer(events=[show(event) for event in part.rows], next=part.next))


@router.get(
    "/audit/verification",
    response=VerificationAnswer,
    operation_id="verify_audit",
    summary=later(_("Whether the audit trail is whole")),
    **roles(Role.AUDITOR),
)
@accepts()
def verify_audit(request: HttpRequest) -> HttpResponse:
    """Reads the whole chain, which takes about a second for 100,000 events."""
    found = verify()
    damage = found.damage
    told = DamageShape(seq=damage.seq, kind=damage.kind, what=damage.what) if damage else None
    return answer(
        VerificationAnswer(
            is_whole=damage is None,
            seq=found.whole_until.seq,
            hash=found.whole_until.hash,
            damage=told,
        )
    )


def show(event: Event) -> EventShape:
    """An event; its hash covers everything else that stands here."""
    return EventShape(
        seq=event.seq,
        at=event.at,
        actor=event.actor,
        role=event.role,
        act=event.act,
        about=event.about,
        detail=json.loads(event.detail),
        previous=event.previous,
        hash=event.hash,
    )
