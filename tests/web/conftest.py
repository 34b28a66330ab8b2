"""A browser, and two sites for it to look at.

`site` is the address of an empty site: no accounts, no worker, no payments.

`demo_site` is the demonstration as `make run` starts it, filled (20 certificates, every state),
with the worker and the stand-in for card payments running; one for the whole session.

    def test_a_student_enrols(browser: Browser, demo_site: DemoSite) -> None:
        page = browser.new_context(locale="ja").new_page()
        demo_site.enter(page, "student-new")       # logs in, ends at /my/
        page.goto(demo_site.url + "/my/...")

`enter` takes a key of `dosojin_web.demo.personas.PERSONAS`: student-new and student-abroad, for a
journey that changes them the spare ones student-new-2 to -8 and student-abroad-2 to -8 (they are
alike; take one that no other test takes, as -5 and -6 are by the oversight journeys, -7 and -8 by
the student abroad), university-maker, university-approver, policyholder,
policyholder-2, agency, agency-2, insurer-lead, insurer-co, auditor, university-shiomi(-2),
university-joto(-2). Mails are at /mail/, sent by the worker within some seconds. To look at what
is there by hand: `python -m dosojin_web.demo.run --port 8123 --var SOME_FOLDER`.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS_MAX = 30
FILL_SECONDS_MAX = 180
DEMO_CERTIFICATES = 20


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_OPTIONS)


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(
    server: subprocess.Popen[bytes], port: int, seconds_max: float = START_SECONDS_MAX
) -> None:
    give_up_at = time.monotonic() + seconds_max
    while time.monotonic() < give_up_at:
        assert server.poll() is None, "the server stopped as it started"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"the server did not answer within {seconds_max} s")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site with a database of its own."""
    port = find_free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "dosojin_web.settings.run",
        "DOSOJIN_VAR": str(tmp_path_factory.mktemp("var")),
    }
    manage = [sys.executable, "-m", "dosojin_web.manage"]
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([*manage, *command], env=environment, check=True)
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
        server.terminate()
        server.wait(timeout=10)


@dataclass(frozen=True)
class DemoSite:
    """A running demonstration; `fake` is the address of the stand-in for card payments."""

    url: str
    fake: str

    def enter(self, page: Page, persona: str) -> None:
        """Log `page` in as a persona, whoever it was before; ends at the portal."""
        page.goto(f"{self.url}/demo/")
        token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        answer = page.request.post(
            f"{self.url}/demo/enter/",
            form={"persona": persona, "csrfmiddlewaretoken": token},
            headers={"Referer": f"{self.url}/demo/"},
            max_redirects=0,
        )
        assert answer.status == 302, f"{persona}: {answer.status}, see the list of personas"
        page.goto(self.url + answer.headers["location"])


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """The demonstration with its worker and its payments, as `make run` starts it."""
    port, fake_port = find_free_port(), find_free_port()
    house = subprocess.Popen(
        [
            *(sys.executable, "-m", "dosojin_web.demo.run", "--port", str(port)),
            *("--fake-port", str(fake_port), "--certificates", str(DEMO_CERTIFICATES)),
            *("--var", str(tmp_path_factory.mktemp("demo"))),
        ],
    )
    try:
        wait_for(house, port, FILL_SECONDS_MAX)
        yield DemoSite(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{fake_port}")
    finally:
        house.terminate()
        house.wait(timeout=20)
