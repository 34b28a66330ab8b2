"""A student abroad: proof of cover, an extension asked for and taken back, an earlier return, a
delay; every page open to everyone and within the screen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.accessibility import find_violations, listen, open_context, pixels_too_wide
from tests.web.conftest import DemoSite

pytestmark = pytest.mark.browser


def check_page(page: Page, language: str) -> None:
    """Open to everyone, in the right language, within the screen."""
    assert page.locator("html").get_attribute("lang") == language
    assert find_violations(page) == [], page.url
    assert pixels_too_wide(page) <= 0, page.url


def open_certificate(page: Page, site: DemoSite, persona: str) -> str:
    """Log in and go to the certificate; its address."""
    site.enter(page, persona)
    page.locator("a[href*='/my/certificates/']").first.click()
    page.wait_for_url("**/my/certificates/*/")
    return page.url


def last_day_of(page: Page) -> date:
    """The last day of cover, as the certificate's page says it."""
    said = page.locator(".cover-hours time").last.get_attribute("datetime")
    assert said is not None
    return date.fromisoformat(said)


@pytest.mark.parametrize(
    ("persona", "width", "language"),
    [("student-abroad-7", 390, "ja"), ("student-abroad-8", 1280, "en")],
)
def test_a_student_abroad(
    browser: Browser, demo_site: DemoSite, persona: str, width: int, language: str
) -> None:
    look = partial(check_page, language=language)
    with open_context(browser, width, language, "light") as context:
        page = context.new_page()
        faults = listen(page)
        home = open_certificate(page, demo_site, persona)
        look(page)
        expect(page.locator(".help-card a[href^='tel:']").first).to_be_in_viewport()
        last_day = last_day_of(page)
        prove_cover(page, home, look)
        ask_to_stay_longer(page, home, last_day + timedelta(days=20), look)
        take_back(page, look)
        ask_to_come_home(page, home, last_day - timedelta(days=2), look)
        page.goto(demo_site.url + "/my/")
        expect(page.locator(".student-help a[href^='tel:']").first).to_be_visible()
        expect(page.locator(".student-trip .callout")).to_be_visible()
        look(page)
        page.goto(home)
        take_back(page, look)  # Nothing is left behind for whoever looks at the requests later.
        page.goto(home + "late-return/")
        expect(page.locator("main")).to_contain_text("72")
        look(page)
        object_once(page, look)
        # The browser notes each form that came back with what is wrong (422).
        assert [said for said in faults if "422" not in said] == []


def prove_cover(page: Page, home: str, look: partial[None]) -> None:
    """A letter in English, made and fetched."""
    page.locator("a[href$='/english/']").click()
    look(page)
    page.fill("#addressee", "Uppsala City Office")
    page.locator("main form .buttons button").click()
    link = page.locator(".paper-list a").first
    expect(link).to_have_text("Uppsala City Office")
    look(page)
    with page.expect_download() as fetched:
        link.click()
    assert fetched.value.suggested_filename.endswith(".pdf")
    page.goto(home)


def ask_to_stay_longer(page: Page, home: str, day: date, look: partial[None]) -> None:
    """Explained, quoted, refused without a proxy, looked over, sent."""
    page.locator("a[href$='/extension/']").click()
    look(page)
    page.fill("#new_end", day.isoformat())
    page.locator("form[method=get] .buttons button").click()
    expect(page.locator(".table tfoot")).to_be_visible()
    look(page)
    send = page.locator("main form[method=post] .buttons button").first
    send.click()
    expect(page.locator("#error-summary")).to_be_visible()
    look(page)
    page.fill("#proxy_name", "佐藤一郎")
    page.fill("#proxy_relation", "father")
    page.fill("#proxy_phone", "+81 3-1111-2222")
    page.locator("main form[method=post] .buttons button").first.click()
    expect(page.locator("button[value=send]")).to_be_visible()
    look(page)
    page.locator("button[value=send]").click()
    page.wait_for_url(home)
    expect(page.locator("#request-title")).to_be_visible()
    look(page)


def ask_to_come_home(page: Page, home: str, day: date, look: partial[None]) -> None:
    """What is given back is shown before it is asked for."""
    page.locator("a[href$='/early-end/']").click()
    look(page)
    page.locator("main form .buttons button").click()
    expect(page.locator("#error-summary")).to_be_visible()
    look(page)
    page.locator("#way").check()
    page.fill("#last_day", day.isoformat())
    page.locator("main form .buttons button").click()
    expect(page.locator(".table tfoot")).to_be_visible()
    look(page)
    page.locator("main form[method=post] .buttons button").click()
    page.wait_for_url(home)
    expect(page.locator("#request-title")).to_be_visible()
    look(page)


def take_back(page: Page, look: partial[None]) -> None:
    """The request that is open is withdrawn."""
    page.locator("form[action*='take-back'] button").click()
    expect(page.locator("form[action*='take-back']")).to_have_count(0)
    look(page)


def object_once(page: Page, look: partial[None]) -> None:
    """By the tab of every page. An objection is one press, and can be undone."""
    page.locator(".portal-tab[href='/my/privacy/']").click()
    page.wait_for_url("**/my/privacy/")
    look(page)
    section = page.locator("main section", has=page.locator("button[value=object]")).first
    purpose = section.get_attribute("id")
    assert purpose is not None and re.fullmatch(r"[a-z-]+", purpose)
    section.locator("button[value=object]").click()
    expect(page.locator(f"#{purpose} button[value=agree]")).to_be_visible()
    look(page)
