"""Every page of log-in, in both languages: its language named, its words in it, nothing unsafe."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from dosojin_web.accounts.allauth_urls import urlpatterns as allauth_patterns
from dosojin_web.accounts.models import User
from dosojin_web.accounts.sealing import seal
from dosojin_web.accounts.urls import urlpatterns as own_patterns

from .conftest import PASSWORD

OPEN = [
    "/accounts/login/",
    "/accounts/enter/",
    "/accounts/enter/kitakami/",
    "/accounts/left/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/1-no/",
]
INSIDE = [
    "/accounts/",
    "/accounts/seats/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/password/change/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/keys/KEY/edit/",
    "/accounts/2fa/webauthn/keys/KEY/remove/",
]
each_language = pytest.mark.parametrize("language", ["ja", "en"])


def check(text: str, language: str) -> None:
    assert f'<html lang="{language}"' in text
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    assert main is not None
    words = re.sub(r"<(script|svg|code).*?</\1>|<[^>]+>", " ", main.group(), flags=re.DOTALL)
    japanese = len(re.findall(r"[ぁ-んァ-ヶ一-龠]", words))
    latin = len(re.findall(r"[A-Za-z]{3,}", words))
    assert (japanese > latin) == (language == "ja"), words
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|data:", main.group())
    assert re.search(r"<h1[ >]", main.group())
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))


@each_language
@pytest.mark.parametrize("address", OPEN)
def test_outside(client: Client, clerk: User, address: str, language: str) -> None:
    page = client.get(address, headers={"Accept-Language": language})
    assert page.status_code == 200
    check(page.text, language)


@each_language
@pytest.mark.parametrize("address", INSIDE)
def test_inside(client: Client, clerk: User, address: str, language: str) -> None:
    client.force_login(clerk)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    Authenticator.objects.create(user=clerk, type="totp", data={"secret": seal("unused")})
    RecoveryCodes.activate(clerk)
    if "KEY" in address:
        key = Authenticator.objects.create(user=clerk, type="webauthn", data={"name": "電話 Phone"})
        address = address.replace("KEY", str(key.pk))
    page = client.get(address, headers={"Accept-Language": language})
    assert page.status_code == 200
    check(page.text, language)


@each_language
def test_the_choice_of_a_secret(client: Client, invited: tuple[User, str], language: str) -> None:
    client.force_login(invited[0])
    check(client.get("/accounts/secret/", headers={"Accept-Language": language}).text, language)


@pytest.mark.parametrize("address", [page for page in INSIDE if "KEY" not in page])
def test_a_stranger_is_sent_to_log_in(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/l")


def test_no_page_is_forgotten() -> None:
    checked = len(OPEN) + len(INSIDE)
    others = {
        "accounts:choose_secret", "arrive", "leave_elsewhere", "choose_secret", "mfa_index",
        "mfa_list_webauthn", "mfa_login_webauthn", "mfa_activate_totp", "mfa_authenticate",
        "mfa_download_recovery_codes", "account_set_password",
        "mfa_reauthenticate_webauthn",
    }  # fmt: skip
    named = {pattern.name for pattern in [*own_patterns, *allauth_patterns]}
    assert len(named - others) == checked
