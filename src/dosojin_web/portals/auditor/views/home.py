"""The overview: what needs an auditor's eye."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Column
from dosojin_web.portals.auditor.checks import check_rows
from dosojin_web.portals.auditor.pages import lay_out
from dosojin_web.portals.auditor.trail_rows import latest_rows, trail_columns


@require_safe
@seated(Role.AUDITOR)
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Each check with its finding, and the latest events."""
    context = lay_out(request, seat) | {
        "checks": check_rows(timezone.now()),
        "check_columns": [
            Column(gettext("What is checked")),
            Column(gettext("State")),
            Column(gettext("Finding")),
        ],
        "columns": trail_columns(),
        "events": latest_rows(),
    }
    return render(request, "auditor/home.html", context)
