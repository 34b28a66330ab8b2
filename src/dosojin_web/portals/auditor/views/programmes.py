"""Study trips with their entries, and the rosters sent for them."""

from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Filter
from dosojin_web.policies.models import Programme, ProgrammeState
from dosojin_web.portals.auditor.pages import (
    Listing,
    choices_of,
    lay_out,
    paginate,
    show_listing,
    typed_text,
)
from dosojin_web.portals.auditor.programme_rows import (
    entry_events,
    programme_columns,
    programme_facts,
    programme_rows,
    roster_columns,
    roster_rows,
)


@require_safe
@seated(Role.AUDITOR)
def programmes(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List them, the latest first."""
    state, typed = typed_text(request, "state"), typed_text(request)
    found: QuerySet[Any, Any] = Programme.objects.select_related("university", "drafted_by")
    found = found.annotate(members_count=Count("members"))
    if state:
        found = found.filter(state=state)
    if typed:
        found = found.filter(title__icontains=typed)
    page = paginate(request, found.order_by("-starts_on", "-pk"))
    listing = Listing(
        name="auditor:programmes",
        heading=gettext("Study trips"),
        columns=programme_columns(),
        rows=programme_rows(list(page.object_list)),
        page=page,
        filters=(Filter("state", gettext("State"), choices_of(ProgrammeState), state),),
        search=gettext("Title"),
        typed=typed,
    )
    return show_listing(request, seat, listing)


@require_safe
@seated(Role.AUDITOR)
def programme(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Who drafted and who approved it, and the rosters."""
    found = get_object_or_404(Programme.objects.select_related("university"), key=key)
    context = lay_out(request, seat) | {
        "programme": found,
        "facts": programme_facts(found),
        "events": entry_events(found),
        "columns": roster_columns(),
        "rosters": roster_rows(found.rosters.select_related("sent_by").order_by("-sent_at")),
    }
    return render(request, "auditor/programme.html", context)
