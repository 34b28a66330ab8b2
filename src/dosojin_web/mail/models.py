"""The outbox: every letter as it was written, and what became of it."""

from enum import StrEnum
from uuid import uuid4

from django.db import models

from dosojin_web.database.encrypted_text import EncryptedTextField
from dosojin_web.database.leases import Leased
from dosojin_web.documents.models import Document
from dosojin_web.documents.operations.issue_document import open_document

from .encrypted_bytes import EncryptedBytesField

WAITS = models.Q(sent_at=None, failed_at=None)


class Progress(StrEnum):
    """How far a letter is."""

    WAITING = "waiting"
    RETRYING = "retrying"
    SENT = "sent"
    FAILED = "failed"


class OutgoingMail(Leased):
    """One letter to one address. ``queue_key`` says why it is sent; there is never a second one.

    Subject and body are rendered when it is queued: what is kept is what was sent. ``key`` names
    it in its Message-ID and on the development page. ``about`` reads "certificate:K26-000123".
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    queue_key = models.CharField(max_length=200, unique=True)
    to = EncryptedTextField()
    template = models.CharField(max_length=100)
    language = models.CharField(max_length=2)
    subject = EncryptedTextField()
    body = EncryptedTextField()
    about = models.CharField(max_length=100, default="", db_index=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["try_at", "id"], condition=WAITS, name="mail_waits")]

    def __str__(self) -> str:
        return self.queue_key

    @property
    def progress(self) -> Progress:
        """How far it is."""
        if self.sent_at:
            return Progress.SENT
        if self.failed_at:
            return Progress.FAILED
        return Progress.RETRYING if self.attempts else Progress.WAITING


class MailAttachment(models.Model):
    """A file that goes with a letter: a document that was issued, or bytes of its own."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="attachments")
    place = models.PositiveSmallIntegerField()
    name = EncryptedTextField()
    content_type = models.CharField(max_length=100)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    content = EncryptedBytesField(null=True)

    class Meta:
        ordering = ["mail", "place"]
        constraints = [
            models.UniqueConstraint(fields=["mail", "place"], name="one_attachment_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.mail_id} {self.place}"

    def read(self) -> bytes:
        """The bytes. DocumentAltered if the document is not as it was issued."""
        return open_document(self.document) if self.document else bytes(self.content or b"")
