"""Events, and where their chain ends."""

from typing import ClassVar

from django.db import models

from dosojin_web.database.append_only import AppendOnly

HASH_LETTERS = 64


class Event(AppendOnly):
    """Someone did something. ``seq`` counts from 1 without gaps.

    ``previous`` is the hash of the event before; ``chain.py`` says what ``hash`` covers.
    """

    # Never drawn from a sequence: the operation counts on from the head. On SQLite this type alone
    # makes the number the row's own address, so that the chain is read in one sweep.
    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    role = models.CharField(max_length=32)
    act = models.CharField(max_length=64)
    about = models.CharField(max_length=128)
    detail = models.TextField()
    previous = models.CharField(max_length=HASH_LETTERS)
    hash = models.CharField(max_length=HASH_LETTERS)

    class Meta:
        indexes = [models.Index(fields=["about", "seq"], name="audit_event_about")]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.about}"


class AuditHead(AppendOnly):
    """The last event, in the one row that every append locks, so that appends queue up."""

    THE_ONE = 1
    changeable: ClassVar[tuple[str, ...]] = ("seq", "hash")

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=HASH_LETTERS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_audit_head")]

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"
