"""What persons have agreed to, refused and taken back; and the words that they were shown."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from dosojin_web.database.append_only import AppendOnly
from dosojin_web.database.encrypted_text import EncryptedTextField
from dosojin_web.people.models import Person
from dosojin_web.uploads.models import Upload


class ConsentKind(models.TextChoices):
    """What an entry says."""

    GIVEN = "given", gettext_lazy("Consent given")
    REFUSED = "refused", gettext_lazy("Consent refused")
    REVOKED = "revoked", gettext_lazy("Consent taken back")


class ConsentText(AppendOnly):
    """Words that were shown, kept for as long as somebody has agreed to them."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    title = models.TextField()
    text = models.TextField()
    without = models.TextField()

    def __str__(self) -> str:
        return f"{self.purpose} {self.version} {self.language}"


class ConsentEntry(AppendOnly):
    """One thing that a person, or somebody for them, said about a purpose at a moment.

    ``scope`` "" is everything; another, such as ``case:12``, that alone. After ``expires_at`` a
    consent no longer counts. The signer's name, when it is not the person, is encrypted, and may be
    written again under a newer key.
    """

    changeable: ClassVar[tuple[str, ...]] = ("signer_name",)

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=ConsentKind)
    scope = models.CharField(max_length=64, default="", blank=True)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT)
    signer = models.CharField(max_length=16)
    signer_name = EncryptedTextField(default="", blank=True)
    evidence = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    who = models.CharField(max_length=32)
    role = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "at"], name="consent_at_a_moment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ConsentKind.values), name="consent_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(kind=ConsentKind.GIVEN, expires_at__gt=F("at")),
                name="only_what_is_given_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose} {self.kind}"
