"""The overview: who leaves without cover, what waits for approval, how all students stand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import ProgrammeState
from dosojin_web.policies.standing import SOON_DAYS, count_standings, leaving_uncovered
from dosojin_web.portals.university.leaving import leaving_columns, leaving_row
from dosojin_web.portals.university.member_list import annotate_page
from dosojin_web.portals.university.pages import members_of, programmes_of, show
from dosojin_web.portals.university.tallies import Tally, tally_standings
from dosojin_web.templatetags.layout import civil_days

LEAVING_SHOWN = 10


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is urgent comes first."""
    today = day_in_japan(timezone.now())
    tallies = _tallies(seat, today)
    context = {
        **_leaving(seat, today),
        "days": SOON_DAYS,
        "approval_columns": _approval_columns(),
        "approvals": _approvals(seat),
        "tallies": [tally for tally in tallies if tally.count],
        "has_programmes": programmes_of(seat).exists(),
    }
    return show(request, seat, "home", context)


def _tallies(seat: Seat, today: date) -> Sequence[Tally]:
    counts = count_standings(members_of(seat), today)
    return tally_standings(counts, reverse("university:members"))


def _leaving(seat: Seat, today: date) -> Mapping[str, Any]:
    found = list(leaving_uncovered(members_of(seat), today).values_list("pk", flat=True))
    count = len(found)
    shown = annotate_page(members_of(seat), found[:LEAVING_SHOWN], today)
    return {
        "leaving_columns": leaving_columns(),
        "leaving": [leaving_row(member, today) for member in shown],
        "leaving_count": count,
        "leaving_more": f"{reverse('university:members')}?standing=leaving"
        if count > LEAVING_SHOWN
        else "",
    }


def _approval_columns() -> list[Column]:
    return [
        Column(gettext("Programme")),
        Column(gettext("Dates")),
        Column(gettext("Drafted by")),
        Column(gettext("To be approved by")),
    ]


def _approvals(seat: Seat) -> list[TableRow]:
    drafts = programmes_of(seat).filter(state=ProgrammeState.DRAFT).select_related("drafted_by")
    return [
        TableRow(
            (
                Cell(each.title, reverse("university:programme", args=[each.key])),
                Cell(civil_days(each.starts_on, each.ends_on)),
                Cell(each.drafted_by.username),
                Cell(
                    gettext("a colleague of yours")
                    if each.drafted_by_id == seat.user.pk
                    else gettext("you, or a colleague")
                ),
            )
        )
        for each in drafts
    ]
