"""A real browser on its way to the checkout and back, under our policy of content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from playwright.sync_api import Page, sync_playwright

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.payments.checkout_policy import allow_checkout
from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.payments.models import Payment
from dosojin_web.payments.operations.refresh_payment import refresh_payment
from dosojin_web.payments.operations.start_payment import start_payment
from dosojin_web.payments.purposes import PaymentPurpose, payment_purpose
from dosojin_web.urls import urlpatterns as site_urls
from tests.web.accessibility import find_violations, pixels_too_wide

KEY = "only-for-tests"
FORM = "<!doctype html><title>t</title><form method=post><button>Pay</button></form>"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls(__name__),
    pytest.mark.django_db(transaction=True),
]


@payment_purpose("browser")
class BrowserTrial(PaymentPurpose):
    """Paid is enough."""

    def settle(self, reference: str, payment: Payment, now: datetime) -> None:
        """Nothing follows."""


def start(request: HttpRequest) -> Payment:
    here = request.build_absolute_uri("/")
    return start_payment(
        purpose="browser", reference="B-1", key="B-1:1", amount=12_340,
        description="海外旅行保険 2026年6月1日から8月31日まで", email="",
        return_url=f"{here}paid/", cancel_url=f"{here}pay/", language=request.GET["language"],
        actor=SYSTEM, now=timezone.now(),
    )  # fmt: skip


def pay(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponseRedirect(start(request).url)
    return HttpResponse(FORM)


def hop(request: HttpRequest) -> HttpResponse:
    """A page of our own between the form and the checkout."""
    if request.method == "POST":
        return HttpResponseRedirect("/hop/?on=1&language=ja")
    if "on" in request.GET:
        return HttpResponseRedirect(start(request).url)
    return HttpResponse(FORM)


def paid(request: HttpRequest) -> HttpResponse:
    payment = refresh_payment(Payment.objects.get(), timezone.now())
    return HttpResponse(f"<!doctype html><title>t</title><p>{payment.state}</p>")


urlpatterns = [
    path("pay/", csrf_exempt(allow_checkout(pay))),
    path("hop/", csrf_exempt(hop)),
    path("paid/", paid),
    *site_urls,
]


@pytest.fixture
def fake(settings: Any) -> Iterator[Fake]:
    with run_fake(KEY, KEY) as running:
        settings.STRIPE_API_BASE, settings.STRIPE_API_KEY = running.base, KEY
        settings.CHECKOUT_ORIGIN = running.base
        yield running


def walk(chromium_path: str, steps: Callable[[Page], None]) -> None:
    """Walk pages in a thread of its own: beside Playwright's loop Django refuses its database."""

    def work() -> None:
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox"]
            browser = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
            steps(browser.new_page(viewport={"width": 390, "height": 844}))
            browser.close()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(work).result()


@pytest.mark.parametrize(
    ("language", "declined", "challenge", "approve"),
    [
        ("ja", "残高不足で断られる", "3Dセキュアの本人認証を求められる", "認証に成功する"),
        ("en", "Declined: not enough money", "The bank asks for 3-D Secure", "Pass the check"),
    ],
)
def test_to_the_checkout_and_back(
    live_server: Any,
    chromium_path: str,
    fake: Fake,
    language: str,
    declined: str,
    challenge: str,
    approve: str,
) -> None:
    def steps(page: Page) -> None:
        page.goto(f"{live_server.url}/pay/?language={language}")
        page.get_by_role("button").click()
        page.wait_for_url(f"{fake.base}/pay/**")
        look_at(page)
        choose(page, declined)
        assert page.get_by_role("alert").is_visible()
        look_at(page)
        choose(page, challenge)
        page.wait_for_url("**/challenge/**")
        look_at(page)
        page.get_by_role("button", name=approve).click()
        page.wait_for_url(f"{live_server.url}/paid/")
        assert page.get_by_text("succeeded").is_visible()

    walk(chromium_path, steps)


def look_at(page: Page) -> None:
    assert find_violations(page) == []
    assert pixels_too_wide(page) <= 0


def choose(page: Page, name: str) -> None:
    page.get_by_label(name, exact=True).check()
    page.get_by_role("button").click()


def test_a_page_between_does_not_lead_there_without_the_policy(
    live_server: Any, chromium_path: str, fake: Fake
) -> None:
    """Why the policy is widened: the browser holds it against every step of the way."""

    def steps(page: Page) -> None:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{live_server.url}/hop/")
        page.get_by_role("button").click()
        page.wait_for_timeout(1_000)
        assert not page.url.startswith(fake.base)
        assert any("form-action" in text for text in said), said

    walk(chromium_path, steps)
