"""The page of one letter, and its attachments."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from dosojin_web.mail.attachments import Attachment
from dosojin_web.mail.models import OutgoingMail

from .conftest import Queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    settings.DOSOJIN_DEMO = True


@pytest.fixture
def letter(queue: Queue) -> OutgoingMail:
    return queue(
        name="<b>Hanako</b>",
        plan="https://elsewhere.example/",
        attachments=(Attachment("被保険者証.pdf", b"%PDF-1.7", "application/pdf"),),
    )


def test_only_in_demonstration_mode(
    client: Client, letter: OutgoingMail, settings: Settings
) -> None:
    pages = [f"/mail/{letter.key}/", f"/mail/{letter.key}/attachments/0/"]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    settings.DOSOJIN_DEMO = False
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_who_guesses_gets_404(client: Client, letter: OutgoingMail) -> None:
    for page in (f"/mail/{uuid4()}/", f"/mail/{letter.key}/attachments/1/", "/mail/1/"):
        assert client.get(page).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("ja", "差出人"), ("en", "Sender")])
def test_it_reads_as_it_was_written(
    client: Client, letter: OutgoingMail, language: str, words: str
) -> None:
    text = client.get(f"/mail/{letter.key}/", headers={"Accept-Language": language}).text
    assert words in text and "hanako@univ.example" in text
    assert "&lt;b&gt;Hanako&lt;/b&gt; 様" in text and "<b>Hanako" not in text
    assert '<div class="letter-body" lang="ja">' in text


def test_only_our_own_links_can_be_followed(client: Client, letter: OutgoingMail) -> None:
    text = client.get(f"/mail/{letter.key}/").text
    assert '<a href="/my/certificates/K26-000123/">http://127.0.0.1:8000/my/' in text
    assert 'href="https://elsewhere' not in text


def test_an_attachment_is_saved_under_its_name(client: Client, letter: OutgoingMail) -> None:
    response = client.get(f"/mail/{letter.key}/attachments/0/")
    assert response.content == b"%PDF-1.7"
    assert response.headers["Content-Type"] == "application/pdf"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment") and "%E8%A2%AB" in disposition
