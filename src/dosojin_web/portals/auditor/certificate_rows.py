"""Certificates and requests as rows of tables."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.marks import CERTIFICATE_MARKS, CHANGE_MARKS
from dosojin_web.policies.models import Certificate, CertificateVersion, ChangeRequest
from dosojin_web.policies.versions import state_of
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import more_yen
from dosojin_web.templatetags.portals import japan_time


def certificate_columns() -> list[Column]:
    """Heads of ``certificate_rows``."""
    return [
        Column(gettext("Certificate")),
        Column(gettext("Insured")),
        Column(gettext("University")),
        Column(gettext("State")),
        Column(gettext("Period of insurance")),
        Column(gettext("Premium"), amount=True),
    ]


def certificate_rows(versions: Sequence[CertificateVersion], today: date) -> list[TableRow]:
    """One row for each latest version, its certificate, member and person fetched before."""
    return [_certificate(version, today) for version in versions]


def _certificate(version: CertificateVersion, today: date) -> TableRow:
    state, held = state_of(version, today), version.certificate
    days = {"first": civil_day(version.inception), "last": civil_day(version.expiry)}
    period = gettext("%(first)s to %(last)s") % days
    return TableRow(
        (
            Cell(held.number, reverse("auditor:certificate", args=[held.number])),
            _insured(held),
            Cell(held.member.university.name),
            Cell(str(state.label), state=CERTIFICATE_MARKS[state]),
            Cell(gettext("Cover never begins") if version.cancelled else period),
            Cell(yen=version.premium),
        )
    )


def _insured(certificate: Certificate) -> Cell:
    member = certificate.member
    return Cell(member.person.full_name(get_language() or "ja"), note=member.student_number)


def request_columns() -> list[Column]:
    """Heads of ``request_rows``."""
    return [
        Column(gettext("Request")),
        Column(gettext("State")),
        Column(gettext("Insured")),
        Column(gettext("Last day of cover")),
        Column(gettext("Change of the premium"), amount=True),
        Column(gettext("Asked for by")),
    ]


def request_rows(requests: Sequence[ChangeRequest]) -> list[TableRow]:
    """One row for each request; one query for who asked."""
    names = name_actors((request.asked_by for request in requests), with_log_in=True)
    return [_request(request, names[request.asked_by]) for request in requests]


def _request(request: ChangeRequest, asked_by: str) -> TableRow:
    return TableRow(
        (
            Cell(
                request.get_kind_display(),
                reverse("auditor:request", args=[request.key]),
                note=request.certificate.number,
            ),
            Cell(request.get_state_display(), state=CHANGE_MARKS[request.state]),
            _insured(request.certificate),
            Cell(civil_day(request.last_day)),
            Cell(more_yen(request.premium_change)),
            Cell(asked_by, note=japan_time(request.asked_at)),
        )
    )
