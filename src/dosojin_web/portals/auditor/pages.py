"""The pages of this portal, as tabs, and the shape that all its lists share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import Column, Filter, TableRow
from dosojin_web.components.shapes import Choice
from dosojin_web.portals.navigation import PortalPage, lay_out_portal

ROWS_A_PAGE = 50
PAGES = [
    PortalPage(gettext_lazy("Overview"), "auditor:home"),
    PortalPage(gettext_lazy("Audit trail"), "auditor:trail", also=("auditor:verification",)),
    PortalPage(
        gettext_lazy("Ledger"),
        "auditor:ledger",
        also=("auditor:entries", "auditor:entry", "auditor:bordereaux"),
    ),
    PortalPage(gettext_lazy("Certificates"), "auditor:certificates", also=("auditor:certificate",)),
    PortalPage(gettext_lazy("Requests"), "auditor:requests", also=("auditor:request",)),
    PortalPage(gettext_lazy("Payments"), "auditor:payments", also=("auditor:payment",)),
    PortalPage(gettext_lazy("Trips"), "auditor:programmes", also=("auditor:programme",)),
    PortalPage(gettext_lazy("Letters"), "auditor:letters", also=("auditor:letter",)),
    PortalPage(gettext_lazy("Deadlines"), "auditor:deadlines"),
    PortalPage(gettext_lazy("Approvals"), "auditor:approvals"),
    PortalPage(gettext_lazy("Consents"), "auditor:consents"),
]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as a page shows it: its words, its rows, and what narrows it.

    ``name`` is the address by name; ``search`` labels the field of text, "" for none.
    """

    name: str
    heading: str
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    page: Page[Any]
    lead: str = ""
    filters: Sequence[Filter] = field(default_factory=tuple)
    search: str = ""
    typed: str = ""


def lay_out(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """What every page of the portal needs."""
    return lay_out_portal(request, seat, PAGES)


def show_listing(request: HttpRequest, seat: Seat, listing: Listing) -> HttpResponse:
    """The page of a list."""
    return render(request, "auditor/listing.html", lay_out(request, seat) | {"listing": listing})


def paginate(request: HttpRequest, found: QuerySet[Any, Any]) -> Page[Any]:
    """The page of a list that the address names, the first if it names none."""
    return Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))


def typed_text(request: HttpRequest, name: str = "q") -> str:
    """What was typed to search for, without blanks around it."""
    return request.GET.get(name, "").strip()[:100]


def choices_of(words: type[TextChoices]) -> list[Choice]:
    """The words of a state as choices of a filter."""
    return [Choice(each.value, str(each.label)) for each in words]
