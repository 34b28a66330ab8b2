"""The pages of a portal, as its tabs.

A portal declares them once, in its ``__init__`` or a module beside its views::

    PAGES = [
        PortalPage(gettext_lazy("Members"), "university:members"),
        PortalPage(gettext_lazy("Programmes"), "university:programmes"),
    ]

and its views render with ``lay_out_portal(request, seat, PAGES)`` in the context of a template that
extends ``portals/base.html``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import Tab
from dosojin_web.components.shapes import Fault


@dataclass(frozen=True, slots=True)
class PortalPage:
    """A page with a tab: its label, its address by name, and the addresses that belong to it."""

    label: str | Promise
    url_name: str
    also: tuple[str, ...] = ()


def list_tabs(
    request: HttpRequest, pages: Sequence[PortalPage], counts: Mapping[str, int] | None = None
) -> list[Tab]:
    """The tabs, the one of the present page marked. ``counts`` by address name stand beside."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        Tab(
            label=str(page.label),
            address=reverse(page.url_name),
            current=here == page.url_name or here in page.also,
            count=(counts or {}).get(page.url_name),
        )
        for page in pages
    ]


def lay_out_portal(
    request: HttpRequest,
    seat: Seat,
    pages: Sequence[PortalPage],
    counts: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """What ``portals/base.html`` reads: the seat and its tabs."""
    return {"seat": seat, "portal_tabs": list_tabs(request, pages, counts)}


def show_page(
    request: HttpRequest,
    template: str,
    layout: Mapping[str, Any],
    context: Mapping[str, Any],
    faults: Sequence[Fault] = (),
    status: int = 0,
) -> HttpResponse:
    """A page of a portal; 422 with faults, each also in ``error`` under its field."""
    error = {fault.field: fault.message for fault in faults}
    whole = {**layout, "faults": faults, "error": error, **context}
    return render(request, template, whole, status=status or (422 if faults else 200))
