"""Passkeys in a real browser with an authenticator of its own, from the invitation to log-in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.directory.models import Organisation
from tests.web.accessibility import find_violations

# Playwright runs an event loop in this thread, in which Django refuses its database: while the
# tables are made and emptied, too, so a fixture would come too late.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def invited() -> tuple[User, str]:
    """A student who has the mail of invitation, and the password in it."""
    university = Organisation.objects.create(
        kind="university", code="kitakami", name_ja="北上大学", name_en="Kitakami University"
    )
    return open_account(
        "kitakami:S2600123",
        "s@example.ac.jp",
        Role.STUDENT,
        university,
        SYSTEM,
        datetime(2026, 5, 20, tzinfo=UTC),
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose browser has a fingerprint reader that always agrees."""
    context = browser.new_context(locale="en", extra_http_headers={"Accept-Language": "en"})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()


@pytest.fixture
def named_site(live_server: LiveServer) -> Iterator[str]:
    """The site under a name: browsers give no passkey to an address in figures."""
    with override_settings(ALLOWED_HOSTS=["*"]):
        yield live_server.url.replace("127.0.0.1", "localhost")


def test_a_student_takes_a_passkey_and_comes_back_with_it(
    page: Page, named_site: str, invited: tuple[User, str]
) -> None:
    user, password = invited
    said: list[Any] = []
    page.on("console", lambda line: said.append(line.text))
    page.goto(f"{named_site}/accounts/enter/kitakami/")
    page.get_by_label("Student number").fill("s2600123")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/accounts/secret/")
    assert find_violations(page) == []
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/webauthn/add/")
    assert find_violations(page) == []
    page.get_by_label("Name of this passkey").fill("My phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    user.refresh_from_db()
    assert not user.has_usable_password() and not user.must_choose_secret

    page.goto(f"{named_site}/accounts/")
    expect(page.get_by_text("My phone").first).to_be_visible()
    page.locator(".reader").get_by_role("button", name="Log out").click()
    page.goto(f"{named_site}/accounts/enter/kitakami/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/my/")
    assert [line for line in said if "404" not in line] == []


def test_without_its_passkey_the_page_says_what_happened(
    page: Page, named_site: str, invited: tuple[User, str]
) -> None:
    page.goto(f"{named_site}/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()
