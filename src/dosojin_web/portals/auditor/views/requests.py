"""Requests to change certificates."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Filter
from dosojin_web.policies.certificate_view import Sight, view_change
from dosojin_web.policies.change_arithmetic import work_out
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import Refusal
from dosojin_web.policies.models import ChangeKind, ChangeRequest, ChangeState
from dosojin_web.portals.auditor.certificate_rows import request_columns, request_rows
from dosojin_web.portals.auditor.pages import (
    Listing,
    choices_of,
    lay_out,
    paginate,
    show_listing,
    typed_text,
)


@require_safe
@seated(Role.AUDITOR)
def requests(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List them, the latest first."""
    kind, state = typed_text(request, "kind"), typed_text(request, "state")
    found = ChangeRequest.objects.select_related("certificate__member__person")
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    page = paginate(request, found.order_by("-asked_at", "-pk"))
    listing = Listing(
        name="auditor:requests",
        heading=gettext("Change requests"),
        columns=request_columns(),
        rows=request_rows(list(page.object_list)),
        page=page,
        filters=(
            Filter("kind", gettext("Kind"), choices_of(ChangeKind), kind),
            Filter("state", gettext("State"), choices_of(ChangeState), state),
        ),
    )
    return show_listing(request, seat, listing)


@require_safe
@seated(Role.AUDITOR)
def change_request(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """What was asked, how its amount comes about, and who did what."""
    found = get_object_or_404(ChangeRequest.objects.select_related("certificate__master"), key=key)
    base = found.certificate.versions.get(number=found.base_version)
    try:
        arithmetic, trouble = work_out(found, base, day_in_japan(timezone.now())), ""
    except Refusal as refusal:
        arithmetic, trouble = None, refusal.sentence()
    context = lay_out(request, seat) | {
        "shown": view_change(found, Sight(log_ins=True)),
        "number": found.certificate.number,
        "about": found.about,
        "arithmetic": arithmetic,
        "trouble": trouble,
        "amount_columns": [gettext("Amount")],
    }
    return render(request, "auditor/request.html", context)
