"""How each member of a roster stands, worked out by the database for whole lists."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Count, DateField, F, OuterRef, Q, Subquery, Value, When
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
    ``latest_version`` (its id) and ``certificate_number``; the last four may be None."""
    latest = CertificateVersion.objects.filter(certificate__member=OuterRef("pk")).order_by(
        "-certificate_id", "-number"
    )
    application = Application.objects.filter(member=OuterRef("pk")).order_by("-pk")
    # The type of an annotated queryset does not know its annotations.
    known: models.QuerySet[Any, Any] = members.annotate(
        latest_version=Subquery(latest.values("pk")[:1]),
        certificate_number=Subquery(latest.values("certificate__number")[:1]),
        cover_from=Subquery(latest.values("inception")[:1], output_field=DateField()),
        cover_until=Subquery(latest.values("expiry")[:1], output_field=DateField()),
        _cancelled=Subquery(latest.values("cancelled")[:1]),
        _kind=Subquery(latest.values("kind")[:1]),
        _application=Subquery(application.values("state")[:1]),
    )
    known = known.annotate(standing=_standing(today))
    return known


def _standing(today: date) -> Case:
    applied = {
        ApplicationState.DRAFT: Standing.APPLYING,
        ApplicationState.REFERRED: Standing.REFERRED,
        ApplicationState.AWAITING_PAYMENT: Standing.AWAITING_PAYMENT,
        ApplicationState.REFUSED: Standing.REFUSED,
    }
    ended = Q(cover_until__lt=today)
    return Case(
        When(_cancelled=True, then=Value(Standing.CANCELLED)),
        When(ended & Q(_kind=VersionKind.CANCELLATION), then=Value(Standing.CANCELLED)),
        When(ended, then=Value(Standing.ENDED)),
        When(cover_from__gt=today, then=Value(Standing.ENROLLED)),
        When(cover_from__isnull=False, then=Value(Standing.ON_TRIP)),
        When(withdrawn_at__isnull=False, then=Value(Standing.WITHDRAWN)),
        *(When(_application=state, then=Value(word)) for state, word in applied.items()),
        When(invited_at__isnull=True, then=Value(Standing.NOT_INVITED)),
        default=Value(Standing.INVITED),
        output_field=models.CharField(),
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
    standing: models.QuerySet[Any, Any] = with_standing(away, today)
    uncovered = standing.filter(standing__in=[word.value for word in UNCOVERED])
    came_home = Q(standing=Standing.CANCELLED.value, _cancelled=False)
    return uncovered.exclude(came_home).order_by(F("departs_on").asc(), "student_number")
