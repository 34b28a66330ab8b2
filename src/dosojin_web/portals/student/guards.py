"""What stands before every page of a trip: the seat, the reader's own trip, the moment."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.policies.japan import day_in_japan

from .steps import step_address
from .trips import Trip, find_trip

TripView = Callable[..., HttpResponse]
View = Callable[..., HttpResponse]


def of_trip(view: TripView) -> View:
    """The view gets the trip with this key if it is the reader's, else 404; the clock is read once.

    Nothing of it stays in a cache: the next reader at this computer is another person.
    """

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @seated(Role.STUDENT)
    @wraps(view)
    def guarded(request: HttpRequest, seat: Seat, key: UUID, **more: Any) -> HttpResponse:
        now = timezone.now()
        return view(request, seat, find_trip(seat, key, day_in_japan(now)), now, **more)

    return guarded


def while_open(view: TripView) -> View:
    """As ``of_trip``, with an open application; else on to the page that says how it stands."""

    @of_trip
    @wraps(view)
    def guarded(
        request: HttpRequest, seat: Seat, trip: Trip, now: datetime, **more: Any
    ) -> HttpResponse:
        if not trip.is_open:
            name = "payment" if trip.is_enrolled else "application"
            return HttpResponseRedirect(step_address(trip, name))
        return view(request, seat, trip, now, **more)

    return guarded
