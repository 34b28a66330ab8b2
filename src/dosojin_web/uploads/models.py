"""Files that people sent, each with what its content turned out to be."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from dosojin_web.database.append_only import AppendOnly
from dosojin_web.database.encrypted_text import EncryptedTextField

from . import store


class FileKind(models.TextChoices):
    """What a content can be; the value is its media type."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    HEIC = "image/heic", "HEIC"
    CSV = "text/csv", "CSV"


PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.HEIC})
ENDINGS = {
    FileKind.PDF: "pdf",
    FileKind.JPEG: "jpg",
    FileKind.PNG: "png",
    FileKind.HEIC: "heic",
    FileKind.CSV: "csv",
}


class Upload(AppendOnly):
    """One file. It lies encrypted under its key, in a folder that no web server shows.

    ``sent_name`` is what the sender called it; people write names and illnesses into it, so it is
    encrypted, and may be written again under a newer key. ``pages`` are those of a PDF, ``width``
    and ``height`` the pixels of an image as it is looked at, ``encoding`` that of a text; each is
    empty for other kinds. ``is_converted`` says that a JPEG of the pixels alone lies beside, which
    is what people are shown: every picture has one, but for those sent before that was the rule.
    """

    changeable: ClassVar[tuple[str, ...]] = ("sent_name",)

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=40)
    kind = models.CharField(max_length=32, choices=FileKind)
    sent_name = EncryptedTextField(default="", blank=True)
    size_bytes = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    encoding = models.CharField(max_length=16, default="", blank=True)
    is_converted = models.BooleanField(default=False)
    who = models.CharField(max_length=32)
    role = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["who", "purpose", "digest"], name="same_file_is_one_upload"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def names(self) -> tuple[str, str]:
        """Under which names the store has it: as it was sent, and the picture made of it."""
        return str(self.key), f"{self.key}.jpg"

    def read(self) -> bytes:
        """The bytes as they were sent: evidence. UploadDamaged if they are not those."""
        return store.fetch(self.names[0])

    def read_picture(self) -> bytes:
        """The JPEG that was made of a picture. UploadDamaged if it is not that one."""
        return store.fetch(self.names[1])
