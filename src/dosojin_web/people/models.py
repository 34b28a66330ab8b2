"""Persons, what they were called before, and the index by which names are found."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from dosojin_web.database.append_only import AppendOnly
from dosojin_web.database.encrypted_text import EncryptedDateField, EncryptedTextField


class Person(models.Model):
    """A person; the names stand as they are written, everything personal encrypted.

    Middle names are part of the given name. A person with a single name has no given name. Only
    the family name is always there: what else is needed, the operation that uses it asks for.
    ``version`` counts changes, so that a form that was filled in on an older one is noticed.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    family_name = EncryptedTextField(default="", blank=True)
    given_name = EncryptedTextField(default="", blank=True)
    family_name_kana = EncryptedTextField(default="", blank=True)
    given_name_kana = EncryptedTextField(default="", blank=True)
    family_name_roman = EncryptedTextField(default="", blank=True)
    given_name_roman = EncryptedTextField(default="", blank=True)
    birth_date = EncryptedDateField(null=True, blank=True)
    phone = EncryptedTextField(default="", blank=True)
    email = EncryptedTextField(default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        """The key: a name must not slip into a log."""
        return str(self.key)

    def full_name(self, language: str) -> str:
        """The name for a reader of "ja" (family name first) or "en" (roman letters, given first).

        Without roman letters the English name is the written one.
        """
        if language != "ja" and self.family_name_roman:
            return f"{self.given_name_roman} {self.family_name_roman}".strip()
        return f"{self.family_name} {self.given_name}".strip()

    def renew_index(self) -> None:
        """Make the rows of the index anew, as after a change of the name or of the key."""
        from .name_index import index_names

        NameHash.objects.filter(person=self).delete()
        index_names([self])


class NameHash(models.Model):
    """A keyed hash of something that a person's name is or contains (``name_index``)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="name_hashes")
    hash = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hash", "person"], name="one_name_hash")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class PersonRevision(AppendOnly):
    """What a change replaced: ``before`` is JSON of the fields that changed, with their old values.

    The encrypted column may be written again, under a newer key; its meaning is authenticated.
    """

    changeable: ClassVar[tuple[str, ...]] = ("before",)

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    before = EncryptedTextField()
    who = models.CharField(max_length=32)
    role = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        ordering = ["person", "version"]
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="one_revision_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.version}"
