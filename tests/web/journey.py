"""The steps from the first page to the decision, for the test and for the picture.

A broken leg in Boston: 12 days in hospital, both parents fly in, the mother stays 20 nights.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

PASTED = """\
hospital\tUSD 48,000.00\t2026-06-21\tbilled
airfare, mother, 210,000 yen, 2026-06-12, paid
航空券 father 210,000円 2026年6月12日 領収
hotel mother 20 nights 300,000 2026-07-02 paid
"""
DAYS = {
    "premium_paid_on": "2026-05-01",
    "accident_on": "2026-06-10",
    "first_treated_on": "2026-06-10",
    "admitted_on": "2026-06-10",
    "discharged_on": "2026-06-21",
    "returned_home_on": "2026-08-20",
}
YES = {"accident", "accident_on_trip", "treated", "admitted", "borne_by_family"}
QUESTIONS_MOST = 25


Look = Callable[[Page], None]


def type_contract(page: Page) -> None:
    page.locator("#plan-D").check()
    for field, day in (
        ("inception", "2026-06-01"),
        ("expiry", "2026-08-31"),
        ("as_of", "2026-09-10"),
    ):
        page.fill(f"#{field}", day)
    page.locator("form[novalidate] .buttons button").click()
    page.wait_for_url("**/happened/")


def paste_receipts(page: Page, look: Look) -> None:
    """Four lines, and the rate that the dollars want."""
    page.locator("#receipts-form summary").click()
    page.fill("#pasted", PASTED)
    page.locator("button[value=paste]").click()
    expect(page.locator(".cost")).to_have_count(4)
    look(page)
    page.fill("#rate-USD-yen", "155.20")
    page.fill("#rate-USD-on", "2026-07-31")
    page.fill("#rate-USD-source", "the bank")
    page.locator("#receipts-form > .buttons button").click()
    expect(page.locator("#question")).to_be_visible()


def answer(page: Page, key: str) -> None:
    """One answer to one question, whatever it is."""
    if key in DAYS:
        page.fill("#answer", DAYS[key])
    elif key in YES:
        page.locator("#answer[value=yes]").check()
    else:
        assert page.locator("#answer-none").count() == 1, f"the journey has no answer to {key}"
        page.locator("#answer-none").check()
    page.locator("#question .buttons button").first.click()
    expect(page.locator(f"input[name=key][value={key}]")).to_have_count(0)


def choose_what_happened(page: Page) -> None:
    for card in ("happened", "happened-hospital", "happened-someone_comes", "nothing_else"):
        page.locator(f"#{card}").check()
    page.locator("form[novalidate] .buttons button").click()
    page.wait_for_url("**/receipts/")


def answer_all(page: Page, look: Look, stop_at: str = "") -> None:
    """Answer the questions as they come, until none is left, or that one comes."""
    for _ in range(QUESTIONS_MOST):
        if not page.locator("#question").count():
            return
        key = page.locator("#question input[name=key]").input_value()
        if key == stop_at:
            return
        look(page)
        answer(page, key)
    raise AssertionError(f"more than {QUESTIONS_MOST} questions")
