"""What has to happen, and what became of it; what was given up comes first."""

from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, Filter, TableRow
from dosojin_web.components.shapes import Choice
from dosojin_web.deadlines.models import Deadline, Progress
from dosojin_web.policies.deadline_words import word_deadline
from dosojin_web.portals.auditor.pages import Listing, paginate, show_listing, typed_text
from dosojin_web.templatetags.portals import japan_time

MARKS = {
    Progress.WAITING: "todo",
    Progress.RUNNING: "current",
    Progress.DONE: "done",
    Progress.CANCELLED: "cancelled",
    Progress.FAILED: "needs_attention",
}
OPEN = Q(done_at=None, cancelled_at=None)
NARROWED = {
    Progress.WAITING: OPEN & Q(failed_at=None, lease_holder=""),
    Progress.RUNNING: OPEN & Q(failed_at=None) & ~Q(lease_holder=""),
    Progress.DONE: ~Q(done_at=None),
    Progress.CANCELLED: ~Q(cancelled_at=None),
    Progress.FAILED: OPEN & ~Q(failed_at=None),
}


@require_safe
@seated(Role.AUDITOR)
def deadlines(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List them; ``progress`` narrows the list."""
    progress = typed_text(request, "progress")
    found = Deadline.objects.all()
    if progress in list(Progress):
        found = found.filter(NARROWED[Progress(progress)])
    failed = When(NARROWED[Progress.FAILED], then=Value(0))
    waiting = When(OPEN, then=Value(1))
    soonest = Case(When(OPEN, then=F("due_at")))
    order = (Case(failed, waiting, default=Value(2)), soonest, "-due_at", "-pk")
    page = paginate(request, found.order_by(*order))
    options = [Choice(each.value, word_progress(each)) for each in Progress]
    listing = Listing(
        name="auditor:deadlines",
        heading=gettext("Deadlines"),
        lead=gettext("What was given up comes first, then what is due next, then what is done."),
        columns=_columns(),
        rows=[_row(deadline) for deadline in page.object_list],
        page=page,
        filters=(Filter("progress", gettext("State"), options, progress),),
    )
    return show_listing(request, seat, listing)


def word_progress(progress: Progress) -> str:
    """How far a deadline is."""
    return {
        Progress.WAITING: gettext("Not due yet, or next in turn"),
        Progress.RUNNING: gettext("Being carried out"),
        Progress.DONE: gettext("Done"),
        Progress.CANCELLED: gettext("Called off"),
        Progress.FAILED: gettext("Given up after several attempts"),
    }[progress]


def _columns() -> list[Column]:
    heads = [gettext("Deadline"), gettext("State"), gettext("Due")]
    return [*map(Column, heads), Column(gettext("Tries"), amount=True),
            Column(gettext("Last error"))]  # fmt: skip


def _row(deadline: Deadline) -> TableRow:
    return TableRow(
        (
            Cell(word_deadline(deadline.kind), note=f"{deadline.kind} {deadline.key}"),
            Cell(word_progress(deadline.progress), state=MARKS[deadline.progress]),
            Cell(japan_time(deadline.due_at)),
            Cell(f"{deadline.attempts:,}"),
            Cell(deadline.last_error[:200]),
        )
    )
