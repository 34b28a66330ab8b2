"""The pages in a real browser: open to everyone, within the screen, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.accessibility import find_violations, listen, open_context, pixels_too_wide

pytestmark = pytest.mark.browser

PAGES = ["/", "/components/", "/directory/", "/accounts/login/", "/no/such/page/"]
# Long, and made of the same elements: a look from both ends is enough.
LONG_PAGES = ["/?edition=gakkensai-2025", "/open/", "/wording/gakkensai-2026/"]
BOTH_ENDS = [(390, "ja", "dark"), (1280, "en", "light")]
TARGET_LEAST = 24
TARGET_USUAL = 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_open_to_everyone(
    browser: Browser, site: str, width: int, language: str, scheme: str
) -> None:
    with open_context(browser, width, language, scheme) as context:
        is_end = (width, language, scheme) in BOTH_ENDS
        for address in [*PAGES, *(LONG_PAGES if is_end else [])]:
            page = context.new_page()
            faults = listen(page)
            page.goto(site + address, wait_until="networkidle")
            assert page.locator("html").get_attribute("lang") == language
            assert find_violations(page) == [], address
            assert pixels_too_wide(page) <= 0, address
            assert [fault for fault in faults if "404" not in fault] == []
            page.close()


def test_buttons_and_choices_are_easy_to_hit(browser: Browser, site: str) -> None:
    with open_context(browser, 390, "ja", "light") as context:
        page = context.new_page()
        page.goto(site + "/components/")
        for target in page.locator("button, .button, .choice, .input, summary").all():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= TARGET_USUAL - 0.5, target.inner_text()


def test_none_of_these_stands_alone(browser: Browser, site: str) -> None:
    with open_context(browser, 1280, "en", "light") as context:
        page = context.new_page()
        page.goto(site + "/components/")
        group = page.get_by_role("group", name="Did any of these play a part?")
        fight = group.get_by_label("A fight, or a crime of one’s own")
        none = group.get_by_label("None of these apply")
        fight.check()
        none.check()
        expect(fight).not_to_be_checked()
        fight.check()
        expect(none).not_to_be_checked()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_goes_without_a_script(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(locale=language, java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.locator("form[novalidate] .buttons button").click()
    expect(page.locator("#error-summary a")).to_have_count(3)
    page.locator("#plan-D").check()
    page.locator("#inception").fill("2026-06-01")
    page.locator("#expiry").fill("2026-08-31")
    page.locator("#as_of").fill("2026-09-10")
    page.locator("form[novalidate] .buttons button").click()
    page.wait_for_url("**/happened/")
    page.locator("#happened").check()
    page.locator("form[novalidate] .buttons button").click()
    page.wait_for_url("**/receipts/")
    page.locator("#receipts-0-amount").fill("120,000")
    page.locator("#receipts-form > .buttons button").click()
    expect(page.locator("#question")).to_be_visible()
    before = page.locator("input[name=key]").input_value()
    page.locator("#question button[value=unknown]").or_(page.locator("#answer-unknown")).click()
    page.locator("#question .buttons button").first.click()
    expect(page.locator("input[name=key]")).not_to_have_value(before)
    page.locator(".summary a").first.click()
    expect(page.locator("#plan-D")).to_be_checked()
    context.close()


def test_the_contract_can_be_given_by_keyboard(browser: Browser, site: str) -> None:
    with open_context(browser, 1280, "en", "light") as context:
        page = context.new_page()
        page.goto(site)
        page.keyboard.press("Tab")
        expect(page.get_by_text("Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        for _ in range(3):
            page.keyboard.press("Tab")
        expect(page.locator("#plan")).to_be_focused()
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        expect(page.locator("#plan-D")).to_be_checked()


def test_dark_pages_stay_dark(browser: Browser, site: str) -> None:
    with open_context(browser, 390, "en", "light") as context:
        page = context.new_page()
        page.goto(site + "/components/")
        light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        page.get_by_role("button", name="Dark").click()
        page.wait_for_load_state()
        assert page.url == site + "/components/"
        dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert dark != light
        expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_a_script_that_is_not_ours_does_not_run(browser: Browser, site: str) -> None:
    """The policy itself is asked: Playwright's own evaluate is not bound by it."""
    with open_context(browser, 1280, "en", "light") as context:
        page = context.new_page()
        page.route(
            "**/choices*.js",
            lambda route: route.fulfill(
                content_type="text/javascript",
                body="""
                  const inline = document.createElement("script");
                  inline.textContent = "window.intruded = true";
                  document.head.append(inline);
                  try { window.evaluated = eval("1"); } catch { window.refused = true; }
                """,
            ),
        )
        page.goto(site, wait_until="networkidle")
        assert page.evaluate("[window.intruded, window.evaluated, window.refused]") == [
            None,
            None,
            True,
        ]
