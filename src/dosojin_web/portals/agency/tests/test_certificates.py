"""Certificates: found, shown, sent again."""

import re

import pytest

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.documents.models import Document
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.models import Certificate, ChangeRequest
from dosojin_web.policies.operations.issue_documents import issue_certificate_documents
from dosojin_web.policies.tests.conftest import NOW, World
from dosojin_web.policies.tests.test_certificate_changes import end_early

from .conftest import Desk, another_certificate, count_queries

pytestmark = pytest.mark.django_db


def address(certificate: Certificate, act: str = "") -> str:
    return f"/agency/certificates/{certificate.number}/" + (f"{act}/" if act else "")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "佐藤"}, True), ({"q": "SATO"}, True), ({"q": "26A0001"}, True),
        ({"q": "鈴木"}, False), ({"state": "not_begun"}, True), ({"state": "ended"}, False),
        ({"state": "cancelled"}, False), ({"university": "hokurei"}, True),
        ({"university": "joto"}, False), ({"state": "x", "university": ""}, True),
    ],
)  # fmt: skip
def test_search(desk: Desk, enrolled: Certificate, query: dict[str, str], found: bool) -> None:
    assert (address(enrolled) in desk.read("/agency/certificates/", **query)) == found


def test_a_cancelled_one_is_found_as_such(world: World, desk: Desk, enrolled: Certificate) -> None:
    end_early(world, enrolled, None, NOW)
    assert address(enrolled) in desk.read("/agency/certificates/", state="cancelled")
    text = desk.read(address(enrolled))
    assert "Send the mail again" not in text
    assert desk.post(address(enrolled, "send"), token="t").status_code == 422
    assert desk.post(address(enrolled, "english"), addressee="").status_code == 422


def test_more_certificates_take_no_more_queries(
    world: World, desk: Desk, extension: ChangeRequest, enrolled: Certificate
) -> None:
    with count_queries() as few:
        desk.read("/agency/certificates/")
    for number in range(2, 5):
        another_certificate(world, extension, number)
    with count_queries() as many:
        assert desk.read("/agency/certificates/").count("HANAKO SATO") == 4
    assert len(many) == len(few)


def test_the_page_shows_the_whole(desk: Desk, enrolled: Certificate) -> None:
    text = desk.read(address(enrolled))
    for words in (enrolled.number, "HANAKO SATO", "26,130", "Disclosed at enrolment"):
        assert words in text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))


def test_the_mail_goes_out_once_a_form(desk: Desk, enrolled: Certificate) -> None:
    issue_certificate_documents(enrolled, SYSTEM, NOW)
    mails = OutgoingMail.objects.filter(template="policies/mail/certificate")
    for token in ("t1", "t1", "t2"):
        assert desk.post(address(enrolled, "send"), token=token).status_code == 302
    assert mails.count() == 3


def test_an_english_certificate(desk: Desk, stranger: Desk, enrolled: Certificate) -> None:
    sent = {"addressee": "Charles River College"}
    assert desk.post(address(enrolled, "english"), **sent).status_code == 302
    document = Document.objects.get(kind="english-certificate")
    page = f"/agency/documents/{document.key}/"
    assert page in desk.read(address(enrolled))
    assert desk.get(page).headers["Content-Type"] == "application/pdf"
    assert stranger.get(page).status_code == 404
    assert stranger.post(address(enrolled, "english")).status_code == 404
    answer = desk.post(address(enrolled, "english"), addressee="x" * 101)
    assert answer.status_code == 422 and 'id="addressee-error"' in answer.text
