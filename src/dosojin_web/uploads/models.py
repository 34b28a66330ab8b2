"""Files that people sent, each with what its content turned out to be."""

from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from dosojin_web.database.append_only import AppendOnly
from dosojin_web.database.encrypted_text import EncryptedTextField


class FileKind(models.TextChoices):
    """What a content can be; the value is its media type."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    HEIC = "image/heic", "HEIC"
    CSV = "text/csv", "CSV"


ENDINGS = {
    FileKind.PDF: "pdf",
    FileKind.JPEG: "jpg",
    FileKind.PNG: "png",
    FileKind.HEIC: "heic",
    FileKind.CSV: "csv",
}


class Upload(AppendOnly):
    """One file. It lies under its key, a random one, in a folder that no web server shows.

    ``sent_name`` is what the sender called it; people write names and illnesses into it, so it is
    encrypted, and may be written again under a newer key. ``pages`` are those of a PDF, ``width``
    and ``height`` the pixels of an image as it is looked at, ``encoding`` that of a text; each is
    empty for other kinds. ``is_converted`` says that a JPEG lies beside.
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
    def path(self) -> Path:
        """Where the bytes lie as they were sent."""
        return place_of(str(self.key))

    @property
    def converted_path(self) -> Path:
        """Where the JPEG lies that was made of it."""
        return place_of(f"{self.key}.jpg")


def place_of(name: str) -> Path:
    """A path in the folder of uploads; spread over folders by the first letters of the key."""
    folder: Path = settings.VAR / "uploads"
    return folder / name[:2] / name
