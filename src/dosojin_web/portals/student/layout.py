"""The pages of this portal, and what every one of them is laid out with."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.shapes import Fault
from dosojin_web.portals.navigation import PortalPage, lay_out_portal, show_page

TRIP_PAGES = (
    "application",
    "trip",
    "plans",
    "matters",
    "questions",
    "no_return",
    "question",
    "details",
    "consents",
    "check",
    "payment",
    "give_up",
    "certificate",
    "english_certificate",
    "extension",
    "early_end",
    "late_return",
)
PAGES = [
    PortalPage(
        gettext_lazy("Your study trips"),
        "student:home",
        also=tuple(f"student:{name}" for name in TRIP_PAGES),
    ),
    PortalPage(gettext_lazy("Your data"), "student:privacy"),
]


def lay_out(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """What ``portals/base.html`` reads."""
    return lay_out_portal(request, seat, PAGES)


def show(
    request: HttpRequest,
    seat: Seat,
    template: str,
    title: str,
    back: str,
    context: Mapping[str, Any],
    faults: Sequence[Fault] = (),
    status: int = 0,
) -> HttpResponse:
    """A page that extends ``student/page.html``; 422 with faults, each also in ``error``."""
    layout = {**lay_out(request, seat), "title": title, "back": back}
    return show_page(request, template, layout, context, faults, status)
