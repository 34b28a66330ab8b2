"""A student's way in a real browser: from the mail of invitation to the certificate's number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, sync_playwright
from pytest import MonkeyPatch

from dosojin_web.mail.models import OutgoingMail
from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.people.models import Person
from dosojin_web.policies.models import Application, ApplicationState, Certificate, Member
from dosojin_web.policies.operations.invite_members import invite_member
from dosojin_web.policies.tests.conftest import (  # noqa: F401
    DEPARTS,
    NOW,
    RETURNS,
    World,
    add_member,
    world,
)
from tests.web.accessibility import find_violations, listen, open_context, pixels_too_wide

KEY = "only-for-tests"
PASSWORD = "stone-lantern-by-the-road"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Words:
    """What the student clicks, in one language."""

    language: str
    width: int
    begin: str
    save: str
    plan: str
    pay: str
    other_card: str
    decline: str
    challenge: str
    approve: str
    declined: str
    enrolled: str


JA = Words(
    language="ja",
    width=390,
    begin="手続きを始める",
    save="保存して次へ",
    plan="Dプラン",
    pay="カードで26,130円を支払う",
    other_card="別のカードで26,130円を支払う",
    decline="残高不足で断られる",
    challenge="3Dセキュアの本人認証を求められる",
    approve="認証に成功する",
    declined="カードが承認されませんでした",
    enrolled="加入の手続きが完了しました",
)
EN = Words(
    language="en",
    width=1280,
    begin="Begin",
    save="Save and go on",
    plan="Plan D",
    pay="Pay 26,130 yen by card",
    other_card="Pay 26,130 yen with another card",
    decline="Declined: not enough money",
    challenge="The bank asks for 3-D Secure",
    approve="Pass the check",
    declined="The card was declined",
    enrolled="You are enrolled",
)


@dataclass(frozen=True)
class Invited:
    """What stands in the mail of invitation."""

    address: str
    number: str
    password: str


@pytest.fixture(autouse=True)
def clock(monkeypatch: MonkeyPatch) -> None:
    """It is two months before departure."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def fake(settings: Any) -> Iterator[Fake]:
    with run_fake(KEY, KEY) as running:
        running.till.clock = NOW.timestamp
        settings.STRIPE_API_BASE, settings.STRIPE_API_KEY = running.base, KEY
        settings.CHECKOUT_ORIGIN = running.base
        yield running


@pytest.fixture
def invited(world: World, live_server: Any, settings: Any) -> Invited:  # noqa: F811
    """A second student, who has just got the mail."""
    settings.SITE_URL = live_server.url
    member = add_member(world.programme, 2, DEPARTS, RETURNS)
    invite_member(member, world.office.actor, NOW)
    body = OutgoingMail.objects.get(queue_key=f"invitation:{member.key}").body
    address = re.search(rf"{re.escape(live_server.url)}\S+", body)
    password = re.search(r"(?:パスワード：|Password: )(\S+)", body)
    assert address is not None and password is not None
    return Invited(address.group(), member.student_number, password.group(1))


@dataclass
class Walk:
    """A page, looked at wherever the student stops."""

    page: Page
    words: Words

    def look(self) -> None:
        self.page.wait_for_load_state()
        assert find_violations(self.page) == [], self.page.url
        assert pixels_too_wide(self.page) <= 0, self.page.url

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"input[name='{name}'][value='{value}']").check()

    def save(self) -> None:
        self.press(self.words.save)


def walk(chromium_path: str, words: Words, steps: Callable[[Walk], None]) -> None:
    """Walk in a thread of its own: beside Playwright's loop Django refuses its database."""

    def work() -> None:
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox"]
            browser = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
            page = open_context(browser, words.width, words.language, "light").new_page()
            said = listen(page)
            steps(Walk(page, words))
            browser.close()
            # A form that comes back with 422 or 409 is told in the console, and is no fault.
            assert [text for text in said if "422" not in text and "409" not in text] == []

    with ThreadPoolExecutor(1) as threads:
        threads.submit(work).result()


def log_in(at: Walk, invited: Invited) -> None:
    """With the password of the mail, and then an own one."""
    at.page.goto(invited.address)
    at.look()
    at.page.locator("#login").fill(invited.number.lower())
    at.page.locator("#password").fill(invited.password)
    at.page.locator("main form:has(#login) button").first.click()
    at.page.wait_for_url("**/accounts/secret/**")
    at.page.locator("#password1").fill(PASSWORD)
    at.page.locator("#password2").fill(PASSWORD)
    at.page.locator("main form:has(#password1) button").first.click()
    at.page.wait_for_url("**/my/")


def begin(at: Walk) -> str:
    """From the list of trips; the address of the trip."""
    at.look()
    at.press(at.words.begin)
    at.page.wait_for_url("**/my/trips/*/")
    at.look()
    return at.page.url


def say_trip_and_plan(at: Walk, root: str) -> None:
    at.page.goto(f"{root}trip/")
    at.page.locator("#departs_on").fill("2027-08-01")
    at.page.locator("#returns_on").fill("2027-07-31")
    at.save()
    at.look()
    assert at.page.locator("#error-summary a").get_attribute("href") == "#returns_on"
    at.page.locator("#departs_on").fill(DEPARTS.isoformat())
    at.page.locator("#returns_on").fill(RETURNS.isoformat())
    at.save()
    at.page.wait_for_url("**/plans/")
    at.look()
    at.page.locator("main").get_by_text(at.words.plan, exact=True).first.click()
    at.save()
    at.page.wait_for_url("**/matters/")
    at.look()
    at.page.locator("#read").check()
    at.save()


