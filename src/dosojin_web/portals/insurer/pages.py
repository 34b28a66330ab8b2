"""The pages of this portal, as tabs."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from dosojin_web.accounts.seats import Seat
from dosojin_web.portals.navigation import PortalPage, lay_out_portal

PAGES = [
    PortalPage(gettext_lazy("Our share by month"), "insurer:home"),
    PortalPage(gettext_lazy("Our share by certificate"), "insurer:certificates"),
]


def lay_out(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """What every page of the portal needs."""
    return lay_out_portal(request, seat, PAGES)
