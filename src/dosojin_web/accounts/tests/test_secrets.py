"""Passwords and codes: chosen, changed, reset; and that the holder is told."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from dosojin_web.accounts.hashers import InitialPasswordHasher
from dosojin_web.accounts.models import User
from dosojin_web.accounts.sealing import seal, unseal
from dosojin_web.audit.models import Event

from .conftest import PASSWORD

NEW = "many small blue boats"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The letters that were queued."""
    letters: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "dosojin_web.accounts.adapters.queue_mail", lambda **letter: letters.append(letter)
    )
    return letters


def log_in(client: Client, password: str = PASSWORD) -> None:
    client.post("/accounts/login/", {"login": "clerk", "password": password})


def test_the_first_log_in_leads_to_an_own_password(
    client: Client, invited: tuple[User, str]
) -> None:
    user, first = invited
    client.post("/accounts/enter/kitakami/", {"login": "S2600123", "password": first})
    page = client.get("/accounts/secret/?next=/my/", headers=ENGLISH)
    assert "Make the account your own" in page.text
    answer = client.post("/accounts/secret/", {"password1": NEW, "password2": NEW, "next": "/my/"})
    assert answer.url == "/my/"
    user.refresh_from_db()
    assert user.check_password(NEW) and not user.must_choose_secret
    assert client.get("/accounts/").status_code == 200, "the session goes on"
    assert client.get("/accounts/secret/").url == "/accounts/arrive/", "only once"
    assert Event.objects.filter(act="account.secret_chosen").count() == 1


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("", "", "Enter a new password."),
        (NEW, "other", "The two passwords differ."),
        ("short", "short", "at least 10"),
        ("password123", "password123", "easy to guess"),
    ],
)
def test_a_poor_password_is_refused(
    client: Client, invited: tuple[User, str], first: str, second: str, said: str
) -> None:
    client.force_login(invited[0])
    page = client.post(
        "/accounts/secret/", {"password1": first, "password2": second}, headers=ENGLISH
    )
    assert page.status_code == 422 and said in page.text
    assert first == "" or f'value="{first}"' not in page.text


def test_the_password_is_changed_by_the_one_before(
    client: Client, clerk: User, sent: list[dict[str, Any]]
) -> None:
    other = Client()
    log_in(client)
    log_in(other)
    wrong = client.post(
        "/accounts/password/change/",
        {"oldpassword": "no", "password1": NEW, "password2": NEW},
        headers=ENGLISH,
    )
    assert wrong.status_code == 422 and "This is not your present password." in wrong.text
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        headers=ENGLISH,
    )
    assert answer.url == "/accounts/#secrets"
    assert "Your password has been changed." in client.get("/accounts/", headers=ENGLISH).text
    assert other.get("/accounts/").status_code == 302, "logged out elsewhere"
    assert [letter["template"] for letter in sent] == ["accounts/mail/password_changed"]


def test_a_forgotten_password_is_replaced_by_mail(
    client: Client, clerk: User, sent: list[dict[str, Any]]
) -> None:
    answer = client.post("/accounts/password/reset/", {"email": clerk.email}, headers=ENGLISH)
    assert answer.url == "/accounts/password/reset/done/"
    (letter,) = sent
    assert (letter["to"], letter["language"]) == (clerk.email, "en")
    assert letter["context"]["log_in_name"] == "clerk"
    link = re.sub(r"^http://testserver", "", letter["context"]["address"])
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    done = client.post(address, {"password1": NEW, "password2": NEW})
    assert done.url == "/accounts/password/reset/key/done/"
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    used = Client().get(link, headers=ENGLISH)
    assert "This link no longer works" in used.text


def test_a_reset_tells_nobody_whether_an_address_is_known(
    client: Client, clerk: User, sent: list[dict[str, Any]]
) -> None:
    answer = client.post("/accounts/password/reset/", {"email": "stranger@example.com"})
    assert answer.url == "/accounts/password/reset/done/" and sent == []
    wrong = client.post("/accounts/password/reset/", {"email": "no address"}, headers=ENGLISH)
    assert wrong.status_code == 422 and "Enter an e-mail address such as" in wrong.text


def test_an_app_is_added_after_the_password_once_more(
    client: Client,
    clerk: User,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    client.force_login(clerk)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.url.startswith("/accounts/reauthenticate/")
    wrong = client.post(asked.url, {"password": "no"}, headers=ENGLISH)
    assert wrong.status_code == 422 and "This is not your password." in wrong.text
    client.post(asked.url, {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/", headers=ENGLISH)
    assert "<svg" in page.text and "data:" not in page.text
    secret = client.session["mfa.totp.secret"]
    refused = client.post("/accounts/2fa/totp/activate/", {"code": "000000"}, headers=ENGLISH)
    assert refused.status_code == 422 and "This code is not valid now." in refused.text
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert done.url == "/accounts/2fa/recovery-codes/"
    codes = client.get(done.url, headers=ENGLISH).text
    assert codes.count("<li><code>") == 10
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data) and unseal(kept.data["secret"]) == secret
    assert "accounts/mail/totp_activated" in [letter["template"] for letter in sent]
    assert client.get("/accounts/2fa/").url == "/accounts/#secrets"


def test_other_sessions_end_when_asked(client: Client, clerk: User) -> None:
    elsewhere = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/604"})
    log_in(elsewhere)
    log_in(client)
    page = client.get("/accounts/", headers=ENGLISH).text
    assert "Safari · iPhone" in page and "Log out everywhere else" in page
    client.post("/accounts/sessions/end/")
    assert client.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302


def test_the_account_shows_only_its_own(client: Client, clerk: User, invited: Any) -> None:
    client.force_login(clerk)
    theirs = Authenticator.objects.create(
        user=invited[0], type=Authenticator.Type.WEBAUTHN, data={"name": "theirs"}
    )
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for what in ("edit", "remove"):
        assert client.get(f"/accounts/2fa/webauthn/keys/{theirs.pk}/{what}/").status_code == 404
    assert "S2600123" not in client.get("/accounts/").text


def test_a_wrong_first_password_takes_as_long_as_any(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = InitialPasswordHasher()
    encoded = hasher.encode("right", "salt")
    rounds: list[str] = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.PBKDF2PasswordHasher.encode",
        lambda self, *_: rounds.append(type(self).__name__) or "no$1$salt$no",
    )
    assert not hasher.verify("wrong", encoded)
    assert "PBKDF2PasswordHasher" in rounds


def test_what_is_sealed_cannot_be_read() -> None:
    assert "secret" not in seal("secret") and unseal(seal("secret")) == "secret"
