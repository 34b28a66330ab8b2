"""Members as rows of a table."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.marks import STANDING_MARKS
from dosojin_web.policies.models import CertificateVersion
from dosojin_web.policies.standing import Standing
from dosojin_web.templatetags.layout import civil_days


def member_columns() -> list[Column]:
    """Heads of ``member_rows``."""
    return [
        Column(gettext("Insured")),
        Column(gettext("University")),
        Column(gettext("State")),
        Column(gettext("Trip")),
        Column(gettext("Certificate")),
        Column(gettext("Premium"), amount=True),
    ]


def member_rows(members: Sequence[Any]) -> list[TableRow]:
    """One row for each member of ``standing.with_standing``; one query for their premiums."""
    latest = [member.latest_version for member in members if member.latest_version]
    versions = CertificateVersion.objects.filter(pk__in=latest)
    premiums = dict(versions.values_list("pk", "premium"))
    return [_row(member, premiums.get(member.latest_version)) for member in members]


def _row(member: Any, premium: int | None) -> TableRow:
    standing = Standing(member.standing)
    number = member.certificate_number
    return TableRow(
        (
            Cell(member.person.full_name(get_language() or "ja"), note=member.student_number),
            Cell(member.university.name, note=member.programme.title),
            Cell(str(standing.label), state=STANDING_MARKS[standing]),
            Cell(_trip(member)),
            Cell(number, reverse("policyholder:certificate", args=[number])) if number else Cell(),
            Cell(yen=premium),
        )
    )


def _trip(member: Any) -> str:
    """What is insured, or before that what the roster says."""
    first = member.cover_from or member.departs_on
    last = member.cover_until or member.returns_on
    return civil_days(first, last)
