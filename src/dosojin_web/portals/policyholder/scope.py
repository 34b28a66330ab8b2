"""What belongs to a policyholder: the contracts it made, and all that stands on them."""

from django.db.models import Q, QuerySet

from dosojin_web.accounts.seats import Seat
from dosojin_web.policies.models import (
    Certificate,
    ChangeKind,
    ChangeRequest,
    ChangeState,
    MasterPolicy,
    Member,
)

WAITING = Q(kind=ChangeKind.EXTENSION, state=ChangeState.REVIEWED) | Q(
    kind__in=(ChangeKind.SHORTENING, ChangeKind.CANCELLATION), state=ChangeState.REQUESTED
)
"""Requests on which the next step is the policyholder's."""


def masters_of(seat: Seat) -> QuerySet[MasterPolicy]:
    """Its contracts, the newest first."""
    return MasterPolicy.objects.filter(policyholder=seat.organisation).order_by("-first_inception")


def members_of(seat: Seat) -> QuerySet[Member]:
    """Everybody on a roster of all its universities."""
    return Member.objects.filter(programme__master__policyholder=seat.organisation)


def certificates_of(seat: Seat) -> QuerySet[Certificate]:
    """All its certificates, with what a page shows of each."""
    return Certificate.objects.filter(master__policyholder=seat.organisation).select_related(
        "master__policyholder", "application", "member__person", "member__university",
        "member__programme",
    )  # fmt: skip


def requests_of(seat: Seat) -> QuerySet[ChangeRequest]:
    """All requests to change one of its certificates."""
    return ChangeRequest.objects.filter(
        certificate__master__policyholder=seat.organisation
    ).select_related("certificate__master", "certificate__member__person",
                     "certificate__member__university")  # fmt: skip


def count_waiting(seat: Seat) -> int:
    """How many requests wait for its confirmation."""
    return requests_of(seat).filter(WAITING).count()
