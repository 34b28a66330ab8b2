"""A student's study trips, each with its application and certificate as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.http import Http404

from dosojin_web.accounts.seats import Seat
from dosojin_web.deadlines.models import Deadline
from dosojin_web.documents.kinds import DocumentKind
from dosojin_web.documents.models import Document
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Application, ApplicationState, Member
from dosojin_web.policies.models.applications import OPEN_STATES
from dosojin_web.policies.standing import Standing, with_standing

BEFORE_ENROLMENT = (
    Standing.NOT_INVITED,
    Standing.INVITED,
    Standing.APPLYING,
    Standing.AWAITING_PAYMENT,
    Standing.REFERRED,
    Standing.REFUSED,
)


@dataclass(frozen=True, slots=True)
class CertificateInHand:
    """A certificate of this trip: what covers, and whether its papers can be fetched.

    ``comes_on`` is the day in Japan on which they are made, None once they are.
    """

    number: str
    first_day: date
    last_day: date
    comes_on: date | None


@dataclass(frozen=True, slots=True)
class Trip:
    """A place on a roster. ``application`` is the last one, whatever became of it."""

    member: Member
    standing: Standing
    application: Application | None
    certificate: CertificateInHand | None

    @property
    def product(self) -> str:
        """The edition of the wording."""
        return self.member.programme.master.product

    @property
    def departs_on(self) -> date:
        """As the certificate says, else as the student said, else as the office did."""
        if self.certificate is not None:
            return self.certificate.first_day
        said = self.application.departs_on if self.application and self.is_open else None
        return said or self.member.departs_on

    @property
    def returns_on(self) -> date:
        """As the certificate says, else as the student said, else as the office did."""
        if self.certificate is not None:
            return self.certificate.last_day
        said = self.application.returns_on if self.application and self.is_open else None
        return said or self.member.returns_on

    @property
    def is_open(self) -> bool:
        """Whether there is an application that is neither settled nor given up."""
        return self.application is not None and self.application.state in OPEN_STATES

    @property
    def is_enrolled(self) -> bool:
        """Whether the premium has been paid."""
        return self.application is not None and self.application.state == ApplicationState.ENROLLED


def list_trips(seat: Seat, today: date) -> list[Trip]:
    """All trips of the reader, those that matter now first: by day of departure, past ones last."""
    trips = _read(_mine(seat), today)
    return sorted(trips, key=lambda trip: (trip.returns_on < today, trip.departs_on))


def find_trip(seat: Seat, key: UUID, today: date) -> Trip:
    """One trip of the reader; anybody else's answers 404."""
    found = _read(_mine(seat).filter(key=key), today)
    if not found:
        raise Http404
    return found[0]


def _mine(seat: Seat) -> models.QuerySet[Member]:
    return Member.objects.filter(user=seat.user).select_related(
        "person", "university", "programme__master__agency", "programme__master__policyholder"
    )


def _read(members: models.QuerySet[Member], today: date) -> list[Trip]:
    standing: models.QuerySet[Any, Any] = with_standing(members, today)
    rows = list(standing)
    applications: dict[int, Application] = {}
    for each in Application.objects.filter(member__in=rows).order_by("pk"):
        applications[each.member_id] = each
    papers = _find_papers([row.certificate_number for row in rows if row.certificate_number])
    trips = []
    for row in rows:
        application = applications.get(row.pk)
        if application is not None:
            application.member = row
        trips.append(Trip(row, Standing(row.standing), application, _certificate(row, papers)))
    return trips


def _certificate(row: Any, papers: dict[str, date | None]) -> CertificateInHand | None:
    number = row.certificate_number
    if not number or row.standing in BEFORE_ENROLMENT:
        # Of a certificate that was cancelled before it began, its successor is being applied for.
        return None
    return CertificateInHand(number, row.cover_from, row.cover_until, papers.get(number))


def _find_papers(numbers: Sequence[str]) -> dict[str, date | None]:
    """By certificate: None if its papers are there, else the day on which they are made."""
    made = set(
        Document.objects.filter(
            reference__in=numbers, kind=DocumentKind.CERTIFICATE.value
        ).values_list("reference", flat=True)
    )
    due = Deadline.objects.filter(kind="certificate.send", key__in=numbers, cancelled_at=None)
    coming = {key: day_in_japan(moment) for key, moment in due.values_list("key", "due_at")}
    return {number: None if number in made else coming.get(number) for number in numbers}
