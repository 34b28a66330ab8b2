"""The agency at work in a real browser: a loading, a caller's extension, a refund that failed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from dosojin_web.demo.personas import ABROAD, number_of
from tests.web.accessibility import find_violations, listen, open_context, pixels_too_wide
from tests.web.conftest import DemoSite

SPARE = 8
JAPANESE_DAY = re.compile(r"(\d{4})年(\d+)月(\d+)日")
PHONE, DESKTOP = (390, "ja"), (1280, "en")
LISTS = [
    "/agency/", "/agency/referrals/?state=all", "/agency/extensions/?state=all",
    "/agency/extensions/new/", "/agency/refunds/", "/agency/certificates/",
    "/agency/applications/", "/agency/contacts/",
]  # fmt: skip
pytestmark = pytest.mark.browser


@contextmanager
def at_work(
    browser: Browser, site: DemoSite, persona: str, screen: tuple[int, str]
) -> Iterator[Page]:
    """A page of somebody; at the end the console has told of nothing but refused forms."""
    width, language = screen
    context = open_context(browser, width, language, "light")
    page = context.new_page()
    heard = listen(page)
    site.enter(page, persona)
    yield page
    assert [words for words in heard if "422" not in words] == []
    context.close()


def look(page: Page) -> None:
    assert find_violations(page) == []
    assert pixels_too_wide(page) <= 0


def first_link(page: Page, pattern: str) -> str:
    """The path of the first link in the page that fits."""
    found = page.locator("main a").evaluate_all("all => all.map(one => one.pathname)")
    return next(path for path in found if re.fullmatch(pattern, path))


def say_done(page: Page) -> None:
    expect(page.locator(".notice")).to_be_visible()
    look(page)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP])
def test_every_list_can_be_read(
    browser: Browser, demo_site: DemoSite, screen: tuple[int, str]
) -> None:
    with at_work(browser, demo_site, "agency", screen) as page:
        for address in LISTS:
            page.goto(demo_site.url + address)
            look(page)
        page.goto(f"{demo_site.url}/agency/certificates/?state=in_force")
        page.goto(demo_site.url + first_link(page, r"/agency/certificates/[^/]+/"))
        look(page)


def test_a_loading_is_quoted_by_one_and_approved_by_another(
    browser: Browser, demo_site: DemoSite
) -> None:
    with at_work(browser, demo_site, "agency", PHONE) as page:
        page.goto(f"{demo_site.url}/agency/referrals/")
        page.goto(demo_site.url + first_link(page, r"/agency/referrals/[0-9a-f-]{36}/"))
        look(page)
        page.fill("#loading", "２０，０００")
        page.locator("form[action$='/quote/'] button").click()
        expect(page.locator("#reason-error")).to_be_visible()
        look(page)
        page.fill("#reason", "公認の学校で2回のみ")
        page.locator("form[action$='/quote/'] button").click()
        say_done(page)
        expect(page.locator("form[action$='/check/']")).to_have_count(0)
        address = page.url
    with at_work(browser, demo_site, "agency-2", DESKTOP) as page:
        page.goto(address)
        look(page)
        page.locator("form[action$='/check/'] button").click()
        say_done(page)
        expect(page.locator("main")).to_contain_text("20,000")


def test_a_caller_extends_and_pays_by_transfer(browser: Browser, demo_site: DemoSite) -> None:
    with at_work(browser, demo_site, "agency", PHONE) as page:
        new_end = enter_the_call(page, demo_site)
        address = page.url
    with at_work(browser, demo_site, "agency-2", DESKTOP) as page:
        page.goto(address)
        look(page)
        page.locator("form[action$='/review/'] button").click()
        say_done(page)
    key = address.rstrip("/").rpartition("/")[2]
    with at_work(browser, demo_site, "policyholder", DESKTOP) as page:
        page.goto(f"{demo_site.url}/policyholder/requests/{key}/")
        page.locator("button[name=action][value=confirm]").click()
        page.wait_for_load_state()
    with at_work(browser, demo_site, "agency", PHONE) as page:
        page.goto(address)
        look(page)
        record_the_transfer(page)
        page.locator(".portal-heading a").click()
        expect(page.locator("main")).to_contain_text(
            f"{new_end.year}年{new_end.month}月{new_end.day}日"
        )
        look(page)


def enter_the_call(page: Page, site: DemoSite) -> date:
    """From the search to the request; the day that cover shall last to."""
    page.goto(f"{site.url}/agency/extensions/new/?q={number_of(ABROAD, SPARE)}")
    look(page)
    page.goto(site.url + first_link(page, r"/agency/extensions/new/[^/]+/"))
    look(page)
    days = JAPANESE_DAY.findall(page.locator("#said_period-hint").inner_text())
    last = date(*(int(part) for part in days[-1]))
    new_end = last + timedelta(days=30)
    page.locator("button[value=quote]").click()
    expect(page.locator("#error-summary")).to_be_visible()
    look(page)
    for tick in ("said_number", "said_names", "said_agency", "said_period"):
        page.locator(f"#{tick}").check()
    said = {
        "returns_on": new_end.isoformat(), "new_end": new_end.isoformat(),
        "proxy_name": "佐藤 恵子", "proxy_relation": "母", "proxy_phone": "03-1234-5678",
        "proxy_email": "proxy@example.jp", "reason": "実習の延長",
    }  # fmt: skip
    for field, words in said.items():
        page.fill(f"#{field}", words)
    page.locator("button[value=quote]").click()
    expect(page.locator("button[value=ask]")).to_be_visible()
    look(page)
    page.locator("button[value=ask]").click()
    page.wait_for_url("**/agency/changes/**")
    say_done(page)
    expect(page.locator("form[action$='/review/']")).to_have_count(0)
    return new_end


def record_the_transfer(page: Page) -> None:
    """A wrong amount first, then the right one."""
    form = page.locator("form[action$='/premium/']")
    due = re.search(r"([\d,]+)\s*円", form.inner_text())
    assert due is not None
    page.fill("#amount", "1")
    page.fill("#received_on", datetime.now(ZoneInfo("Asia/Tokyo")).date().isoformat())
    page.fill("#reference", "0001-234567")
    form.locator("button").click()
    expect(page.locator("#amount-error")).to_be_visible()
    look(page)
    page.fill("#amount", due.group(1))
    page.locator("form[action$='/premium/'] button").click()
    say_done(page)


def test_a_failed_refund_is_paid_by_bank(browser: Browser, demo_site: DemoSite) -> None:
    with at_work(browser, demo_site, "agency", DESKTOP) as page:
        page.goto(f"{demo_site.url}/agency/refunds/")
        page.goto(demo_site.url + first_link(page, r"/agency/refunds/\d+/"))
        look(page)
        form = page.locator("form[action$='/transfer/']")
        page.fill("#paid_on", datetime.now(ZoneInfo("Asia/Tokyo")).date().isoformat())
        page.fill("#reference", "0009-111111")
        form.locator("button").click()
        say_done(page)
        expect(form).to_have_count(0)
