"""The tabs of a portal, and its frame."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override

from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.directory.models import Organisation
from dosojin_web.portals.navigation import PortalPage, lay_out_portal, list_tabs

PAGES = [
    PortalPage("Contacts", "directory:contacts", also=("components:page",)),
    PortalPage("Account", "accounts:home"),
]


def at(address: str) -> HttpRequest:
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    return request


def test_the_tab_of_the_page_is_marked() -> None:
    assert [tab.current for tab in list_tabs(at("/directory/"), PAGES)] == [True, False]
    assert [tab.current for tab in list_tabs(at("/components/"), PAGES)] == [True, False]
    assert [tab.current for tab in list_tabs(at("/accounts/"), PAGES)] == [False, True]


def test_counts_stand_beside() -> None:
    tabs = list_tabs(at("/accounts/"), PAGES, {"directory:contacts": 4})
    assert [(tab.label, tab.address, tab.count) for tab in tabs] == [
        ("Contacts", "/directory/", 4),
        ("Account", "/accounts/", None),
    ]


def test_the_page_says_once_whose_seat_it_is() -> None:
    office = Organisation(kind="agency", code="m", name_ja="盛岡代理店", name_en="Morioka Agency")
    seat = Seat(User(pk=1), Role.AGENCY, office)
    request = at("/accounts/")
    request.user = seat.user
    request.csp_nonce = ""  # type: ignore[attr-defined]
    request.seat = seat  # type: ignore[attr-defined]
    with override("en"):
        html = render_to_string("portals/base.html", lay_out_portal(request, seat, PAGES), request)
    assert html.count("Morioka Agency") == 1
    assert html.count('class="portal-tab"') == 2
