"""The pages of this portal, as tabs, with what waits counted beside them."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from dosojin_web.accounts.seats import Seat
from dosojin_web.portals.navigation import PortalPage, lay_out_portal

from .scope import count_waiting

PAGES = [
    PortalPage(gettext_lazy("Overview"), "policyholder:home"),
    PortalPage(
        gettext_lazy("Change requests"), "policyholder:requests", also=("policyholder:request",)
    ),
    PortalPage(gettext_lazy("Members"), "policyholder:members", also=("policyholder:certificate",)),
    PortalPage(gettext_lazy("Bordereaux"), "policyholder:bordereaux"),
    PortalPage(gettext_lazy("Insurers and shares"), "policyholder:shares"),
]


def lay_out(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """What every page of the portal needs; one query."""
    return lay_out_portal(request, seat, PAGES, {"policyholder:requests": count_waiting(seat)})
