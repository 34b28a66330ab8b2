"""Thousands of students of one university in an instant: on the roster, most of them enrolled."""

from datetime import timedelta

from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Certificate,
    CertificateVersion,
    Member,
    VersionKind,
)
from dosojin_web.policies.tests.conftest import DEPARTS, NOW, RETURNS, World

UNCOVERED_EVERY = 10


def fill_roster(world: World, count: int) -> None:
    """``count`` more students; every tenth is not covered. The rows alone, without their acts."""
    model = world.member
    members = Member.objects.bulk_create(
        Member(
            programme=world.programme,
            university=model.university,
            person=model.person,
            student_number=f"C{number:06d}",
            departs_on=DEPARTS - timedelta(days=number % 100),
            returns_on=RETURNS,
            added_at=NOW,
            invited_at=NOW,
        )
        for number in range(count)
    )
    enrolled = [each for number, each in enumerate(members) if number % UNCOVERED_EVERY]
    applications = Application.objects.bulk_create(
        Application(member=each, state=ApplicationState.ENROLLED, began_at=NOW) for each in enrolled
    )
    certificates = Certificate.objects.bulk_create(
        Certificate(
            number=f"C{each.member.student_number}",
            master=world.scheme.master,
            member=each.member,
            application=each,
            issued_at=NOW,
        )
        for each in applications
    )
    CertificateVersion.objects.bulk_create(
        CertificateVersion(
            certificate=each,
            number=1,
            kind=VersionKind.ISSUE,
            recorded_at=NOW,
            effective_from=each.member.departs_on,
            plan="A",
            inception=each.member.departs_on,
            expiry=each.member.returns_on,
            premium=26_130,
            premium_change=26_130,
            actor="system",
        )
        for each in certificates
    )
