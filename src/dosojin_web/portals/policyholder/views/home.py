"""The overview: what waits, who stands where, what was written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Column
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.portals.policyholder.figures import (
    count_members,
    premium_columns,
    premium_rows,
    standing_rows,
    university_columns,
    university_rows,
)
from dosojin_web.portals.policyholder.pages import lay_out
from dosojin_web.portals.policyholder.request_rows import (
    waiting_columns,
    waiting_rows,
    with_cover,
)
from dosojin_web.portals.policyholder.scope import WAITING, requests_of

SHOWN_AT_ONCE = 20


@require_safe
@seated(Role.POLICYHOLDER)
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show it; the requests that wait longest come first."""
    today = day_in_japan(timezone.now())
    waiting = with_cover(requests_of(seat).filter(WAITING)).order_by("asked_at", "pk")
    counted = count_members(seat, today)
    universities, everybody = university_rows(counted)
    context = lay_out(request, seat) | {
        "waiting": waiting_rows(waiting[:SHOWN_AT_ONCE], today),
        "waiting_columns": waiting_columns(),
        "standings": standing_rows(counted),
        "standing_columns": [
            Column(gettext("State")),
            Column(gettext("Members"), amount=True),
        ],
        "universities": universities,
        "everybody": everybody,
        "university_columns": university_columns(),
        "premiums": premium_rows(seat, today),
        "premium_columns": premium_columns(),
    }
    return render(request, "policyholder/home.html", context)
