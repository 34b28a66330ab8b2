"""The outbox, with what would open something hidden."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, Filter, TableRow
from dosojin_web.components.shapes import Choice
from dosojin_web.mail.models import OutgoingMail, Progress
from dosojin_web.portals.auditor.masking import read_masked
from dosojin_web.portals.auditor.pages import (
    Listing,
    lay_out,
    paginate,
    show_listing,
    typed_text,
)
from dosojin_web.portals.auditor.records import find_address
from dosojin_web.templatetags.portals import japan_time

MARKS = {
    Progress.WAITING: "todo",
    Progress.RETRYING: "depends",
    Progress.SENT: "done",
    Progress.FAILED: "needs_attention",
}
NARROWED = {
    Progress.WAITING: Q(sent_at=None, failed_at=None, attempts=0),
    Progress.RETRYING: Q(sent_at=None, failed_at=None, attempts__gt=0),
    Progress.SENT: ~Q(sent_at=None),
    Progress.FAILED: ~Q(failed_at=None),
}


@require_safe
@seated(Role.AUDITOR)
def letters(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the letters, the latest first; ``q`` is the beginning of what they are about."""
    progress, typed = typed_text(request, "progress"), typed_text(request)
    found = OutgoingMail.objects.defer("body")
    if progress in list(Progress):
        found = found.filter(NARROWED[Progress(progress)])
    if typed:
        found = found.filter(Q(about__startswith=typed) | Q(template__icontains=typed))
    page = paginate(request, found.order_by("-queued_at", "-pk"))
    options = [Choice(each.value, word_progress(each)) for each in Progress]
    listing = Listing(
        name="auditor:letters",
        heading=gettext("Letters"),
        lead=gettext("Passwords, and addresses that open something, are hidden."),
        columns=[Column(each) for each in _heads()],
        rows=[_row(mail) for mail in page.object_list],
        page=page,
        filters=(Filter("progress", gettext("State"), options, progress),),
        search=gettext("Template, or what the letter is about"),
        typed=typed,
    )
    return show_listing(request, seat, listing)


@require_safe
@seated(Role.AUDITOR)
def letter(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """One letter as it was written, masked."""
    mail = get_object_or_404(OutgoingMail, key=key)
    context = lay_out(request, seat) | {
        "mail": mail,
        "body": read_masked(mail),
        "mark": MARKS[mail.progress],
        "progress": word_progress(mail.progress),
        "attachments": mail.attachments.select_related("document"),
        "about_address": find_address(mail.about),
    }
    return render(request, "auditor/letter.html", context)


def word_progress(progress: Progress) -> str:
    """How far a letter is."""
    return {
        Progress.WAITING: gettext("Waiting to leave"),
        Progress.RETRYING: gettext("Being tried again"),
        Progress.SENT: gettext("Sent"),
        Progress.FAILED: gettext("Not delivered"),
    }[progress]


def _heads() -> list[str]:
    return [gettext("Subject"), gettext("State"), gettext("Recipient"), gettext("Written at"),
            gettext("About")]  # fmt: skip


def _row(mail: OutgoingMail) -> TableRow:
    return TableRow(
        (
            Cell(mail.subject, reverse("auditor:letter", args=[mail.key]), note=mail.template),
            Cell(word_progress(mail.progress), state=MARKS[mail.progress]),
            Cell(mail.to),
            Cell(japan_time(mail.queued_at)),
            Cell(mail.about, find_address(mail.about)),
        )
    )
