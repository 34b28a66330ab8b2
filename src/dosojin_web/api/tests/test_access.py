"""Sessions, tokens and roles. The operation that is guarded here is made for this test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from ninja import NinjaAPI
from pytest_django import Settings

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.roles import Role
from dosojin_web.api.access import roles
from dosojin_web.api.models import ApiToken
from dosojin_web.api.operations.create_token import create_token
from dosojin_web.api.operations.revoke_token import revoke_token
from dosojin_web.api.operations.use_token import use_token
from dosojin_web.api.problems import Refused, refuse

from .conftest import NOW, Appoint

guarded = NinjaAPI(urls_namespace="guarded", docs_url=None, openapi_url=None)
guarded.add_exception_handler(Refused, refuse)


@guarded.get("/seat", **roles(Role.AGENCY, Role.AUDITOR))
def seat(request: Any) -> dict[str, str]:
    return {"role": request.auth.role.value}


@guarded.post("/seat", **roles(Role.AGENCY))
def change(request: Any) -> dict[str, str]:
    return {"role": request.auth.role.value}


class Guarded:
    """The site's addresses, and the guarded one."""

    urlpatterns = [path("guarded/", guarded.urls)]


@pytest.fixture(autouse=True)
def with_the_guarded_address(settings: Settings) -> None:
    settings.ROOT_URLCONF = Guarded


def call(client: Client, secret: str) -> HttpResponse:
    return client.get("/guarded/seat", headers={"Authorization": f"Bearer {secret}"})


def code(response: HttpResponse) -> str:
    return str(response.json()["problems"][0]["code"])


@pytest.mark.django_db
def test_without_a_log_in(client: Client) -> None:
    response = client.get("/guarded/seat")
    assert (response.status_code, code(response)) == (401, "access.unknown")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_in_the_role(client: Client, appoint: Appoint) -> None:
    client.force_login(appoint(Role.AGENCY).user)
    assert client.get("/guarded/seat").json() == {"role": "agency"}


@pytest.mark.parametrize("role", [Role.STUDENT, Role.UNIVERSITY, Role.POLICYHOLDER, Role.INSURER])
def test_a_session_in_another_role(client: Client, appoint: Appoint, role: Role) -> None:
    kinds = {Role.STUDENT: Role.UNIVERSITY}
    held = appoint(kinds.get(role, role))
    held.role = role
    held.save()
    client.force_login(held.user)
    response = client.get("/guarded/seat")
    assert (response.status_code, code(response)) == (403, "access.role")


def test_an_appointment_that_ended(client: Client, appoint: Appoint) -> None:
    held = appoint(Role.AGENCY)
    client.force_login(held.user)
    held.ended_at = NOW
    held.save()
    assert client.get("/guarded/seat").status_code == 403


def test_the_password_of_the_invitation_is_not_enough(client: Client, appoint: Appoint) -> None:
    user = appoint(Role.AGENCY).user
    user.must_choose_secret = True
    user.save()
    client.force_login(user)
    assert client.get("/guarded/seat").status_code == 401


def test_a_session_that_changes_needs_the_csrf_token(appoint: Appoint) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(appoint(Role.AGENCY).user)
    response = client.post("/guarded/seat")
    assert (response.status_code, code(response)) == (403, "access.csrf")


def test_a_token_needs_no_csrf_token(appoint: Appoint) -> None:
    _, secret = create_token(appoint(Role.AGENCY), "robot", SYSTEM, NOW)
    client = Client(enforce_csrf_checks=True)
    response = client.post("/guarded/seat", headers={"Authorization": f"Bearer {secret}"})
    assert response.json() == {"role": "agency"}


def test_a_token_of_another_role(client: Client, appoint: Appoint) -> None:
    _, secret = create_token(appoint(Role.INSURER), "robot", SYSTEM, NOW)
    response = call(client, secret)
    assert (response.status_code, code(response)) == (403, "access.role")


@pytest.mark.parametrize("given", ["", "dosojin_guessed", "x" * 5000, "\N{SNOWMAN}"])
@pytest.mark.django_db
def test_a_guessed_token(client: Client, given: str) -> None:
    response = call(client, given)
    assert (response.status_code, code(response)) == (401, "access.token")


def test_a_bad_token_is_not_saved_by_a_session(client: Client, appoint: Appoint) -> None:
    client.force_login(appoint(Role.AGENCY).user)
    assert call(client, "dosojin_guessed").status_code == 401


def test_a_secret_is_kept_nowhere_and_shown_once(appoint: Appoint) -> None:
    held = appoint(Role.AGENCY)
    token, secret = create_token(held, "robot", SYSTEM, NOW)
    assert secret.startswith("dosojin_") and secret not in str(vars(token))
    assert create_token(held, "robot", SYSTEM, NOW) == (token, "")
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("ending", ["revoked", "appointment", "user"])
def test_when_a_token_stops(appoint: Appoint, ending: str) -> None:
    held = appoint(Role.AGENCY)
    token, secret = create_token(held, "robot", SYSTEM, NOW)
    found = use_token(secret, NOW)
    assert found is not None and found.role is Role.AGENCY and found.user == held.user
    if ending == "revoked":
        revoked = revoke_token(token, SYSTEM, NOW)
        assert revoke_token(token, SYSTEM, NOW + timedelta(days=1)).revoked_at == revoked.revoked_at
    elif ending == "appointment":
        held.ended_at = NOW
        held.save()
    else:
        held.user.is_active = False
        held.user.save()
    assert use_token(secret, NOW) is None


def test_a_revoked_name_can_be_used_again(appoint: Appoint) -> None:
    held = appoint(Role.AGENCY)
    token, old = create_token(held, "robot", SYSTEM, NOW)
    revoke_token(token, SYSTEM, NOW)
    _, new = create_token(held, "robot", SYSTEM, NOW)
    assert new and new != old and use_token(old, NOW) is None


def test_when_it_was_used_is_noted_now_and_then(
    appoint: Appoint, django_assert_num_queries: Callable[[int], Any]
) -> None:
    token, secret = create_token(appoint(Role.AGENCY), "robot", SYSTEM, NOW)
    use_token(secret, NOW)
    with django_assert_num_queries(1):
        use_token(secret, NOW + timedelta(minutes=9))
    token.refresh_from_db()
    assert token.last_used_at == NOW
    use_token(secret, NOW + timedelta(minutes=11))
    token.refresh_from_db()
    assert token.last_used_at == NOW + timedelta(minutes=11)


def test_no_token_for_an_appointment_that_ended(appoint: Appoint) -> None:
    held = appoint(Role.AGENCY)
    held.ended_at = NOW
    held.save()
    with pytest.raises(ValueError, match="has ended"):
        create_token(held, "robot", SYSTEM, NOW)


def test_roles_must_be_named() -> None:
    with pytest.raises(ValueError, match="name the roles"):
        roles()
