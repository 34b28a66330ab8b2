"""The list of study trips, and the form that drafts and changes one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, Filter, TableRow
from dosojin_web.components.shapes import Choice, Fault
from dosojin_web.policies.countries import list_countries
from dosojin_web.policies.models import Programme, ProgrammeState
from dosojin_web.policies.operations.approve_programme import change_programme, draft_programme
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.portals.university.pages import (
    ROWS_A_PAGE,
    find_programme,
    programmes_of,
    show,
    university_of,
)
from dosojin_web.portals.university.programme_form import ReadForm, compare, read_form, values_of
from dosojin_web.portals.university.programme_history import last_saved
from dosojin_web.portals.university.words import (
    place_of,
    reader_language,
    state_cell,
)
from dosojin_web.templatetags.layout import civil_days
from dosojin_web.templatetags.portals import TAKE_THEIRS


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def programmes(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All study trips, those to come first; narrowed by state."""
    known = programmes_of(seat).annotate(
        students=Count("members", filter=Q(members__withdrawn_at=None))
    )
    state = request.GET.get("state", "")
    if state in ProgrammeState.values:
        known = known.filter(state=state)
    page = Paginator(known.order_by("-starts_on", "title"), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    states = [Choice(one.value, str(one.label)) for one in ProgrammeState]
    context = {
        "filters": [Filter("state", gettext("State"), states, state)],
        "page_of_rows": page,
        "columns": _columns(),
        "rows": [_row(each) for each in page],
        "is_narrowed": bool(state),
    }
    return show(request, seat, "programmes", context)


@never_cache
@seated(Role.UNIVERSITY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_programme(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Draft a study trip. The key in the form makes a second click harmless."""
    if request.method != "POST":
        return _form(request, seat, {"values": {}, "key": uuid4()})
    read = read_form(_sent(request.POST))
    key = _key(request.POST.get("key", ""))
    if read.form is None or read.master is None:
        return _form(request, seat, {"values": read.values, "key": key}, read.faults)
    made = draft_programme(
        read.master, university_of(seat), read.form, seat.actor, timezone.now(), key
    )
    messages.success(
        request, gettext("The programme is drafted. A colleague of yours has to approve it.")
    )
    return redirect("university:programme", made.key)


@never_cache
@seated(Role.UNIVERSITY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_programme(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Change a study trip; whoever saved in between is not overwritten unseen."""
    held = find_programme(seat, key)
    context = {"programme": held, "version": held.version}
    if request.method != "POST":
        return _form(request, seat, context | {"values": values_of(held)})
    read = read_form(_sent(request.POST), held.master)
    context |= {"values": read.values, "version": request.POST.get("version", "")}
    if request.POST.get("keep") == TAKE_THEIRS:
        return redirect("university:programme", held.key)
    if read.form is None:
        return _form(request, seat, context, read.faults)
    if "conflict" in request.POST and not request.POST.get("keep"):
        fault = Fault("keep", gettext("Choose one of the two versions."))
        return _conflict(request, seat, held, read, [fault])
    return _save(request, seat, held, read, context)


def _save(
    request: HttpRequest, seat: Seat, held: Programme, read: ReadForm, context: Mapping[str, Any]
) -> HttpResponse:
    version = request.POST.get("version", "")
    assert read.form is not None
    try:
        saved = change_programme(
            held,
            read.form,
            int(version) if version.isdecimal() else 0,
            seat.actor,
            timezone.now(),
        )
    except Refused as refused:
        return _form(request, seat, context, refused.faults)
    except Stale as stale:
        assert isinstance(stale.record, Programme)
        return _conflict(request, seat, stale.record, read)
    if saved.version != held.version:
        messages.success(request, gettext("Saved. A colleague of yours has to approve it."))
    return redirect("university:programme", held.key)


def _conflict(
    request: HttpRequest,
    seat: Seat,
    saved: Programme,
    read: ReadForm,
    faults: list[Fault] | None = None,
) -> HttpResponse:
    who, at = last_saved(saved)
    context = {
        "programme": saved,
        "values": read.values,
        "version": saved.version,
        "versions": compare(read.values, values_of(saved)),
        "who": who,
        "at": at,
    }
    return show(request, seat, "programme_conflict", context, faults or [], status=409)


def _form(
    request: HttpRequest, seat: Seat, context: Mapping[str, Any], faults: list[Fault] | None = None
) -> HttpResponse:
    context = {"countries": list_countries(reader_language()), **context}
    return show(request, seat, "programme_form", context, faults or [])


def _sent(post: QueryDict) -> dict[str, str]:
    return {name: str(value) for name, value in post.items()}


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def _columns() -> list[Column]:
    return [
        Column(gettext("Programme")),
        Column(gettext("Dates")),
        Column(gettext("State")),
        Column(gettext("Students"), amount=True),
    ]


def _row(programme: Programme) -> TableRow:
    return TableRow(
        (
            Cell(
                programme.title,
                reverse("university:programme", args=[programme.key]),
                note=place_of(programme),
            ),
            Cell(civil_days(programme.starts_on, programme.ends_on)),
            state_cell(programme),
            Cell(f"{programme.students:,}"),  # type: ignore[attr-defined]
        )
    )
