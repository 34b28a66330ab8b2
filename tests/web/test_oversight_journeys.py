"""Policyholder, insurer and auditor in a real browser: what each does, and axe on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

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
PROXY = {"proxy_name": "佐藤一郎", "proxy_relation": "father", "proxy_phone": "+81 3-1111-2222"}
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


@dataclass(frozen=True)
class Insured:
    """A student abroad whom no other journey takes, to ask for what the policyholder confirms."""

    site: DemoSite
    page: Page
    persona: str

    def open_certificate(self) -> date:
        """The last day of cover; the page is left open."""
        self.site.enter(self.page, self.persona)
        self.page.locator("a[href*='/my/certificates/']").first.click()
        self.page.wait_for_url("**/my/certificates/*/")
        last_day = self.page.locator(".cover-hours time").last.get_attribute("datetime")
        assert last_day is not None
        return date.fromisoformat(last_day)

    def ask_to_end_early(self) -> None:
        last_day = self.open_certificate()
        home = self.page.url
        self.page.goto(home + "early-end/")
        self.page.locator("#way").check()
        self.page.fill("#last_day", str(last_day - timedelta(days=2)))
        self.page.locator("main form .buttons button").click()
        self.page.locator("main form[method=post] .buttons button").click()
        self.page.wait_for_url(home)

    def ask_to_stay_longer(self) -> None:
        last_day = self.open_certificate()
        home = self.page.url
        self.page.goto(f"{home}extension/?new_end={last_day + timedelta(days=40)}")
        for field, words in PROXY.items():
            self.page.fill(f"#{field}", words)
        self.page.locator("main form[method=post] .buttons button").first.click()
        self.page.locator("button[value=send]").click()
        self.page.wait_for_url(home)

    def open_request(self, staff: str, address: str) -> None:
        """As one of the staff, the request in a list, found by the student's certificate."""
        number = self.page.url.rstrip("/").rpartition("/")[2]
        self.site.enter(self.page, staff)
        self.page.goto(self.site.url + address)
        self.page.locator("main tr", has_text=number).locator("th a").click()


def confirm(page: Page) -> None:
    look(page)
    page.locator("button[value=confirm]").click()
    expect(page.locator(".notice .callout-good")).to_be_visible()
    expect(page.locator("button[value=confirm]")).to_have_count(0)
    look(page)


@pytest.mark.parametrize(("width", "language"), [(390, "ja")])
def test_the_policyholder_confirms_an_early_end(demo_site: DemoSite, open_page: Page) -> None:
    """It is carried out at once."""
    insured = Insured(demo_site, open_page, "student-abroad-5")
    insured.ask_to_end_early()
    insured.open_request("policyholder", "/policyholder/")
    confirm(open_page)
    expect(open_page.locator(".timeline").first).to_contain_text("契約内容を変更")


@pytest.mark.parametrize(("width", "language"), [(1280, "en")])
def test_the_policyholder_confirms_an_extension(demo_site: DemoSite, open_page: Page) -> None:
    """Checked by the agency before, it waits for its premium after."""
    insured = Insured(demo_site, open_page, "student-abroad-6")
    insured.ask_to_stay_longer()
    insured.open_request("agency", "/agency/extensions/")
    open_page.locator("form[action$='/review/'] button").first.click()
    expect(open_page.locator(".notice .callout-good")).to_be_visible()
    key = open_page.url.rstrip("/").rpartition("/")[2]
    demo_site.enter(open_page, "policyholder")
    open_page.goto(f"{demo_site.url}/policyholder/requests/{key}/")
    confirm(open_page)
    expect(open_page.locator("main")).to_contain_text("Waiting for the additional premium")


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
