"""Issues a document: renders it, keeps its bytes, and enters it in the register."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record

from ..kinds import Sheet
from ..models import Document
from ..sheet_json import digest_sheet, write_sheet
from ..store import fetch, keep
from .render_document import count_pages, render


def issue(sheet: Sheet, reference: str, actor: Actor, now: datetime) -> Document:
    """The document of ``sheet`` about ``reference``; issued once for the same values.

    NotRendered if it cannot be set. Rendering takes some 30 ms: call it before a transaction that
    others wait for, or from a deadline; what is issued twice at once is entered once.
    """
    written = write_sheet(sheet)
    digest = digest_sheet(written)
    if found := find_document(sheet, reference, digest):
        return found
    printed = render(sheet)
    # The file first: the register never names bytes that are not on disk.
    sha256 = keep(printed)
    with transaction.atomic():
        document, is_new = Document.objects.get_or_create(
            kind=sheet.kind.value,
            reference=reference,
            values_digest=digest,
            defaults={
                "language": sheet.language,
                "sheet": written,
                "sha256": sha256,
                "pages": count_pages(printed),
                "bytes_count": len(printed),
                "issued_at": now,
                "issued_by": actor.who,
            },
        )
        if is_new:
            detail = {"kind": document.kind, "language": document.language, "sha256": sha256}
            record(actor, "document.issue", f"document:{document.key}", detail, now)
    return document


def find_document(sheet: Sheet, reference: str, digest: str) -> Document | None:
    """The document that was issued for these values, if one was."""
    return Document.objects.filter(
        kind=sheet.kind.value, reference=reference, values_digest=digest
    ).first()


def open_document(document: Document) -> bytes:
    """The PDF as it was issued. DocumentAltered or DocumentMissing if the store fails."""
    return fetch(document.sha256)