def answer_questions(at: Walk) -> None:
    for address, name, value in (
        ("return", "return_planned", "yes"),
        ("sports", "sports", "none"),
        ("work", "dangerous_work", "no"),
        ("cover", "similar_cover", "unknown"),
        ("school", "school_demands", "minimum"),
    ):
        at.page.wait_for_url(f"**/questions/{address}/")
        at.look()
        at.choose(name, value)
        at.save()


def confirm(at: Walk) -> None:
    """The own details, and each use of the data; one is objected to."""
    at.page.wait_for_url("**/details/")
    at.look()
    at.page.locator("#phone").fill("090-1111-2222")
    at.page.locator("main form button").last.click()
    at.page.wait_for_url("**/consents/")
    at.look()
    for choice in at.page.locator("input[value='agree']").all():
        choice.check()
    at.choose("claim-to-university", "object")
    at.save()
    at.page.wait_for_url("**/check/")
    at.look()


def pay(at: Walk, fake: Fake) -> None:
    """Declined first, then by another card with 3-D Secure."""
    at.press(at.words.pay)
    at.page.wait_for_url(f"{fake.base}/pay/**")
    at.page.get_by_label(at.words.decline, exact=True).check()
    at.page.get_by_role("button").click()
    at.page.locator("a.second").click()
    at.page.get_by_role("heading", name=at.words.declined, level=1).wait_for()
    at.look()
    at.press(at.words.other_card)
    at.page.get_by_label(at.words.challenge, exact=True).check()
    at.page.get_by_role("button").click()
    at.page.get_by_role("button", name=at.words.approve).click()
    at.page.get_by_role("heading", name=at.words.enrolled, level=1).wait_for()
    at.look()


@pytest.mark.parametrize("words", [JA, EN], ids=["ja-390", "en-1280"])
def test_from_the_mail_to_the_certificate(
    chromium_path: str, fake: Fake, invited: Invited, words: Words
) -> None:
    shown: list[str] = []

    def steps(at: Walk) -> None:
        log_in(at, invited)
        root = begin(at)
        say_trip_and_plan(at, root)
        answer_questions(at)
        confirm(at)
        pay(at, fake)
        shown.append(at.page.locator("main").inner_text())
        at.page.go_back()  # The back button leads to the bank's page, or here again; harmless.
        at.page.goto(f"{root}check/")
        at.page.wait_for_url("**/payment/")
        at.page.goto(root.partition("trips/")[0])
        at.look()

    walk(chromium_path, words, steps)
    certificate = Certificate.objects.get()
    assert certificate.number in shown[0]
    assert certificate.versions.get().premium == 26_130
    assert Person.objects.get(pk=certificate.member.person_id).phone == "+819011112222"


@pytest.mark.parametrize("words", [JA, EN], ids=["ja-390", "en-1280"])
def test_pages_off_the_straight_way(
    chromium_path: str, fake: Fake, invited: Invited, words: Words
) -> None:
    """No return, the agency asked, two versions, giving up, and too late."""

    def steps(at: Walk) -> None:
        log_in(at, invited)
        root = begin(at)
        at.page.goto(f"{root}questions/return/")
        at.choose("return_planned", "no")
        at.save()
        at.page.wait_for_url("**/no-return/")
        at.look()
        at.page.goto(f"{root}questions/return/")
        at.choose("return_planned", "yes")
        at.save()
        at.choose("sports", "skydiving")
        at.page.locator("#sports_note").fill("two jumps")
        at.save()
        at.choose("dangerous_work", "no")
        at.save()
        at.choose("similar_cover", "no")
        at.save()
        at.choose("school_demands", "none")
        at.save()
        at.page.wait_for_url(root)
        at.look()
        look_at_two_versions(at, root)
        at.page.goto(f"{root}give-up/")
        at.look()
        at.page.locator("main form button").first.click()
        at.page.wait_for_url("**/my/")
        with ThreadPoolExecutor(1) as threads:
            threads.submit(move_departure).result()
        at.page.reload()
        at.look()
        at.page.goto(root)
        at.look()

    walk(chromium_path, words, steps)
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def move_departure() -> None:
    """The office notes a departure within a week: too late to enrol online."""
    Member.objects.update(departs_on=NOW.date() + timedelta(days=5))
    connection.close()


def look_at_two_versions(at: Walk, root: str) -> None:
    """The same page in two windows: the second to save sees both versions."""
    other = at.page.context.new_page()
    for page in (other, at.page):
        page.goto(f"{root}trip/")
    other.locator("#country").select_option("CA")
    other.locator("main form button").last.click()
    other.wait_for_load_state()
    other.close()
    at.page.locator("#country").select_option("FR")
    at.save()
    at.page.locator("input[name=stands][value=mine]").wait_for()
    at.look()
    at.choose("stands", "mine")
    at.save()
    at.page.wait_for_url(root)
