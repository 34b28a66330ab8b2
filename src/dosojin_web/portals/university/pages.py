"""The pages of this portal, what each is laid out with, and whose records they may show."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.shapes import Fault
from dosojin_web.directory.models import Organisation
from dosojin_web.policies.models import Member, Programme, RosterUpload
from dosojin_web.portals.navigation import PortalPage, lay_out_portal, show_page

ROWS_A_PAGE = 50
PAGES = [
    PortalPage(gettext_lazy("Overview"), "university:home"),
    PortalPage(
        gettext_lazy("Programmes"),
        "university:programmes",
        (
            "university:programme",
            "university:programme_new",
            "university:programme_edit",
            "university:programme_approve",
            "university:programme_withdraw",
            "university:programme_invite",
            "university:roster_send",
            "university:roster",
        ),
    ),
    PortalPage(
        gettext_lazy("Students"),
        "university:members",
        (
            "university:member",
            "university:member_invite",
            "university:member_withdraw",
            "university:member_put_back",
        ),
    ),
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
    layout = lay_out_portal(request, seat, PAGES)
    return show_page(request, f"university/{template}.html", layout, context, faults, status)


def university_of(seat: Seat) -> Organisation:
    """The university whose office this is."""
    assert seat.organisation is not None, "a university office is at a university"
    return seat.organisation


def programmes_of(seat: Seat) -> QuerySet[Programme]:
    """The study trips of this university."""
    return Programme.objects.filter(university=university_of(seat))


def members_of(seat: Seat) -> QuerySet[Member]:
    """Whoever is or was on a roster of this university."""
    return Member.objects.filter(university=university_of(seat))


def find_programme(seat: Seat, key: UUID) -> Programme:
    """One of this university's study trips; 404 for any other."""
    return get_object_or_404(programmes_of(seat), key=key)


def find_member(seat: Seat, key: UUID) -> Member:
    """One of this university's students; 404 for any other."""
    known = members_of(seat).select_related("person", "programme", "university")
    return get_object_or_404(known, key=key)


def find_roster(seat: Seat, key: UUID) -> RosterUpload:
    """A roster that this university sent; 404 for any other."""
    known = RosterUpload.objects.filter(programme__university=university_of(seat))
    return get_object_or_404(known.select_related("programme", "upload"), key=key)
