"""A university's office, two people: draft, approve, roster with faults, mended roster, invitation.

The site runs as for everybody, with a worker beside it that reads rosters and sends invitations.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.accessibility import find_violations, listen, open_context, pixels_too_wide
from tests.web.conftest import find_free_port, wait_for

pytestmark = pytest.mark.browser

PASSWORD = "a lantern on the pass"
MAKER, CHECKER = "office.ito", "office.abe"
SET_UP = f"""
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.demo.operations.set_up_scheme import set_up_scheme
now = timezone.now()
scheme = set_up_scheme(now.date() - timedelta(200), now.date() + timedelta(500))
for name in ("{MAKER}", "{CHECKER}"):
    mail, office = name + "@example.ac.jp", scheme.universities[0]
    user, _ = open_account(name, mail, Role.UNIVERSITY, office, SYSTEM, now)
    user.set_password("{PASSWORD}")
    user.must_choose_secret = False
    user.save()
"""
HEADER = "学籍番号,姓,名,姓カナ,名カナ,姓ローマ字,名ローマ字,生年月日,メールアドレス,出発日,帰国日"
RIGHT, WRONG = "2005-01-09", "2005-13-09"


@dataclass(frozen=True)
class Journey:
    """One width and one language, with a study trip of its own."""

    width: int
    language: str
    site: str

    @property
    def title(self) -> str:
        return f"Helsinki {self.width}"

    def look(self, page: Page) -> None:
        """Open to everyone, in the right language, within the screen."""
        assert page.locator("html").get_attribute("lang") == self.language
        assert find_violations(page) == [], page.url
        assert pixels_too_wide(page) <= 0, page.url

    def log_in(self, context: BrowserContext, name: str) -> Page:
        page = context.new_page()
        page.goto(f"{self.site}/accounts/login/")
        page.fill("#login", name)
        page.fill("#password", PASSWORD)
        page.locator("form.stack button.button-primary").click()
        page.wait_for_url("**/university/")
        return page


@pytest.fixture(scope="module")
def office_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a scheme, two people of an office, and a worker."""
    port = find_free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "dosojin_web.settings.run",
        "DOSOJIN_VAR": str(tmp_path_factory.mktemp("var")),
    }
    manage = [sys.executable, "-m", "dosojin_web.manage"]
    for command in (
        [*manage, "migrate", "-v0"],
        [*manage, "collectstatic", "--noinput", "-v0"],
        [sys.executable, "-c", SET_UP],
    ):
        subprocess.run(command, env=environment, check=True)
    worker = subprocess.Popen([*manage, "work"], env=environment)
    server = subprocess.Popen(
        [
            *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"),
            *("--host", "127.0.0.1", "--port", str(port), "--workers", "1"),
            *("--blocking-threads", "4", "--log-level", "warning"),
            "dosojin_web.wsgi:application",
        ],
        env=environment,
    )
    try:
        wait_for(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in (server, worker):
            process.terminate()
            process.wait(timeout=10)


def write_roster(prefix: str, born: str, names: tuple[tuple[str, ...], ...]) -> str:
    departs = date.today() + timedelta(days=60)
    rows = [
        f"{prefix}{place:04d},{','.join(name)},{born if place == 1 else RIGHT},"
        f"s{place}@example.ac.jp,{departs},{departs + timedelta(days=20)}"
        for place, name in enumerate(names)
    ]
    return "\r\n".join([HEADER, *rows]) + "\r\n"


NAMES = (
    ("髙橋", "一郎", "タカハシ", "イチロウ", "TAKAHASHI", "ICHIRO"),
    ("田中", "美咲", "タナカ", "ミサキ", "TANAKA", "MISAKI"),
    ("渡邊", "健", "ワタナベ", "ケン", "WATANABE", "KEN"),
)


def draft(journey: Journey, page: Page) -> None:
    """First with nothing in the form, then as it has to be."""
    page.goto(f"{journey.site}/university/programmes/new/")
    journey.look(page)
    page.locator("form.stack .buttons button").click()
    expect(page.locator("#error-summary a")).to_have_count(5)
    journey.look(page)
    starts = date.today() + timedelta(days=60)
    page.fill("#title", journey.title)
    page.fill("#host", "University of Helsinki")
    page.select_option("#country", "FI")
    page.fill("#starts_on", str(starts))
    page.fill("#ends_on", str(starts + timedelta(days=20)))
    page.locator("form.stack .buttons button").click()
    expect(page.locator("#approve")).to_contain_text(CHECKER)
    expect(page.locator("#approve button")).to_have_count(0)
    journey.look(page)


def approve(journey: Journey, page: Page) -> None:
    """The colleague finds it on the overview."""
    page.goto(f"{journey.site}/university/")
    journey.look(page)
    page.get_by_role("link", name=journey.title).click()
    journey.look(page)
    page.locator("#approve button").click()
    expect(page.locator("#approve")).to_have_count(0)
    journey.look(page)


def send(page: Page, content: bytes) -> None:
    page.set_input_files("#roster", {"name": "名簿.csv", "mimeType": "text/csv", "buffer": content})
    page.locator("form[enctype] button").click()


def send_and_mend(journey: Journey, page: Page) -> None:
    """A file that is no table, a roster with a fault, and its mended row alone."""
    page.reload()
    send(page, b"%PDF-1.7")
    expect(page.locator("#roster-error")).to_be_visible()
    journey.look(page)
    prefix = f"{journey.width}A"
    send(page, write_roster(prefix, WRONG, NAMES).encode("cp932"))
    page.wait_for_url("**/rosters/*/")
    expect(page.locator("#faults-caption")).to_be_visible(timeout=20_000)
    expect(page.locator("tbody")).to_contain_text(WRONG)
    journey.look(page)
    with page.expect_download() as started:
        page.locator("a[href$='/not-taken/']").click()
    mended = Path(started.value.path()).read_text("utf-8-sig")
    assert mended.count("\n") == 2 and prefix + "0001" in mended
    page.locator("a[href$='#roster']").click()
    send(page, mended.replace(f",{WRONG},", f",{RIGHT},").encode("utf-8-sig"))
    page.wait_for_url("**/rosters/*/")
    expect(page.locator(".tallies")).to_be_visible(timeout=20_000)
    expect(page.locator(".tally-count").first).to_have_text("1")
    journey.look(page)


def invite(journey: Journey, page: Page) -> None:
    """All three at once; then one of them is looked at, taken off and put back."""
    page.locator("form[action$='/invite/'] button").click()
    page.wait_for_url("**/programmes/*/")
    journey.look(page)
    for _ in range(20):
        if page.locator("a[href$='standing=invited'] .tally-count").all_inner_texts() == ["3"]:
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("a[href$='standing=invited'] .tally-count")).to_have_text("3")
    page.goto(f"{journey.site}/university/members/?q=高橋")
    journey.look(page)
    page.get_by_role("link", name=f"{journey.width}A0000").or_(
        page.locator("tr", has_text=f"{journey.width}A0000").locator("th a")
    ).first.click()
    journey.look(page)
    page.locator("a[href$='/withdraw/']").click()
    journey.look(page)
    page.locator("form .button-danger").click()
    journey.look(page)
    page.locator("form[action$='/put-back/'] button").click()
    expect(page.locator("a[href$='/withdraw/']")).to_be_visible()


