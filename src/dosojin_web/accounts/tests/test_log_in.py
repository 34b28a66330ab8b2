"""Coming in: by user name, by student number, with a second step; and what is refused."""

from __future__ import annotations

from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.appoint_user import appoint_user
from dosojin_web.accounts.operations.end_appointment import end_appointment
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.sealing import seal
from dosojin_web.audit.models import Event
from dosojin_web.directory.models import Organisation

from .conftest import PASSWORD

STAFF = "/accounts/login/"
STUDENT = "/accounts/enter/kitakami/"


def log_in(client: Client, address: str, login: str, password: str, **more: str):  # type: ignore[no-untyped-def]
    return client.post(
        address,
        {"login": login, "password": password, **more},
        headers={"Accept-Language": "en"},
    )


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_only_seat_s_portal_opens(client: Client, clerk: User) -> None:
    answer = log_in(client, STAFF, "clerk", PASSWORD)
    assert answer.url == "/accounts/arrive/"
    assert client.get(answer.url).url == "/university/"
    assert Event.objects.filter(act="account.logged_in", about=f"user:{clerk.pk}").exists()


def test_the_page_that_was_asked_for_opens(client: Client, clerk: User) -> None:
    answer = log_in(client, STAFF, "clerk", PASSWORD, next="/university/?q=1")
    assert answer.url == "/university/?q=1"


def test_no_page_of_others_opens(client: Client, clerk: User) -> None:
    answer = log_in(client, STAFF, "clerk", PASSWORD, next="https://example.com/")
    assert answer.url == "/accounts/arrive/"


def test_of_several_seats_one_is_chosen(
    client: Client, clerk: User, agency: Organisation, now: datetime
) -> None:
    held = appoint_user(clerk, Role.AGENCY, agency, SYSTEM, now)
    log_in(client, STAFF, "clerk", PASSWORD)
    assert client.get("/accounts/arrive/").url == "/accounts/seats/"
    page = client.get("/accounts/seats/", headers={"Accept-Language": "en"}).text
    assert "Kitakami University" in page and "Morioka Agency" in page
    assert client.post("/accounts/seats/", {"seat": held.pk}).url == "/agency/"
    assert client.post("/accounts/seats/", {"seat": "0"}).status_code == 404


def test_without_a_seat_a_page_says_so(client: Client, clerk: User, now: datetime) -> None:
    end_appointment(clerk.appointments.get(), SYSTEM, now)
    log_in(client, STAFF, "clerk", PASSWORD)
    assert client.get("/accounts/arrive/").url == "/accounts/seats/"
    page = client.get("/accounts/seats/", headers={"Accept-Language": "en"}).text
    assert "You have no seat here at present" in page


@pytest.mark.parametrize("typed", ["S2600123", "ｓ2600123", "s 2600123"])
def test_a_student_comes_in_by_number(
    client: Client, invited: tuple[User, str], typed: str
) -> None:
    answer = log_in(client, STUDENT, typed, invited[1])
    assert answer.status_code == 302 and is_in(client)
    assert client.get(answer.url).url == "/accounts/secret/"


def test_a_number_counts_at_its_own_university_only(
    client: Client, invited: tuple[User, str]
) -> None:
    Organisation.objects.create(kind="university", code="other", name_ja="他", name_en="Other")
    assert log_in(client, "/accounts/enter/other/", "S2600123", invited[1]).status_code == 422
    assert not is_in(client)


def test_a_university_that_does_not_exist_is_404(client: Client, agency: Organisation) -> None:
    assert client.get("/accounts/enter/nowhere/").status_code == 404
    assert client.get(f"/accounts/enter/{agency.code}/").status_code == 404


def test_wrong_number_and_wrong_password_are_told_alike(
    client: Client, invited: tuple[User, str]
) -> None:
    number = log_in(client, STUDENT, "S999", invited[1])
    password = log_in(client, STUDENT, "S2600123", "guessed")
    assert number.status_code == password.status_code == 422
    said = "User name or student number and password do not match."
    assert said in number.text and said in password.text
    assert not is_in(client)


def test_nothing_typed_is_told_beside_each_field(client: Client, db: None) -> None:
    page = log_in(client, STAFF, "", "")
    assert page.status_code == 422
    assert '<a href="#login">Enter your user name or student number.</a>' in page.text
    assert '<a href="#password">Enter your password.</a>' in page.text
    assert 'id="password-error"' in page.text


def test_a_password_is_never_shown_again(client: Client, clerk: User) -> None:
    assert "guessed-word" not in log_in(client, STAFF, "clerk", "guessed-word").text


def test_guessing_is_stopped(client: Client, clerk: User) -> None:
    for _ in range(5):
        assert log_in(client, STAFF, "clerk", "guessed").status_code == 422
    stopped = log_in(client, STAFF, "clerk", PASSWORD)
    assert stopped.status_code == 422 and "Too many attempts." in stopped.text
    assert not is_in(client)


def test_guessing_from_one_place_is_stopped(client: Client, clerk: User) -> None:
    answers = [log_in(client, STAFF, f"name{n}", "guessed") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].text


def test_an_inactive_user_stays_outside(client: Client, clerk: User) -> None:
    clerk.is_active = False
    clerk.save()
    log_in(client, STAFF, "clerk", PASSWORD)
    assert not is_in(client)


def test_a_second_step_is_asked_for(client: Client, clerk: User) -> None:
    Authenticator.objects.create(
        user=clerk, type=Authenticator.Type.TOTP, data={"secret": seal("JBSWY3DPEHPK3PXP")}
    )
    codes = RecoveryCodes.activate(clerk).get_unused_codes()
    answer = log_in(client, STAFF, "clerk", PASSWORD)
    assert answer.url == "/accounts/2fa/authenticate/" and not is_in(client)
    page = client.get(answer.url, headers={"Accept-Language": "en"})
    assert "Second step" in page.text
    wrong = client.post(answer.url, {"code": codes[0]})
    assert wrong.status_code == 302 and is_in(client)


def test_log_out_asks_first_and_then_says_so(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get("/accounts/logout/").status_code == 200
    answer = client.post("/accounts/logout/")
    assert answer.url == "/accounts/left/" and not is_in(client)


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/login/code/",
        "/accounts/login/code/confirm/",
        "/accounts/social/signup/",
        "/accounts/3rdparty/",
        "/accounts/phone/change/",
        "/accounts/sessions/",
        "/accounts/2fa/trust/",
        "/accounts/2fa/webauthn/signup/",
    ],
)
def test_what_is_not_offered_is_not_there(client: Client, clerk: User, address: str) -> None:
    assert client.get(address).status_code == 404
    client.force_login(clerk)
    assert client.get(address).status_code == 404


def test_a_session_lasts_half_a_day_and_its_cookie_is_ours_only(
    client: Client, clerk: User
) -> None:
    cookie = log_in(client, STAFF, "clerk", PASSWORD).cookies["sessionid"]
    assert cookie["max-age"] == 12 * 60 * 60
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
