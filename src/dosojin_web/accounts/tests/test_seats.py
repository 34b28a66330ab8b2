"""Who may open the page of a portal."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.appoint_user import appoint_user
from dosojin_web.accounts.operations.end_appointment import end_appointment
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import SESSION_KEY, Seat, find_seat, find_seats, seated
from dosojin_web.directory.models import Organisation


@seated(Role.UNIVERSITY)
def page(request: HttpRequest, seat: Seat, number: int = 0) -> HttpResponse:
    return HttpResponse(f"{seat.name} {number}")


def ask(user: User | AnonymousUser, session: dict[str, int] | None = None) -> HttpResponse:
    request = RequestFactory().get("/university/?q=1")
    request.user = user
    request.session = session or {}  # type: ignore[assignment]
    request.csp_nonce = ""  # type: ignore[attr-defined]
    with override("en"):
        return page(request, number=7)


def test_a_stranger_is_sent_to_log_in() -> None:
    answer = ask(AnonymousUser())
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/university/%3Fq%3D1"


def test_who_holds_the_seat_comes_in(clerk: User) -> None:
    answer = ask(clerk)
    assert answer.content.decode() == "Kitakami University 7"


def test_who_holds_another_seat_is_told_so(invited: tuple[User, str]) -> None:
    answer = ask(invited[0])
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "It is for: University office." in text and "Student · Kitakami University" in text
    assert "Log in as someone else" in text


def test_the_seat_of_the_invitation_chooses_a_secret_first(
    clerk: User,
) -> None:
    clerk.must_choose_secret = True
    answer = ask(clerk)
    assert answer["Location"] == "/accounts/secret/?next=%2Funiversity%2F%3Fq%3D1"


def test_an_ended_appointment_is_no_seat(clerk: User, now: datetime) -> None:
    end_appointment(clerk.appointments.get(), SYSTEM, now)
    assert find_seats(clerk) == []
    answer = ask(clerk)
    assert answer.status_code == 403 and "no seat at present" in answer.content.decode()


def test_who_is_not_active_has_no_seat(clerk: User) -> None:
    clerk.is_active = False
    assert find_seats(clerk) == []


def test_of_two_offices_the_chosen_one_counts(clerk: User, now: datetime) -> None:
    other = Organisation.objects.create(
        kind="university", code="other", name_ja="他", name_en="Other University"
    )
    held = appoint_user(clerk, Role.UNIVERSITY, other, SYSTEM, now)
    assert ask(clerk).content.decode() == "Kitakami University 7"
    assert ask(clerk, {SESSION_KEY: held.pk}).content.decode() == "Other University 7"


def test_another_person_s_appointment_opens_nothing(clerk: User, invited: tuple[User, str]) -> None:
    stolen = clerk.appointments.get().pk
    assert find_seat(invited[0], Role.UNIVERSITY, stolen) is None


@pytest.mark.parametrize(("role", "address"), [(Role.STUDENT, "/my/"), (Role.AUDITOR, "/auditor/")])
def test_a_seat_knows_its_portal_and_its_actor(
    university: Organisation, role: Role, address: str
) -> None:
    seat = Seat(User(pk=5), role, university if role is Role.STUDENT else None)
    assert seat.address == address
    assert seat.actor.who == "user:5"
    assert seat.actor.label == ("student kitakami" if role is Role.STUDENT else "auditor")
