"""The seat that a person takes: a user, a role, and the organisation it is held at.

A view of a portal stands behind ``@seated(Role.X)``. Whoever is not logged in is sent to the
log-in; whoever has no running appointment in that role reads a 403 page; whoever still has the
password of the invitation chooses an own one first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.http import urlencode

from dosojin_web.directory.models import Organisation

from .actors import Actor
from .models import Appointment, User
from .roles import Role

View = Callable[..., HttpResponse]

SESSION_KEY = "seat"
"""Holds the id of the appointment that was chosen last, for whoever has several."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A user in a role, at an organisation; an auditor is at none."""

    user: User
    role: Role
    organisation: Organisation | None
    appointment_id: int = 0

    @property
    def actor(self) -> Actor:
        """Who acts from this seat. The label names the role and the organisation, no person."""
        at = f" {self.organisation.code}" if self.organisation else ""
        return Actor(self.user.pk, self.role.value, f"{self.role.value}{at}")

    @property
    def name(self) -> str:
        """The role and the organisation, in the reader's language."""
        if self.organisation is None:
            return str(self.role.label)
        if self.role.value == self.organisation.kind:
            return self.organisation.name
        return f"{self.role.label} · {self.organisation.name}"

    @property
    def address(self) -> str:
        """The path of the portal."""
        folder = "my" if self.role is Role.STUDENT else self.role.value
        return f"{get_script_prefix()}{folder}/"


def find_seats(user: User) -> list[Seat]:
    """All running appointments of a user, oldest first; none of a user who is not active."""
    if not user.is_active:
        return []
    running = Appointment.objects.filter(user=user, ended_at=None).select_related("organisation")
    return [
        Seat(user, Role(held.role), held.organisation, held.pk)
        for held in running.order_by("began_at", "pk")
    ]


def find_seat(user: User, role: Role, preferred: int | None = None) -> Seat | None:
    """The user's seat in a role: the appointment with the id ``preferred``, else the oldest."""
    held = [seat for seat in find_seats(user) if seat.role is role]
    chosen = [seat for seat in held if seat.appointment_id == preferred]
    return next(iter([*chosen, *held]), None)


def refuse_seat(request: HttpRequest, role: Role) -> HttpResponse:
    """403: says whom the page is for, who the reader is, and what to do."""
    assert isinstance(request.user, User)
    context = {"role": role, "held": find_seats(request.user), "next": request.get_full_path()}
    return render(request, "accounts/not_your_seat.html", context, status=403)


def seated(role: Role) -> Callable[[View], View]:
    """The view of a portal is called with the reader's seat in ``role`` as second argument."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not isinstance(user, User):
                # Students know their university and their number, no user name.
                entrance = "accounts:universities" if role is Role.STUDENT else None
                return redirect_to_login(request.get_full_path(), entrance)
            seat = find_seat(user, role, request.session.get(SESSION_KEY))
            if seat is None:
                return refuse_seat(request, role)
            if user.must_choose_secret:
                here = urlencode({"next": request.get_full_path()})
                return redirect(f"{reverse('accounts:choose_secret')}?{here}")
            request.seat = seat  # type: ignore[attr-defined]
            return view(request, seat, *args, **kwargs)

        return guarded

    return decorate
