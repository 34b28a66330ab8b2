"""Claim files and worked cases, out and in again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dosojin_web.workbench.mapping import cases_in, judge, parse
from dosojin_web.workbench.models import ClaimDraft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_claim_file_holds_the_claim(client: Client, settled: ClaimDraft, form: str) -> None:
    response = client.get(f"/claims/{settled.key}/claim.{form}")
    assert response.headers["Content-Disposition"].endswith(f'.{form}"')
    assert parse(response.content, "claim") == settled.claim
    assert judge(parse(response.content, "claim")).decision.payable.lo == 120000


def test_another_form_does_not_exist(client: Client, settled: ClaimDraft) -> None:
    assert client.get(f"/claims/{settled.key}/claim.exe").status_code == 404


def test_a_worked_case_says_that_it_must_be_worked(client: Client, settled: ClaimDraft) -> None:
    sent = {"title": "A broken leg is paid.", "story": "On the stairs."}
    response = client.post(f"/claims/{settled.key}/save/", sent)
    text = response.text
    assert "Work the amount out by hand" in text and "to be worked by hand" in text
    [case] = cases_in(response.content, "case.yaml")
    assert case.title == "A broken leg is paid."
    assert case.steps[0].expect["payable"] == 120000
    assert case.steps[0].claim["note"] == "On the stairs."


def test_a_case_without_a_title_is_refused(english: Client, draft: ClaimDraft) -> None:
    response = english.post(f"/claims/{draft.key}/save/", {"story": "kept"})
    assert response.status_code == 422
    assert 'href="#title"' in response.text and "kept</textarea>" in response.text


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_saved_claim_is_opened_again(client: Client, settled: ClaimDraft, form: str) -> None:
    content = client.get(f"/claims/{settled.key}/claim.{form}").content
    response = client.post("/open/", {"file": SimpleUploadedFile(f"claim.{form}", content)})
    other = ClaimDraft.objects.exclude(key=settled.key).get()
    assert response.headers["Location"] == f"/claims/{other.key}/"
    assert other.claim == settled.claim and other.happened == ["injury"]


def test_a_worked_case_is_opened_as_a_claim(client: Client, settled: ClaimDraft) -> None:
    text = client.post(f"/claims/{settled.key}/save/", {"title": "One."}).text
    assert client.post("/open/", {"text": text}).status_code == 302
    other = ClaimDraft.objects.exclude(key=settled.key).get()
    assert "expect" not in other.claim and other.claim["facts"] == settled.claim["facts"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Choose a file"),
        ("just words", "cannot be read here"),
        ("{", "This is not"),
        ("product: gakkensai-1999\nas_of: 2026-01-01", "There is no product"),
        ("- {title: a, expect: {}}\n- {title: b, expect: {}}", "There are 2 worked cases"),
        ("[]", "There are 0 worked cases"),
    ],
)
def test_what_is_no_claim_is_refused(english: Client, text: str, words: str) -> None:
    response = english.post("/open/", {"text": text})
    assert response.status_code == 422 and words in response.text
    assert not ClaimDraft.objects.exists()


def test_a_stranger_gets_404(client: Client) -> None:
    assert client.get("/claims/guessed/save/").status_code == 404
    assert client.get("/claims/guessed/claim.yaml").status_code == 404
