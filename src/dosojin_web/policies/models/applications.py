"""A student's way from the invitation to the payment."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy

from dosojin_web.database.encrypted_text import EncryptedTextField

from .history import HistoryEntry
from .members import Member


class ApplicationState(models.TextChoices):
    """How far an application is."""

    DRAFT = "draft", gettext_lazy("Being filled in")
    REFERRED = "referred", gettext_lazy("The agency is asked")
    AWAITING_PAYMENT = "awaiting_payment", gettext_lazy("Waiting for payment")
    ENROLLED = "enrolled", gettext_lazy("Enrolled")
    REFUSED = "refused", gettext_lazy("Not accepted")
    WITHDRAWN = "withdrawn", gettext_lazy("Given up")


OPEN_STATES = (
    ApplicationState.DRAFT,
    ApplicationState.REFERRED,
    ApplicationState.AWAITING_PAYMENT,
)


class Application(models.Model):
    """What a student has answered so far; one open application for each place on a roster.

    ``answers`` is JSON: what was disclosed (operations/disclose.py says which questions there
    are). ``premium`` and ``loading`` are whole yen, fixed when the student goes to pay;
    ``attempt`` counts the payments begun, so that each has a key of its own.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(
        max_length=16, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    departs_on = models.DateField(null=True, blank=True)
    returns_on = models.DateField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    plan = models.CharField(max_length=4, blank=True)
    answers = EncryptedTextField(blank=True, default="")
    read_matters = models.CharField(max_length=64, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    premium = models.PositiveIntegerField(null=True, blank=True)
    loading = models.PositiveIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(state__in=OPEN_STATES),
                name="one_open_application",
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def about(self) -> str:
        """How audit and ledger name it."""
        return f"application:{self.key}"

    @property
    def total(self) -> int:
        """The amount to pay, in yen: the tariff's premium and the loading."""
        return (self.premium or 0) + self.loading


class ApplicationEntry(HistoryEntry):
    """What happened to an application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="entries")

    def __str__(self) -> str:
        return f"{self.application_id} {self.act}"


class ReferralState(models.TextChoices):
    """What the agency has answered."""

    OPEN = "open", gettext_lazy("Waiting for the agency")
    PROPOSED = "proposed", gettext_lazy("Waiting for a second person")
    QUOTED = "quoted", gettext_lazy("Accepted with a loading")
    REFUSED = "refused", gettext_lazy("Not accepted by the agency")


class Referral(models.Model):
    """Dangerous sports or work: no loading is published, so the agency quotes by hand, with a
    reason (003 l.894-899). A loading above what its author may decide waits for a second person.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="referrals")
    hazards = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ReferralState, default=ReferralState.OPEN)
    version = models.PositiveIntegerField(default=1)
    loading = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.state}"

    @property
    def about(self) -> str:
        """How audit and ledger name it."""
        return f"referral:{self.key}"
