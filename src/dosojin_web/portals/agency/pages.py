"""The pages of this portal, what each is laid out with, and what becomes of a refusal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy

from dosojin_web.accounts.seats import Seat, View
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.refusals import NotYours, Refused, Stale
from dosojin_web.portals.navigation import PortalPage, lay_out_portal, show_page
from dosojin_web.templatetags.portals import TAKE_THEIRS

from .typed import Typed
from .worklist import count_waiting

ROWS_A_PAGE = 50
STANDS = "stands"
"""The name of the choice between two versions."""

PAGES = [
    PortalPage(
        gettext_lazy("To do"),
        "agency:home",
        ("agency:letter", "agency:send_letter", "agency:deadline", "agency:retry_deadline"),
    ),
    PortalPage(
        gettext_lazy("Referrals"),
        "agency:referrals",
        ("agency:referral", "agency:quote_loading", "agency:check_loading", "agency:refuse"),
    ),
    PortalPage(
        gettext_lazy("Extensions"),
        "agency:extensions",
        (
            "agency:change",
            "agency:review_change",
            "agency:refuse_change",
            "agency:receive_premium",
            "agency:find_caller",
            "agency:enter_extension",
        ),
    ),
    PortalPage(
        gettext_lazy("Refunds"),
        "agency:refunds",
        (
            "agency:refund",
            "agency:replace_refund",
            "agency:transfer_refund",
            "agency:decide_refund",
            "agency:transfer",
            "agency:prepare_transfer",
            "agency:settle_transfer",
        ),
    ),
    PortalPage(
        gettext_lazy("Certificates"),
        "agency:certificates",
        ("agency:certificate", "agency:send_certificate", "agency:english_certificate"),
    ),
    PortalPage(gettext_lazy("Applications"), "agency:applications"),
    PortalPage(gettext_lazy("Contacts and hours"), "agency:contacts"),
]


def show(
    request: HttpRequest,
    seat: Seat,
    template: str,
    context: Mapping[str, Any],
    faults: Sequence[Fault] = (),
    status: int = 0,
) -> HttpResponse:
    """A page of this portal; 422 with faults, each also in ``error`` under its field."""
    layout = lay_out_portal(request, seat, PAGES, count_waiting(seat))
    return show_page(request, f"agency/{template}.html", layout, context, faults, status)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an act was not done. ``record`` is what a stale form collided with."""

    status: int
    faults: Sequence[Fault] = ()
    record: models.Model | None = None


def attempt(act: Callable[[], object]) -> Trouble | None:
    """Do ``act``; None if it was done."""
    try:
        act()
    except Refused as refused:
        return Trouble(422, refused.faults)
    except NotYours as not_yours:
        return Trouble(403, [Fault("", str(not_yours))])
    except Stale as stale:
        return Trouble(409, record=stale.record)
    return None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both versions of what a stale form is about; ``version`` is that of the saved one."""

    title: str
    rows: Sequence[ConflictRow]
    version: int


def act_of(page: str) -> Callable[[View], View]:
    """The view only acts: whoever opens its address is sent to ``page``, what it acts on.

    The address of an act stays in the browser beside a refusal, and a change of language opens it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                back: HttpResponse = redirect(page, **kwargs)
                return back
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer

        return guarded

    return decorate


def takes_theirs(request: HttpRequest) -> bool:
    """Whether the reader, shown two versions, chose the saved one."""
    return request.POST.get(STANDS) == TAKE_THEIRS


def show_conflict(
    request: HttpRequest, seat: Seat, title: str, rows: Sequence[ConflictRow], version: int
) -> HttpResponse:
    """409: both versions. Whoever keeps the own one sends it again, on the saved ``version``."""
    left_out = ("csrfmiddlewaretoken", "version", STANDS)
    context = {
        "title": title,
        "conflict_rows": rows,
        "version": version,
        "theirs": TAKE_THEIRS,
        "kept": [(name, value) for name, value in request.POST.items() if name not in left_out],
    }
    return show(request, seat, "conflict", context, status=409)


Record = TypeVar("Record", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Desk(Generic[Record]):
    """Where acts on a kind of record start and end: its page, and what that page shows."""

    page: str
    record: type[Record]
    describe: Callable[[Seat, Record, datetime], Mapping[str, Any]]

    def carry_out(
        self,
        request: HttpRequest,
        seat: Seat,
        found: Record,
        typed: Typed,
        act: Callable[[], object],
        said: Callable[[], str],
        compare: Callable[[Any], Conflict],
        beside: Mapping[str, str] | None = None,
    ) -> HttpResponse:
        """Do ``act`` and say so on the page of ``found``; or that page with what is wrong.

        ``compare`` sets a stale form beside the record; ``beside`` renames the fields of faults.
        """
        back = redirect(f"agency:{self.page}", found.key)  # type: ignore[attr-defined]
        if takes_theirs(request):
            return back
        trouble = Trouble(422, typed.faults) if typed.faults else attempt(act)
        if trouble is None:
            messages.success(request, said())
            return back
        if isinstance(trouble.record, self.record):
            clash = compare(trouble.record)
            return show_conflict(request, seat, clash.title, clash.rows, clash.version)
        names = beside or {}
        faults = [
            Fault(names.get(fault.field, fault.field), fault.message) for fault in trouble.faults
        ]
        context = {**self.describe(seat, found, timezone.now()), "typed": typed.values}
        return show(request, seat, self.page, context, faults, trouble.status)
