"""Students on rosters, as their university and the policyholder see them."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.accounts.roles import Role
from dosojin_web.api.access import accepts, later, roles
from dosojin_web.api.answers import answer, seat_of
from dosojin_web.api.field_kinds import Key, states
from dosojin_web.api.paging import PageQuery, take_part
from dosojin_web.api.programme_shapes import MembersAnswer
from dosojin_web.api.records import show_member
from dosojin_web.api.scopes import own_members
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import CertificateVersion
from dosojin_web.policies.standing import Standing, leaving_uncovered, with_standing

router = Router(tags=["members"])


class MembersQuery(PageQuery):
    """Of one study trip, in one standing, or those alone who leave soon without cover."""

    programme: Key | None = None
    """the key of a study trip"""
    standing: Annotated[Standing, states(Standing)] | None = None
    """in one standing"""
    leaving_uncovered: bool = False
    """only those who leave soon and have no cover"""


@router.get(
    "/members",
    response=MembersAnswer,
    operation_id="list_members",
    summary=later(_("Students on the rosters, and how each stands")),
    **roles(Role.UNIVERSITY, Role.POLICYHOLDER),
)
@accepts()
def list_members(request: HttpRequest, asked: Query[MembersQuery]) -> HttpResponse:
    """A university sees its own students, the policyholder those of its scheme and the premiums.

    Everybody who was ever on a roster, in the order in which they came onto it; `standing` says \
how far each is today. `leaving_uncovered` is the list to telephone down.
    """
    seat, today = seat_of(request), day_in_japan(timezone.now())
    members: Any = own_members(seat)
    if asked.programme is not None:
        members = members.filter(programme__key=asked.programme)
    if asked.leaving_uncovered:
        members = leaving_uncovered(members, today)
    else:
        members = with_standing(members, today)
    if asked.standing is not None:
        members = members.filter(standing=asked.standing.value)
    part = take_part(members, asked)
    versions = [row.latest_version for row in part.rows if row.latest_version]
    premiums: dict[int, int] = {}
    if seat.role is Role.POLICYHOLDER:
        found = CertificateVersion.objects.filter(pk__in=versions)
        premiums = dict(found.values_list("pk", "premium"))
    shown = [show_member(row, premiums.get(row.latest_version or 0)) for row in part.rows]
    return answer(MembersAnswer(members=shown, next=part.next))
