"""All requests, those that wait first."""

from django.core.paginator import Paginator
from django.db.models import Case, TextChoices, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Filter
from dosojin_web.components.shapes import Choice
from dosojin_web.policies.models import ChangeKind, ChangeState
from dosojin_web.portals.policyholder.pages import lay_out
from dosojin_web.portals.policyholder.request_rows import (
    request_columns,
    request_rows,
    with_cover,
)
from dosojin_web.portals.policyholder.scope import WAITING, requests_of

ROWS_A_PAGE = 50


@require_safe
@seated(Role.POLICYHOLDER)
def requests(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List them; ``kind`` and ``state`` narrow the list."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    found = with_cover(requests_of(seat))
    if kind in ChangeKind:
        found = found.filter(kind=kind)
    if state in ChangeState:
        found = found.filter(state=state)
    waiting_first = Case(When(WAITING, then=Value(0)), default=Value(1))
    page = Paginator(found.order_by(waiting_first, "-asked_at", "-pk"), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = lay_out(request, seat) | {
        "filters": [
            Filter("kind", gettext("Kind"), _choices(ChangeKind), kind),
            Filter("state", gettext("State"), _choices(ChangeState), state),
        ],
        "columns": request_columns(),
        "rows": request_rows(list(page.object_list)),
        "page": page,
    }
    return render(request, "policyholder/requests.html", context)


def _choices(words: type[TextChoices]) -> list[Choice]:
    return [Choice(each.value, str(each.label)) for each in words]
