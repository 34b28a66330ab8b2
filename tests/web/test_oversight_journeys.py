"""Policyholder, insurer and auditor in a real browser: what each does, and axe on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.accessibility import find_violations, listen, open_context, pixels_too_wide
from tests.web.conftest import DemoSite

pytestmark = pytest.mark.browser
each_screen = pytest.mark.parametrize(("width", "language"), [(390, "ja"), (1280, "en")])
PAGES = {
    "policyholder": [
        "/policyholder/", "/policyholder/requests/", "/policyholder/members/",
        "/policyholder/bordereaux/", "/policyholder/shares/",
    ],
    "insurer-lead": ["/insurer/", "/insurer/certificates/"],
    "insurer-co": ["/insurer/", "/insurer/certificates/"],
    "auditor": [
        "/auditor/", "/auditor/trail/", "/auditor/trail/verification/", "/auditor/ledger/",
        "/auditor/ledger/entries/", "/auditor/ledger/months/", "/auditor/certificates/",
        "/auditor/requests/", "/auditor/payments/", "/auditor/programmes/", "/auditor/letters/",
        "/auditor/deadlines/", "/auditor/approvals/", "/auditor/consents/",
    ],
}  # fmt: skip
# On lists, the first link to a page of its own.
SINGLE = r"^/(policyholder|auditor)/[\w/]+/[^/?.]*\d[^?.]*/$"


def look(page: Page) -> None:
    assert find_violations(page) == [], page.url
    assert pixels_too_wide(page) <= 0, page.url


def first_single(page: Page) -> str:
    """The address of the first record that a list leads to."""
    addresses = page.locator("main table a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return next((each for each in addresses if re.match(SINGLE, each)), "")


@pytest.fixture
def open_page(browser: Browser, width: int, language: str) -> Iterator[Page]:
    context = open_context(browser, width, language, "light")
    yield context.new_page()
    context.close()


@each_screen
@pytest.mark.parametrize("persona", PAGES)
def test_every_page_is_accessible(demo_site: DemoSite, open_page: Page, persona: str) -> None:
    faults = listen(open_page)
    demo_site.enter(open_page, persona)
    for address in PAGES[persona]:
        open_page.goto(demo_site.url + address)
        look(open_page)
        if single := first_single(open_page):
            open_page.goto(demo_site.url + single)
            look(open_page)
    assert faults == []


@pytest.mark.parametrize(
    ("width", "language", "kind"), [(390, "ja", "延長"), (1280, "en", "Cancellation")]
)
def test_the_policyholder_confirms(demo_site: DemoSite, open_page: Page, kind: str) -> None:
    """An extension then waits for its premium; a cancellation is carried out."""
    demo_site.enter(open_page, "policyholder")
    waiting = open_page.locator("#waiting-heading ~ .table-frame a")
    waiting.filter(has_text=kind).first.click()
    look(open_page)
    open_page.locator("button[value=confirm]").click()
    expect(open_page.locator(".notice .callout-good")).to_be_visible()
    expect(open_page.locator("button[value=confirm]")).to_have_count(0)
    look(open_page)


@each_screen
def test_an_insurer_downloads_a_bordereau(demo_site: DemoSite, open_page: Page) -> None:
    demo_site.enter(open_page, "insurer-co")
    with open_page.expect_download() as waiting:
        open_page.locator("main a[href$='.csv']").first.click()
    content = waiting.value.path().read_text("utf-8-sig")
    assert content.startswith("certificate,version,kind")
    assert content.splitlines()[-1].startswith("CONTROL,")


@each_screen
def test_an_auditor_follows_the_trail(demo_site: DemoSite, open_page: Page) -> None:
    demo_site.enter(open_page, "auditor")
    open_page.goto(f"{demo_site.url}/auditor/trail/?about=certificate%3A")
    open_page.locator("main table a[href^='/auditor/certificates/']").first.click()
    open_page.locator("a[href^='/auditor/ledger/entries/?reference=']").click()
    expect(open_page.locator("main tbody tr").first).to_be_visible()
    open_page.goto(f"{demo_site.url}/auditor/trail/verification/")
    open_page.locator("a[href$='after=start']").click()
    expect(open_page.locator(".callout-good")).to_be_visible()
    look(open_page)
