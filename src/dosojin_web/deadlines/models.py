"""What has to happen, when, and what became of it."""

from enum import StrEnum

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from dosojin_web.database.leases import Leased

WAITS = models.Q(done_at=None, cancelled_at=None, failed_at=None)


class Progress(StrEnum):
    """How far a deadline is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Deadline(Leased):
    """One effect that is owed at ``due_at``. Kind and key name it; there is never a second one.

    It is tried first at ``due_at``. ``payload`` holds ids, never what is known of a person.
    """

    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_deadline_a_kind_and_key"),
        ]
        indexes = [
            models.Index(fields=["try_at", "id"], condition=WAITS, name="deadline_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def progress(self) -> Progress:
        """How far it is. One whose worker was killed runs until another takes it over."""
        if self.done_at:
            return Progress.DONE
        if self.cancelled_at:
            return Progress.CANCELLED
        if self.failed_at:
            return Progress.FAILED
        return Progress.RUNNING if self.lease_holder else Progress.WAITING
