"""What a certificate says: its versions, and how it stands on a day."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy

from .models import Certificate, CertificateVersion, VersionKind


class CertificateState(models.TextChoices):
    """How a certificate stands on a day."""

    NOT_BEGUN = "not_begun", gettext_lazy("Begins later")
    IN_FORCE = "in_force", gettext_lazy("In force")
    ENDED = "ended", gettext_lazy("Ended")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


def latest_version(certificate: Certificate) -> CertificateVersion:
    """What the certificate says now."""
    return certificate.versions.latest("number")


def version_known_at(certificate: Certificate, moment: datetime) -> CertificateVersion | None:
    """What the certificate said at ``moment``; None before it was issued."""
    return certificate.versions.filter(recorded_at__lte=moment).order_by("number").last()


def state_of(version: CertificateVersion, today: date) -> CertificateState:
    """How the certificate stands on ``today`` if ``version`` is its latest."""
    if version.cancelled:
        return CertificateState.CANCELLED
    if today < version.inception:
        return CertificateState.NOT_BEGUN
    if today <= version.expiry:
        return CertificateState.IN_FORCE
    if version.kind == VersionKind.CANCELLATION:
        return CertificateState.CANCELLED
    return CertificateState.ENDED


def covers(version: CertificateVersion, day: date) -> bool:
    """Whether ``day`` is a day of cover."""
    return not version.cancelled and version.inception <= day <= version.expiry
