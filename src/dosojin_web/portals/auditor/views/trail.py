"""The audit trail, and whether its chain is whole."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.audit.models import AuditHead, Event
from dosojin_web.audit.operations.verify_chain import Mark
from dosojin_web.audit.operations.verify_piece import BEGINNING, verify_piece
from dosojin_web.components.shapes import Choice, Fault
from dosojin_web.policies.japan import end_of_day, start_of_day
from dosojin_web.policies.quotes import read_day
from dosojin_web.portals.auditor.pages import lay_out, paginate, typed_text
from dosojin_web.portals.auditor.trail_rows import trail_columns, trail_rows

FIELDS = ("about", "act", "actor", "since", "until")
EVENTS_A_REQUEST = 20_000
"""Events that one request verifies: well under a second. A longer chain goes on by itself."""
SALT = "auditor.verification"


@require_safe
@seated(Role.AUDITOR)
def trail(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the events, the latest first; 422 with the whole list if a day cannot be read."""
    typed = {name: typed_text(request, name) for name in FIELDS}
    days, faults = _read_days(typed)
    page = paginate(request, _find(typed, days).order_by("-seq"))
    context = lay_out(request, seat) | {
        "typed": typed,
        "narrowed": any(typed.values()),
        "faults": faults,
        "fault": {fault.field: fault.message for fault in faults},
        "acts": [Choice(act, act) for act in _acts()],
        "columns": trail_columns(),
        "rows": trail_rows(list(page.object_list)),
        "page": page,
    }
    return render(request, "auditor/trail.html", context, status=422 if faults else 200)


@never_cache
@require_safe
@seated(Role.AUDITOR)
def verification(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The head of the chain; with ``after``, the next piece of it is read.

    What comes between is signed, so that nobody can skip a part by writing an address.
    """
    context = lay_out(request, seat) | {
        "head": AuditHead.objects.filter(pk=AuditHead.THE_ONE).first(),
        "start": f"{reverse('auditor:verification')}?after=start",
    }
    after = request.GET.get("after", "")
    if after:
        piece = verify_piece(_read_mark(after), EVENTS_A_REQUEST)
        context |= {"piece": piece, "next": _address(piece.whole_until)}
    part = "auditor/verification_progress.html" if request.htmx else "auditor/verification.html"  # type: ignore[attr-defined]
    return render(request, part, context)


def _address(mark: Mark) -> str:
    signed = signing.dumps([mark.seq, mark.hash], salt=SALT)
    return f"{reverse('auditor:verification')}?{urlencode({'after': signed})}"


def _read_mark(after: str) -> Mark:
    """From the beginning, unless it is a mark of ours."""
    try:
        seq, written = signing.loads(after, salt=SALT, max_age=3600)
    except signing.BadSignature:
        return BEGINNING
    return Mark(int(seq), str(written))


def _acts() -> list[str]:
    return list(Event.objects.order_by("act").values_list("act", flat=True).distinct())


def _find(
    typed: Mapping[str, str], days: tuple[datetime | None, datetime | None]
) -> QuerySet[Event]:
    since, until = days
    found = Event.objects.all()
    if typed["about"]:
        found = found.filter(about__startswith=typed["about"])
    if typed["act"]:
        found = found.filter(act=typed["act"])
    if typed["actor"]:
        found = found.filter(actor=_actor(typed["actor"]))
    if since:
        found = found.filter(at__gte=since)
    return found.filter(at__lt=until) if until else found


def _actor(typed: str) -> str:
    """``user:12`` and ``system`` as they are; what somebody logs in with, as their number."""
    user = User.objects.filter(username__iexact=typed).values_list("pk", flat=True).first()
    return typed if user is None else f"user:{user}"


def _read_days(
    typed: Mapping[str, str],
) -> tuple[tuple[datetime | None, datetime | None], list[Fault]]:
    faults, days = [], dict[str, date | None]()
    for name in ("since", "until"):
        days[name] = read_day(typed[name])
        if typed[name] and days[name] is None:
            said = gettext("“%(typed)s” is not a day. Write it like 2026-06-01.")
            faults.append(Fault(name, said % {"typed": typed[name]}))
    since, until = days["since"], days["until"]
    return (start_of_day(since) if since else None, end_of_day(until) if until else None), faults
