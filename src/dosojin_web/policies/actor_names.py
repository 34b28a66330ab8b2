"""Who stands behind ``user:12``, in words for a reader."""

from collections.abc import Iterable, Mapping

from django.db.models import F
from django.utils.translation import gettext

from dosojin_web.accounts.models import Appointment
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat

USER = "user:"


def name_actors(whos: Iterable[str], with_log_in: bool = False) -> Mapping[str, str]:
    """For each ``Actor.who`` the role and the organisation it acts for; one query for all.

    No person is named but, with ``with_log_in``, staff by what they log in with: a checker has to
    tell two people of one office apart. A student is a student.
    """
    asked = set(whos)
    users = {who: int(number) for who in asked if (number := _user_number(who))}
    running_first = F("ended_at").asc(nulls_first=True)
    held = Appointment.objects.filter(user__in=users.values()).order_by(running_first, "began_at")
    seats: dict[int, Seat] = {}
    for one in held.select_related("user", "organisation"):
        seats.setdefault(one.user_id, Seat(one.user, Role(one.role), one.organisation, one.pk))
    return {who: _name(who, seats.get(users.get(who, 0)), with_log_in) for who in asked}


def _user_number(who: str) -> str:
    number = who.removeprefix(USER)
    return number if who.startswith(USER) and number.isdecimal() else ""


def _name(who: str, seat: Seat | None, with_log_in: bool) -> str:
    if seat is None:
        return gettext("Automatic processing") if who == "system" else who
    if seat.role is Role.STUDENT:
        return str(seat.role.label)
    return f"{seat.name} ({seat.user.username})" if with_log_in else seat.name
