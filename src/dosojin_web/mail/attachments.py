"""What goes with a letter."""

from dataclasses import dataclass

from dosojin_web.documents.models import Document

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file by its name: either a document that was issued, or bytes, which the outbox keeps."""

    name: str
    content: bytes | None = None
    content_type: str = "application/octet-stream"
    document: Document | None = None

    def __post_init__(self) -> None:
        if (self.content is None) == (self.document is None):
            raise ValueError(f"the attachment {self.name} needs either bytes or a document")


def attach_document(document: Document, name: str = "") -> Attachment:
    """An issued document as an attachment, under its own file name or ``name``."""
    return Attachment(name or document.file_name, content_type=PDF, document=document)
