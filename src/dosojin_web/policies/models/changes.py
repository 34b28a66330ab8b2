"""Requests to change a certificate."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy

from dosojin_web.database.encrypted_text import EncryptedTextField

from .certificates import Certificate
from .history import HistoryEntry


class ChangeKind(models.TextChoices):
    """What is asked for."""

    EXTENSION = "extension", gettext_lazy("Extension")
    SHORTENING = "shortening", gettext_lazy("Shortening")
    CANCELLATION = "cancellation", gettext_lazy("Cancellation")


class ChangeState(models.TextChoices):
    """How far the request is.

    An extension goes from the agency (``reviewed``) to the policyholder (``confirmed``) and waits
    for its premium; anything that gives premium back goes to the policyholder at once.
    """

    REQUESTED = "requested", gettext_lazy("Requested")
    REVIEWED = "reviewed", gettext_lazy("Checked by the agency")
    AWAITING_PREMIUM = "awaiting_premium", gettext_lazy("Waiting for the additional premium")
    DONE = "done", gettext_lazy("Carried out")
    REFUSED = "refused", gettext_lazy("Turned down")
    WITHDRAWN = "withdrawn", gettext_lazy("Taken back")
    LAPSED = "lapsed", gettext_lazy("Lapsed: not complete in time")


OPEN_STATES = (ChangeState.REQUESTED, ChangeState.REVIEWED, ChangeState.AWAITING_PREMIUM)


class ChangeRequest(models.Model):
    """A change asked for by a student, or by the agency for a proxy who called.

    ``base_version`` is the version it was asked on: another one in between makes it stale.
    ``last_day`` is the last covered day that is wished (for a cancellation before inception, the
    day before it). ``proxy`` is JSON: who acts in Japan for a student abroad (003 l.820-832).
    ``premium_change`` is whole yen, positive to pay, negative to give back, as last quoted;
    ``loading_change`` the part of it that the agency quoted by hand.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=ChangeKind)
    state = models.CharField(max_length=16, choices=ChangeState, default=ChangeState.REQUESTED)
    version = models.PositiveIntegerField(default=1)
    base_version = models.PositiveIntegerField()
    last_day = models.DateField()
    plan = models.CharField(max_length=4)
    riders_lost = models.JSONField(default=list)
    premium_change = models.IntegerField()
    loading_change = models.IntegerField(default=0)
    reason = models.CharField(max_length=400, blank=True)
    proxy = EncryptedTextField(blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)
    attempt = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=models.Q(state__in=OPEN_STATES),
                name="one_open_change",
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"])]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind} {self.state}"

    @property
    def about(self) -> str:
        """How audit and ledger name it."""
        return f"change:{self.key}"


class ChangeEntry(HistoryEntry):
    """What happened to a request."""

    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="entries")

    def __str__(self) -> str:
        return f"{self.change_id} {self.act}"
