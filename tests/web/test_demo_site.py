"""The demonstration as a visitor meets it: the front page, each door, the mails."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from dosojin_web.demo.personas import Group, shown_personas
from tests.web.accessibility import find_violations, listen, open_context, pixels_too_wide
from tests.web.conftest import DemoSite

pytestmark = pytest.mark.browser
SHOWN = [persona for group in Group for persona in shown_personas(group)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_front_page_is_for_everybody(
    browser: Browser, demo_site: DemoSite, width: int, language: str, scheme: str
) -> None:
    context = open_context(browser, width, language, scheme)
    page = context.new_page()
    faults = listen(page)
    page.goto(demo_site.url + "/demo/")
    assert page.locator(".front-door").count() == len(SHOWN)
    assert find_violations(page) == []
    assert pixels_too_wide(page) <= 0
    assert faults == []
    context.close()


@pytest.mark.parametrize("persona", SHOWN, ids=lambda persona: persona.key)
def test_a_click_opens_the_door(browser: Browser, demo_site: DemoSite, persona) -> None:  # type: ignore[no-untyped-def]
    context = open_context(browser, 1280, "en", "light")
    page = context.new_page()
    page.goto(demo_site.url + "/demo/")
    page.locator(f"button[value={persona.key}]").click()
    page.wait_for_url(re.compile(r"/(my|university|policyholder|agency|insurer|auditor)/"))
    context.close()


def test_every_spare_persona_can_be_entered(browser: Browser, demo_site: DemoSite) -> None:
    context = open_context(browser, 1280, "ja", "light")
    page = context.new_page()
    for key in ("student-new-8", "student-abroad-8", "university-joto-2", "policyholder-2"):
        demo_site.enter(page, key)
        assert "/demo/" not in page.url
    context.close()


def test_the_mails_can_be_read(browser: Browser, demo_site: DemoSite) -> None:
    context = open_context(browser, 1280, "ja", "light")
    page = context.new_page()
    page.goto(demo_site.url + "/mail/")
    assert page.locator("main a[href^='/mail/']").count() > 10
    page.locator(".demonstration a").first.click()
    page.wait_for_url("**/demo/")
    context.close()
