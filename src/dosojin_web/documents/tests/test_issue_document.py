"""Issued once, kept as it is, and never opened if it was altered."""

import hashlib
import json
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.audit.models import Event
from dosojin_web.database.append_only import ChangeRefused
from dosojin_web.documents.models import Document
from dosojin_web.documents.operations.issue_document import issue, open_document
from dosojin_web.documents.operations.render_document import render
from dosojin_web.documents.responses import document_response
from dosojin_web.documents.specimens import certificate, english_certificate, receipt
from dosojin_web.documents.store import DocumentAltered, DocumentMissing, find_path

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
AGENT = Actor(12, "agency", "agency")


@pytest.fixture
def document() -> Document:
    return issue(certificate("ja"), "K26-000123", AGENT, NOW)


def test_what_is_kept_is_what_was_rendered(document: Document) -> None:
    content = open_document(document)
    assert content == render(certificate("ja"))
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.kind, document.language, document.pages) == ("certificate", "ja", 1)
    assert document.bytes_count == len(content)
    assert document.issued_by == "user:12"
    assert document.issued_at == NOW


def test_only_the_owner_may_read_the_file(document: Document, folder: Path) -> None:
    path = find_path(document.sha256)
    assert path.is_relative_to(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_the_same_values_are_issued_once(document: Document) -> None:
    later = datetime(2026, 9, 1, tzinfo=UTC)
    assert issue(certificate("ja"), "K26-000123", SYSTEM, later) == document
    assert Document.objects.count() == 1
    assert Event.objects.filter(act="document.issue").count() == 1


def test_other_values_kinds_and_references_are_other_documents(document: Document) -> None:
    others = [
        issue(replace(certificate("ja"), version=2), "K26-000123", AGENT, NOW),
        issue(certificate("en"), "K26-000123", AGENT, NOW),
        issue(english_certificate(), "K26-000123", AGENT, NOW),
        issue(receipt("ja"), "K26-000123", AGENT, NOW),
        issue(certificate("ja"), "K26-000124", AGENT, NOW),
    ]
    assert len({document.pk, *(other.pk for other in others)}) == 6


def test_the_audit_trail_names_no_person(document: Document) -> None:
    event = Event.objects.get(act="document.issue")
    assert event.about == f"document:{document.key}"
    assert document.sha256 in event.detail
    assert "佐藤" not in event.detail


def test_the_values_are_encrypted(document: Document) -> None:
    values = json.loads(Document.objects.get().sheet)
    assert values["kind"] == "certificate"
    assert values["insured"]["name"] == "佐藤 遥"
    assert values["sums"][2]["amount"] == "unlimited"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sheet FROM documents_document")
        assert "佐藤".encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "alter",
    [
        lambda content: content[:-1] + b"\n\n",
        lambda content: content + b" ",
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: b"",
    ],
)
def test_an_altered_file_is_not_opened(document: Document, alter: object) -> None:
    path = find_path(document.sha256)
    content = path.read_bytes()
    path.write_bytes(alter(content))  # type: ignore[operator]
    assert path.read_bytes() != content
    with pytest.raises(DocumentAltered, match="backup"):
        open_document(document)
    with pytest.raises(DocumentAltered):
        document_response(document)


def test_a_missing_file_is_said_to_be_missing(document: Document) -> None:
    find_path(document.sha256).unlink()
    with pytest.raises(DocumentMissing, match="backup"):
        open_document(document)


def test_issuing_again_mends_nothing_in_silence(document: Document) -> None:
    """The register has the document, so the store is asked again only when it is opened."""
    find_path(document.sha256).write_bytes(b"altered")
    issue(certificate("ja"), "K26-000123", AGENT, NOW)
    with pytest.raises(DocumentAltered):
        open_document(document)


def test_a_document_is_never_changed(document: Document) -> None:
    with pytest.raises(ChangeRefused):
        document.save()
    with pytest.raises(ChangeRefused):
        document.delete()
    for statement in (
        "UPDATE documents_document SET sha256 = 'x'",
        "DELETE FROM documents_document",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(("as_attachment", "said"), [(False, "inline"), (True, "attachment")])
def test_the_answer_to_a_browser(document: Document, as_attachment: bool, said: str) -> None:
    response = document_response(document, as_attachment)
    assert response.content == open_document(document)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'{said}; filename="K26-000123-certificate-ja.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}
