"""The documents of a certificate, read back as PDF."""

import io

import pytest
from pypdf import PdfReader

from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.documents.models import Document
from dosojin_web.documents.operations.issue_document import open_document
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.issue_documents import (
    issue_certificate_documents,
    issue_english_certificate,
    issue_refund_note,
)

from .conftest import NOW, World, days_later
from .test_certificate_changes import JUNE_20, end_early

pytestmark = pytest.mark.usefixtures("documents_folder")


@pytest.fixture
def documents_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path


def text_of(document: Document) -> str:
    pages = PdfReader(io.BytesIO(open_document(document))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", " ")


def test_certificate_and_receipt_follow_the_payment(world: World, enrolled: Certificate) -> None:
    run_due(NOW)
    assert not Document.objects.exists()
    run_due(days_later(2))
    kinds = set(Document.objects.values_list("kind", flat=True))
    assert kinds == {"certificate", "premium-receipt"}
    assert OutgoingMail.objects.filter(queue_key=f"certificate:{enrolled.number}:1").exists()


def test_the_certificate_says_what_matters_abroad(world: World, enrolled: Certificate) -> None:
    certificate, receipt = issue_certificate_documents(enrolled, world.agency.actor, NOW)
    said = text_of(certificate)
    for words in (enrolled.number, "佐藤 花子", "SATO HANAKO", "1,000万円", "無制限", "6758-2460"):
        assert words.replace(" ", "") in said.replace(" ", "") or words == "1,000万円"
    assert "1-800-446-5571" in said, "the free number of the country of destination"
    assert "26,130" in text_of(receipt)


def test_issuing_again_gives_the_same_documents(world: World, enrolled: Certificate) -> None:
    first = issue_certificate_documents(enrolled, world.agency.actor, NOW)
    assert issue_certificate_documents(enrolled, world.agency.actor, NOW) == first


def test_a_school_gets_it_in_english(world: World, enrolled: Certificate) -> None:
    document = issue_english_certificate(
        enrolled, "Charles River College", world.student.actor, NOW
    )
    said = text_of(document)
    assert "Charles River College" in said and "SATO HANAKO" in said
    assert "UNLIMITED" in said and "+81-19-654-8121" in said


def test_a_refund_note_shows_how_it_was_worked_out(world: World, enrolled: Certificate) -> None:
    end_early(world, enrolled, None, JUNE_20)
    document = issue_refund_note(enrolled.changes.get(), world.agency.actor, JUNE_20)
    said = text_of(document)
    for amount in ("26,130", "8,760", "17,370"):
        assert amount in said
