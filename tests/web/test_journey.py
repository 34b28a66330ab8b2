"""From "broken leg in Boston, 12 days in hospital, parents fly in" to the decision.

The sum, worked by hand from the wording (plan D, medical and rescue without a limit):
  hospital    USD 48,000.00 at 155.20 = 7,449,600 yen, all of it paid (medical.1)
  fares       mother 210,000 + father 210,000 = 420,000, two of at most three persons (rescue.2)
  room        mother, 20 nights for 300,000; 14 nights count: 300,000 × 14 / 20 = 210,000
  total       7,449,600 + 420,000 + 210,000 = 8,079,600; six nights, 90,000 yen, are not paid
"""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.accessibility import find_violations, listen, open_context, pixels_too_wide
from tests.web.journey import answer_all, choose_what_happened, paste_receipts, type_contract

pytestmark = pytest.mark.browser

TOTAL = "8,079,600"
NOT_PAID = "90,000"


def check_page(page: Page, language: str) -> None:
    """Open to everyone, in the right language, within the screen."""
    assert page.locator("html").get_attribute("lang") == language
    assert find_violations(page) == [], page.url
    assert pixels_too_wide(page) <= 0, page.url


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_broken_leg_in_boston(browser: Browser, site: str, width: int, language: str) -> None:
    look = partial(check_page, language=language)
    with open_context(browser, width, language, "light") as context:
        page = context.new_page()
        faults = listen(page)
        page.goto(site + "/")
        look(page)
        type_contract(page)
        look(page)
        choose_what_happened(page)
        look(page)
        paste_receipts(page, look)
        answer_all(page, look)
        expect(page.locator("#question")).to_have_count(0)
        expect(page.locator(".payout-said")).to_contain_text(TOTAL)
        look(page)
        address = page.url.split("?")[0]
        page.goto(address + "decision/")
        expect(page.locator(".decision")).to_contain_text(TOTAL)
        expect(page.locator(".sankey-wide .sankey-yen").first).to_be_attached()
        expect(page.locator(".sankey-table .lost")).to_contain_text(NOT_PAID)
        look(page)
        link = page.locator(".sankey-table .lost a.clause")
        expect(link).to_contain_text("rescue.room_nights_max")
        link.click()
        expect(page.locator("[id='rescue.room_nights_max']")).to_be_in_viewport()
        look(page)
        for name in ("what-if/", "what-if/?why=1", "save/"):
            page.goto(address + name)
            look(page)
        assert faults == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as those do who have no mouse."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_the_way_to_the_first_answer_by_keyboard(browser: Browser, site: str) -> None:
    with open_context(browser, 1280, "en", "light") as context:
        page = context.new_page()
        page.goto(site + "/")
        tab_to(page, "#plan")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        for field, typed in (
            ("inception", "06012026"),
            ("expiry", "08312026"),
            ("as_of", "09102026"),
        ):
            tab_to(page, f"#{field}")
            page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_url("**/happened/")
        tab_to(page, "#happened")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**/receipts/")
        tab_to(page, "#receipts-0-amount")
        page.keyboard.type("120000")
        page.keyboard.press("Enter")
        expect(page.locator("#question")).to_be_visible()
        first = page.locator("#question input[name=key]").input_value()
        tab_to(page, "#answer")
        page.keyboard.type("06102026")
        page.keyboard.press("Enter")
        expect(page.locator(f"input[name=key][value={first}]")).to_have_count(0)
        expect(page.locator("#question")).to_be_focused()
        tab_to(page, ".back-link")
        page.keyboard.press("Enter")
        expect(page.locator("#question input[name=key]")).to_have_value(first)
        expect(page.locator("#answer")).to_have_value("2026-06-10")


def test_a_bad_answer_is_said_beside_its_field(browser: Browser, site: str) -> None:
    with open_context(browser, 390, "en", "light") as context:
        page = context.new_page()
        page.goto(site + "/")
        type_contract(page)
        page.locator("#happened").check()
        page.locator("form[novalidate] .buttons button").click()
        page.fill("#receipts-0-amount", "a lot")
        page.locator("#receipts-form > .buttons button").click()
        expect(page.locator("#error-summary")).to_contain_text("is not an amount in JPY")
        page.locator("#error-summary a").click()
        expect(page.locator("#receipts-0-amount")).to_be_focused()
        expect(page.locator("#receipts-0-amount")).to_have_value("a lot")
        assert find_violations(page) == []
