"""Proof of cover in English for a school or a visa."""

import io

import pytest
from pypdf import PdfReader
from pytest import MonkeyPatch

from dosojin_web.documents.models import Document
from dosojin_web.documents.operations.issue_document import open_document
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.decide_change import confirm_change
from dosojin_web.policies.operations.request_change import request_early_end

from .abroad import JULY_10, as_user, change_meanwhile, travel
from .conftest import NOW, Reader, World, hidden_fields

pytestmark = pytest.mark.django_db
PAGE = "english/"
SCHOOL = "Charles River College"


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path


def made() -> list[Document]:
    return list(Document.objects.filter(kind="english-certificate"))


def test_it_warns_of_the_school_s_own_minimum(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    text = travel(enrolled, monkeypatch).get(PAGE).text
    assert "sums and cover that this insurance does not provide" in text
    assert not made()


def test_it_is_made_at_once(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    student = travel(enrolled, monkeypatch)
    answer = student.send(PAGE, addressee=f"  {SCHOOL} ")
    assert answer.status_code == 302
    (document,) = made()
    printed = PdfReader(io.BytesIO(open_document(document))).pages[0].extract_text()
    assert SCHOOL in printed.replace("\n", " ")
    page = student.get(PAGE).text
    assert SCHOOL in page and f"/my/documents/{document.key}/?save" in page


def test_twice_is_once(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    student = travel(enrolled, monkeypatch)
    fields = hidden_fields(student.get(PAGE).text)
    assert [student.post(PAGE, fields, addressee="").status_code for _ in range(2)] == [302, 302]
    assert len(made()) == 1


@pytest.mark.parametrize("addressee", ["x" * 81, "\N{ANCHOR}"])
def test_what_cannot_be_printed_is_said_beside_the_field(
    enrolled: Certificate, monkeypatch: MonkeyPatch, addressee: str
) -> None:
    answer = travel(enrolled, monkeypatch).send(PAGE, addressee=addressee)
    assert answer.status_code == 422
    assert 'id="addressee-error"' in answer.text and 'href="#addressee"' in answer.text
    assert f'value="{addressee}"' in answer.text, "what was typed is kept"
    assert not made()


def test_a_stale_form_shows_both_versions(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch)
    fields = hidden_fields(student.get(PAGE).text)
    change_meanwhile(enrolled, world.policyholder, JULY_10)
    answer = student.post(PAGE, fields, addressee=SCHOOL)
    assert answer.status_code == 409
    assert "Sat 31 July 2027" in answer.text and "Sun 25 July 2027" in answer.text
    again = hidden_fields(answer.text)
    assert again["addressee"] == SCHOOL and again["version"] == "2"
    assert student.post(PAGE, again).status_code == 409, "neither was chosen"
    assert student.post(PAGE, again, stands="theirs").status_code == 302
    assert not made()
    assert student.post(PAGE, again, stands="mine").status_code == 302
    assert len(made()) == 1


def test_nothing_is_certified_of_cover_that_never_begins(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    change = request_early_end(enrolled, None, "", 1, world.actor, NOW)
    confirm_change(change, 1, world.policyholder.actor, NOW)
    student = travel(enrolled, monkeypatch, NOW)
    assert "nothing to certify" in student.get(PAGE).text
    assert student.post(PAGE, version="2").status_code == 422
    assert not made()


def test_a_stranger_gets_404(enrolled: Certificate, stranger: Reader) -> None:
    root = f"/my/certificates/{enrolled.number}/{PAGE}"
    assert stranger.client.get(root).status_code == 404
    assert stranger.client.post(root, {"version": "1"}).status_code == 404


def test_staff_gets_403(world: World, enrolled: Certificate) -> None:
    assert as_user(world.agency.user.pk, enrolled).get(PAGE).status_code == 403