def change_at_once(journey: Journey, maker: Page, checker: Page) -> None:
    """Both change it; who comes second sees both versions, and keeps the own one."""
    address = f"{journey.site}/university/programmes/"
    for page in (maker, checker):
        page.goto(address)
        journey.look(page)
        page.get_by_role("link", name=journey.title).click()
        page.locator("a[href$='/edit/']").click()
    for page, host in ((checker, "University of Turku"), (maker, "Aalto University")):
        page.fill("#host", host)
        page.locator("form.stack .buttons button").click()
    expect(maker.locator(".conflict")).to_contain_text("University of Turku")
    journey.look(maker)
    maker.locator("#keep").check()
    maker.locator("form.stack .buttons button").click()
    expect(maker.locator(".timeline")).to_contain_text("Aalto University")
    maker.locator("a.button-danger").click()
    journey.look(maker)
    maker.fill("#reason", "…")
    maker.locator(".button-danger").click()
    expect(maker.locator(".callout-warning")).to_be_visible()
    journey.look(maker)


@pytest.mark.parametrize(("width", "language"), [(390, "ja"), (1280, "en")])
def test_from_the_draft_to_the_invitation(
    browser: Browser, office_site: str, width: int, language: str
) -> None:
    journey = Journey(width, language, office_site)
    with (
        open_context(browser, width, language, "light") as mine,
        open_context(browser, width, language, "dark") as theirs,
    ):
        maker, checker = journey.log_in(mine, MAKER), journey.log_in(theirs, CHECKER)
        faults = [listen(page) for page in (maker, checker)]
        journey.look(maker)
        draft(journey, maker)
        approve(journey, checker)
        send_and_mend(journey, maker)
        invite(journey, maker)
        change_at_once(journey, maker, checker)
        said = [line for page in faults for line in page if not {"409", "422"} & set(line.split())]
        assert said == []
