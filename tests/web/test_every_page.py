"""What holds for every page: its language, its policy of content, its weight, its headers."""

from __future__ import annotations

import gzip
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from pytest_django import Settings

from dosojin_web.workbench.models import ClaimDraft

PAGES = [
    "/",
    "/?edition=gakkensai-2025",
    "/open/",
    "/wording/gakkensai-2025/",
    "/components/",
    "/directory/",
    "/accounts/login/",
    "/accounts/enter/",
    "/accounts/password/reset/",
    "/no/such/page/",
    "/claims/KEY/",
    "/claims/KEY/?ask=circumstances",
    "/claims/KEY/happened/",
    "/claims/KEY/receipts/",
    "/claims/KEY/decision/",
    "/claims/KEY/what-if/",
    "/claims/KEY/save/",
]
CLAIM = {
    "product": "gakkensai-2026",
    "plan": "D",
    "as_of": "2026-09-10",
    "policy": {"inception": "2026-06-01", "expiry": "2026-08-31"},
    "facts": {"cause": "injury"},
    "expenses": [
        {"category": "physician_and_hospital", "amount": 120000, "status": "paid"},
        {"category": "rescuer_fare", "amount": 210000, "person": "mother", "status": "estimated"},
    ],
}
pytestmark = pytest.mark.django_db
# Beyond what others wrote, a page with its styles and scripts weighs at most this on the wire.
WEIGHT_MAX = 60 * 1024

each_page = pytest.mark.parametrize("address", PAGES)
each_language = pytest.mark.parametrize("language", ["ja", "en"])


def get(client: Client, address: str, language: str = "ja") -> HttpResponse:
    """The page; for one of a claim, such a claim is there."""
    if "KEY" in address:
        key = ClaimDraft.objects.create(claim=CLAIM, happened=["injury", "someone_comes"]).key
        address = address.replace("KEY", key)
    return client.get(address, headers={"Accept-Language": language})


def fetch(client: Client, address: str, language: str = "ja") -> str:
    return get(client, address, language).text


@each_page
@each_language
def test_the_language_is_named(client: Client, address: str, language: str) -> None:
    assert f'<html lang="{language}"' in fetch(client, address, language)


@each_page
@each_language
def test_the_words_are_in_that_language(client: Client, address: str, language: str) -> None:
    main = re.search(r"<main.*</main>", fetch(client, address, language), re.DOTALL)
    assert main is not None
    words = re.sub(r"<[^>]+>", " ", main.group())
    japanese = len(re.findall(r"[ぁ-んァ-ヶ一-龠]", words))
    latin_words = len(re.findall(r"[A-Za-z]{3,}", words))
    assert (japanese > latin_words) == (language == "ja")


@each_page
def test_the_policy_allows_nothing_unsafe(client: Client, address: str) -> None:
    policy = get(client, address).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert not re.search(r"https?:|\*|data:", policy)


@each_page
def test_scripts_carry_the_nonce_of_the_answer(client: Client, address: str) -> None:
    response = get(client, address)
    nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
    assert nonce is not None
    scripts = re.findall(r"<script[^>]*>", response.text)
    assert scripts and all(f'nonce="{nonce.group(1)}"' in script for script in scripts)


@each_page
def test_nothing_comes_from_elsewhere(client: Client, address: str) -> None:
    text = fetch(client, address)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)


@each_page
def test_the_headers_say_no_by_default(client: Client, address: str) -> None:
    headers = get(client, address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@each_page
@each_language
def test_a_page_is_light(client: Client, address: str, language: str) -> None:
    text = fetch(client, address, language)
    files = re.findall(r"""(?:src|href)=["'](/static/[^"']+)["']""", text)
    ours = [file for file in files if "/django_htmx/" not in file]
    weight = len(gzip.compress(text.encode()))
    for file in ours:
        response = client.get(file)
        assert response.status_code == 200, file
        weight += len(gzip.compress(response.getvalue()))
    assert weight <= WEIGHT_MAX, weight


@pytest.mark.parametrize("address", [page for page in PAGES if "KEY" in page])
def test_a_stranger_gets_404(client: Client, address: str) -> None:
    assert client.get(address.replace("KEY", "guessed")).status_code == 404
    assert client.post(address.replace("KEY", "guessed")).status_code in (404, 405)


@each_page
def test_every_id_is_there_once(client: Client, address: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', fetch(client, address))
    assert sorted(ids) == sorted(set(ids))


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


class WithAFault:
    """The site's addresses and one that fails."""

    urlpatterns = [path("fails/", fail), path("", include("dosojin_web.urls"))]  # noqa: RUF012
    handler500 = "dosojin_web.errors.server_failed"


@each_language
def test_our_own_fault_has_a_page(language: str, settings: Settings) -> None:
    settings.ROOT_URLCONF = WithAFault
    client = Client(raise_request_exception=False)
    response = client.get("/fails/", headers={"Accept-Language": language})
    assert response.status_code == 500
    assert f'<html lang="{language}"' in response.text
    assert "RuntimeError" not in response.text and "a fault of ours" not in response.text
    assert ("原因はこちらにあります" in response.text) == (language == "ja")


def test_a_request_that_cannot_be_read_has_a_page() -> None:
    from dosojin_web.errors import bad_request

    response = bad_request(RequestFactory().get("/"))
    assert response.status_code == 400 and b"<h1>" in response.content


def test_an_old_form_has_a_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/", headers={"Accept-Language": "en"})
    assert response.status_code == 403
    assert "Please send the form again" in response.text
