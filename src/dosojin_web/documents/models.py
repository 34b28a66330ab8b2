"""The register of issued documents; their bytes lie in the store."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import get_language

from dosojin_web.database.append_only import AppendOnly
from dosojin_web.database.encrypted_text import EncryptedTextField

from .kinds import DocumentKind
from .shown_values import name_kind


class Document(AppendOnly):
    """A document that was issued: what it says, and by which digest its bytes are known.

    ``reference`` is what it is about, such as a certificate's number. ``sheet`` holds the values as
    JSON; only a rotation of keys writes it again. ``sha256`` is of the PDF.
    """

    changeable: ClassVar[tuple[str, ...]] = ("sheet",)

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(
        max_length=32, choices=[(kind.value, kind.value) for kind in DocumentKind]
    )
    reference = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    sheet = EncryptedTextField()
    values_digest = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    bytes_count = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "reference", "values_digest"], name="one_document_of_a_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"

    @property
    def name(self) -> str:
        """How a list calls it, in the reader's language."""
        return name_kind(DocumentKind(self.kind), "ja" if get_language() == "ja" else "en")

    @property
    def file_name(self) -> str:
        """The name under which a browser saves it."""
        return f"{self.reference}-{self.kind}-{self.language}.pdf"
