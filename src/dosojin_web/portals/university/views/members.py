"""All students of this university, narrowed, searched, and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.portals.university.csv_files import csv_response
from dosojin_web.portals.university.leaving import leaving_columns, leaving_row
from dosojin_web.portals.university.member_list import (
    LEAVING,
    Narrowing,
    annotate_page,
    file_header,
    file_rows,
    list_columns,
    list_filters,
    list_row,
)
from dosojin_web.portals.university.pages import ROWS_A_PAGE, members_of, programmes_of, show


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def members(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Fifty at a time, those who leave next at the top."""
    today = day_in_japan(timezone.now())
    programmes = list(programmes_of(seat).order_by("-starts_on", "title"))
    asked = Narrowing.read(request.GET.dict(), programmes)
    found = asked.find(members_of(seat), today)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = annotate_page(members_of(seat), list(page.object_list), today)
    leaving = asked.standing == LEAVING
    context = {
        "filters": list_filters(asked, programmes),
        "asked": asked,
        "page_of_rows": page,
        "columns": leaving_columns() if leaving else list_columns(),
        "rows": [leaving_row(each, today) if leaving else list_row(each) for each in shown],
        "is_narrowed": any((asked.text, asked.programme, asked.standing)),
        "query": request.GET.urlencode(),
    }
    return show(request, seat, "members", context)


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same list as a file, all of it."""
    today = day_in_japan(timezone.now())
    asked = Narrowing.read(request.GET.dict(), list(programmes_of(seat)))
    members = members_of(seat)
    rows = file_rows(members, asked.find(members, today), today)
    return csv_response(f"students-{today:%Y%m%d}.csv", file_header(), rows)
