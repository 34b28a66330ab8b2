"""How each member of a roster stands, worked out by the database for whole lists."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Count, DateField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from .models import (
    Application,
    ApplicationState,
    CertificateVersion,
    Member,
    ProgrammeState,
    VersionKind,
)

SOON_DAYS = 30


class Standing(models.TextChoices):
    """From the invitation to the end of cover."""

    WITHDRAWN = "withdrawn", gettext_lazy("Off the roster")
    NOT_INVITED = "not_invited", gettext_lazy("Not invited yet")
    INVITED = "invited", gettext_lazy("Invited")
    APPLYING = "applying", gettext_lazy("Filling in")
    REFERRED = "referred", gettext_lazy("The agency is asked")
    AWAITING_PAYMENT = "awaiting_payment", gettext_lazy("Waiting for payment")
    REFUSED = "refused", gettext_lazy("Not accepted")
    ENROLLED = "enrolled", gettext_lazy("Enrolled, before departure")
    ON_TRIP = "on_trip", gettext_lazy("On the trip")
    ENDED = "ended", gettext_lazy("Cover ended")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


UNCOVERED = (
    Standing.NOT_INVITED,
    Standing.INVITED,
    Standing.APPLYING,
    Standing.REFERRED,
    Standing.AWAITING_PAYMENT,
    Standing.REFUSED,
    Standing.CANCELLED,
)
"""Standings in which a student who travels has no cover."""


def with_standing(members: models.QuerySet[Member], today: date) -> models.QuerySet[Member, Member]:
    """``members`` with ``standing`` (a word of ``Standing``), ``cover_from``, ``cover_until``,
    ``latest_version`` (its id) and ``certificate_number``; the last four may be None.

    Each is looked up for every row that the database has to put in order: of a long list, find the
    rows first and annotate those that are shown.
    """
    latest = _latest_version()
    # The type of an annotated queryset does not know its annotations.
    known: models.QuerySet[Any, Any] = members.annotate(
        latest_version=Subquery(latest.values("pk")[:1]),
        certificate_number=Subquery(latest.values("certificate__number")[:1]),
        cover_from=Subquery(latest.values("inception")[:1], output_field=DateField()),
        cover_until=Subquery(latest.values("expiry")[:1], output_field=DateField()),
        standing=_standing(today),
    )
    return known


def _latest_version() -> models.QuerySet[CertificateVersion]:
    return CertificateVersion.objects.filter(certificate__member=OuterRef("pk")).order_by(
        "-certificate_id", "-number"
    )


def _standing(today: date) -> Coalesce:
    """A certificate says it, unless it never began; then an application, then the invitation."""
    cover = Case(
        When(cancelled=True, then=Value(None)),
        When(expiry__lt=today, kind=VersionKind.CANCELLATION, then=Value(Standing.CANCELLED)),
        When(expiry__lt=today, then=Value(Standing.ENDED)),
        When(inception__gt=today, then=Value(Standing.ENROLLED)),
        default=Value(Standing.ON_TRIP),
        output_field=models.CharField(),
    )
    applied = {
        ApplicationState.DRAFT: Standing.APPLYING,
        ApplicationState.REFERRED: Standing.REFERRED,
        ApplicationState.AWAITING_PAYMENT: Standing.AWAITING_PAYMENT,
        ApplicationState.REFUSED: Standing.REFUSED,
        # Enrolled, and yet no certificate that began: it was cancelled.
        ApplicationState.ENROLLED: Standing.CANCELLED,
    }
    application = Case(
        *(When(state=state, then=Value(word)) for state, word in applied.items()),
        output_field=models.CharField(),
    )
    latest = Application.objects.filter(member=OuterRef("pk")).order_by("-pk")
    off = When(withdrawn_at__isnull=False, then=Value(Standing.WITHDRAWN))
    new = When(invited_at__isnull=True, then=Value(Standing.NOT_INVITED))
    return Coalesce(
        Subquery(_latest_version().annotate(word=cover).values("word")[:1]),
        Case(off, output_field=models.CharField()),
        Subquery(latest.annotate(word=application).values("word")[:1]),
        Case(new, default=Value(Standing.INVITED), output_field=models.CharField()),
    )


def count_standings(members: models.QuerySet[Member], today: date) -> Mapping[Standing, int]:
    """How many members stand where; every standing, in its order, zeros among them."""
    standing: models.QuerySet[Any, Any] = with_standing(members.order_by(), today)
    counted = (
        standing.values("standing").annotate(members=Count("pk")).values_list("standing", "members")
    )
    found = dict(counted)
    return {standing: found.get(standing.value, 0) for standing in Standing}


def leaving_uncovered(
    members: models.QuerySet[Member], today: date, days: int = SOON_DAYS
) -> models.QuerySet[Member, Member]:
    """Who leaves within ``days``, or has left and is not back, and has no cover; soonest first.

    Nobody of a study trip that was withdrawn, nor who ended cover on the trip: that is what
    those do who came home early.
    """
    away = members.filter(
        departs_on__lte=today + timedelta(days=days), returns_on__gte=today, withdrawn_at=None
    ).exclude(programme__state=ProgrammeState.WITHDRAWN)
    # Whoever holds a certificate that once began is covered, or came home early.
    never_began = Coalesce(Subquery(_latest_version().values("cancelled")[:1]), Value(True))
    uncovered = away.alias(never_began=never_began).filter(never_began=True)
    return with_standing(uncovered, today).order_by("departs_on", "student_number")
