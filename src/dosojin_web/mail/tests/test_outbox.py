"""The page of all letters."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from .conftest import Queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    settings.DOSOJIN_DEMO = True


def test_only_in_demonstration_mode(client: Client, settings: Settings) -> None:
    assert client.get("/mail/").status_code == 200
    assert client.post("/mail/").status_code == 405
    settings.DOSOJIN_DEMO = False
    assert client.get("/mail/").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "メールはまだありません"), ("en", "No letter yet")]
)
def test_an_empty_outbox_says_so(client: Client, language: str, words: str) -> None:
    assert words in client.get("/mail/", headers={"Accept-Language": language}).text


def test_the_list_and_one_recipient_of_it(client: Client, queue: Queue) -> None:
    queue("one")
    queue("two", to="Taro@univ.example", number="K26-000200")
    text = client.get("/mail/").text
    assert text.index("K26-000200") < text.index("K26-000123"), "the latest first"
    narrowed = client.get("/mail/", {"to": "taro@"}).text
    assert "K26-000200" in narrowed and "K26-000123" not in narrowed
    assert "宛先へのメールはありません" in client.get("/mail/", {"to": "nobody"}).text


def test_a_recipient_is_shown_as_text(client: Client, queue: Queue) -> None:
    queue("plus", to="a+b@univ.example")
    text = client.get("/mail/", {"to": "<script>"}).text
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    assert "?to=a%2Bb%40univ.example" in client.get("/mail/").text


def test_a_long_list_comes_in_pages(client: Client, queue: Queue) -> None:
    for number in range(35):
        queue(str(number), number=f"K26-{number:06}")
    assert client.get("/mail/").text.count('class="letter-row"') == 30
    assert client.get("/mail/?page=2").text.count('class="letter-row"') == 5
