"""A roster on its way: sent, read by the worker, and what of it was not taken."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.deadlines.models import Deadline
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Programme, ProgrammeState, RosterState, RosterUpload
from dosojin_web.policies.operations.invite_members import count_waiting
from dosojin_web.policies.operations.take_roster import deadline_key, send_roster
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.roster import decode_roster, read_header
from dosojin_web.portals.university.csv_files import csv_response
from dosojin_web.portals.university.pages import ROWS_A_PAGE, find_programme, find_roster, show
from dosojin_web.portals.university.roster_rows import (
    complaint_columns,
    complaint_rows,
    read_untaken,
)
from dosojin_web.portals.university.roster_sample import sample_header, sample_rows
from dosojin_web.portals.university.tallies import Tally
from dosojin_web.uploads.operations.accept_upload import UploadRefused, accept

from .programme import show_programme

SLOW_AFTER = timedelta(minutes=1)
SAMPLE_BEGINS_IN, SAMPLE_LASTS = timedelta(days=60), timedelta(days=30)


@never_cache
@seated(Role.UNIVERSITY)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Keep the file and have it read."""
    held, now = find_programme(seat, key), timezone.now()
    if request.method != "POST":
        return redirect("university:programme", held.key)
    file = request.FILES.get("roster")
    if file is None:
        fault = Fault("roster", gettext("Choose the file with the roster."))
        return show_programme(request, seat, held, [fault])
    try:
        upload = accept(file, "roster", seat.actor, now)
        roster = send_roster(held, upload, seat.actor, now)
    except UploadRefused as refused:
        return show_programme(request, seat, held, [Fault("roster", str(refused))])
    except Refused as refused:
        return show_programme(request, seat, held, refused.faults)
    if roster.sent_at != now:
        messages.success(request, gettext("This file was sent before. It is not processed twice."))
    return redirect("university:roster", roster.key)


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def roster(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """How far it has been read; then what became of its rows."""
    held = find_roster(seat, key)
    names = name_actors([f"user:{held.sent_by_id}"], with_log_in=True)
    context = {
        "roster": held,
        "programme": held.programme,
        "who": names[f"user:{held.sent_by_id}"],
        "file_name": held.upload.sent_name,
        "is_done": held.state == RosterState.DONE,
        **(_result(request, held) if held.state == RosterState.DONE else _trouble(held)),
    }
    return show(request, seat, "roster", context)


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def progress(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """The bar alone, for htmx; once all is read, the whole page is asked for."""
    held = find_roster(seat, key)
    if held.state == RosterState.DONE or _trouble(held)["is_stuck"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"roster": held, "rows_read": _rows_read(held)}
    return render(request, "university/roster_progress.html", context)


@never_cache
@seated(Role.UNIVERSITY)
@require_safe
def not_taken(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Only the rows that were not taken, to be mended and sent as they are."""
    held = find_roster(seat, key)
    header = read_header(decode_roster(held.upload.read()))
    names = [*header, gettext("What is wrong"), gettext("What to do")]
    name = f"roster-not-taken-{held.sent_at:%Y%m%d-%H%M}.csv"
    return csv_response(name, names, _rows(held, header))


@seated(Role.UNIVERSITY)
@require_safe
def sample(request: HttpRequest, seat: Seat, language: str) -> HttpResponse:
    """The header and two invented students."""
    if language not in ("ja", "en"):
        raise Http404
    departs = day_in_japan(timezone.now()) + SAMPLE_BEGINS_IN
    rows = sample_rows(departs, departs + SAMPLE_LASTS)
    return csv_response(f"roster-sample-{language}.csv", sample_header(language), rows)


def _rows(held: RosterUpload, header: Sequence[str]) -> Iterator[Sequence[str]]:
    """The cells as they were sent, as wide as the header, then all that is wrong in two cells."""
    for row in held.untaken.order_by("line").iterator(ROWS_A_PAGE):
        cells, complaints = read_untaken(row)
        wide = [*cells, *[""] * (len(header) - len(cells))][: len(header)]
        wrong = " / ".join(f"{each.column}: {each.wrong}" for each in complaints)
        yield [*wide, wrong, " / ".join(f"{each.column}: {each.remedy}" for each in complaints)]


def _trouble(held: RosterUpload) -> Mapping[str, Any]:
    """How far it is, whether reading has stopped for good, or begins later than usual."""
    stuck = Deadline.objects.filter(kind="roster.read", key=deadline_key(held))
    is_slow = held.state == RosterState.WAITING and timezone.now() - held.sent_at > SLOW_AFTER
    return {
        "rows_read": _rows_read(held),
        "is_stuck": stuck.exclude(failed_at=None).exists(),
        "is_slow": is_slow,
    }


def _rows_read(held: RosterUpload) -> int:
    """For the bar, which asks no more once it is full: full only when the result is there."""
    return min(held.next_row, held.rows - 1) if held.rows else 0


def _result(request: HttpRequest, held: RosterUpload) -> Mapping[str, Any]:
    page = Paginator(held.untaken.order_by("line"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    programme: Programme = held.programme
    return {
        "taken": held.added + held.changed + held.unchanged,
        "tallies": [
            Tally(held.added, gettext("Added")),
            Tally(held.changed, gettext("Changed")),
            Tally(held.unchanged, gettext("As before")),
            Tally(held.not_taken, gettext("Not taken in")),
        ],
        "page_of_rows": page,
        "columns": complaint_columns(),
        "rows": list(complaint_rows(page)),
        "waiting": count_waiting(programme),
        "is_approved": programme.state == ProgrammeState.APPROVED,
    }
