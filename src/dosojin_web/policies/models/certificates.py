"""The insured's certificate and its versions."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy

from dosojin_web.database.append_only import AppendOnly

from .applications import Application
from .members import Member
from .schemes import MasterPolicy

CHECK_BYTES = 12


def make_check_token() -> str:
    """What the QR code carries: it says nothing about anyone."""
    return secrets.token_urlsafe(CHECK_BYTES)


class Certificate(models.Model):
    """One student's cover. All that can change stands in its versions."""

    number = models.CharField(max_length=16, unique=True)
    check_token = models.CharField(max_length=24, unique=True, default=make_check_token)
    master = models.ForeignKey(MasterPolicy, on_delete=models.PROTECT, related_name="certificates")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="certificates")
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="certificate"
    )
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        """How audit and ledger name it."""
        return f"certificate:{self.number}"


class VersionKind(models.TextChoices):
    """Why there is a version."""

    ISSUE = "issue", gettext_lazy("Issued")
    EXTENSION = "extension", gettext_lazy("Extended")
    SHORTENING = "shortening", gettext_lazy("Shortened")
    CANCELLATION = "cancellation", gettext_lazy("Cancelled")
    CORRECTION = "correction", gettext_lazy("Corrected")


class CertificateVersion(AppendOnly):
    """What the certificate says from ``recorded_at`` on, until a later version.

    ``effective_from`` is the first day on which the change matters. ``inception`` and ``expiry``
    are the first and last day of cover; a certificate cancelled before it began covers no day and
    has ``cancelled``. ``premium`` is the whole premium of this version and ``premium_change`` what
    it adds to the version before, in yen; both include ``loading``.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=VersionKind)
    recorded_at = models.DateTimeField()
    effective_from = models.DateField()
    plan = models.CharField(max_length=4)
    inception = models.DateField()
    expiry = models.DateField()
    cancelled = models.BooleanField(default=False)
    riders = models.JSONField(default=list)
    premium = models.PositiveIntegerField()
    loading = models.PositiveIntegerField(default=0)
    premium_change = models.IntegerField()
    reason = models.CharField(max_length=400, blank=True)
    actor = models.CharField(max_length=40)

    class Meta:
        ordering = ["certificate", "number"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "number"], name="one_version_a_number"),
        ]
        indexes = [models.Index(fields=["expiry"]), models.Index(fields=["recorded_at"])]

    def __str__(self) -> str:
        return f"{self.certificate_id}/{self.number}"


class AutomaticExtension(AppendOnly):
    """A cause, recorded by the insured, that may extend cover by up to 72 hours (003 l.844).

    It changes no date here: whether and how long is decided with a claim.
    """

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="automatic_extensions"
    )
    cause = models.CharField(max_length=40)
    planned_arrival = models.DateTimeField()
    expected_arrival = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.cause}"
