"""Finds certificates by what a caller can say: a number, a student number, a name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from django.db.models import BooleanField, CharField, DateField, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language, gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import Cell, Column, Filter, TableRow
from dosojin_web.components.shapes import Choice, Fault
from dosojin_web.directory.models import Organisation
from dosojin_web.people.models import Person
from dosojin_web.people.operations.find_people import find_people
from dosojin_web.policies.certificate_numbers import DIGITS, is_valid_number
from dosojin_web.policies.marks import CERTIFICATE_MARKS
from dosojin_web.policies.models import Certificate, CertificateVersion, VersionKind
from dosojin_web.policies.versions import CertificateState, state_of
from dosojin_web.templatetags.layout import civil_day

from .own_records import own_certificates, own_masters

FOUND_MAX = 50
NUMBER = re.compile(rf"([A-Z]+\d*?)-?(\d{{{DIGITS}}})-?(\d)")


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, and what is wrong with it. ``number`` is that of a certificate, or ""."""

    typed: str
    number: str
    state: str
    university: str
    faults: list[Fault]


def read_search(seat: Seat, query: Mapping[str, str]) -> Search:
    """The search of an address. A number whose check digit does not fit is said so."""
    typed = normalize("NFKC", query.get("q", "")).strip()
    state = query.get("state", "")
    number = _spell_number(seat, typed)
    faults = []
    if number and not is_valid_number(number):
        message = gettext(
            "The last digit does not fit the rest of this number: a digit was misheard or "
            "mistyped. Have it read out once more."
        )
        faults.append(Fault("q", message))
    known = state if state in CertificateState.values else ""
    return Search(typed, number, known, query.get("university", ""), faults)


def _spell_number(seat: Seat, typed: str) -> str:
    """The number as it is printed, however it was typed; "" if it is none of our contracts'."""
    found = NUMBER.fullmatch(typed.upper().replace(" ", ""))
    if found is None:
        return ""
    stem, running, digit = found.groups()
    masters = own_masters(seat).values_list("number", flat=True)
    known = next((number for number in masters if number.upper() == stem), "")
    return f"{known}-{running}-{digit}" if known else ""


def find_certificates(seat: Seat, search: Search, today: date) -> QuerySet[Certificate]:
    """Those that fit, the latest first."""
    found = own_certificates(seat)
    if search.faults:
        return found.none()
    if search.typed:
        found = found.filter(_matches(seat, search))
    if search.university:
        found = found.filter(member__university__code=search.university)
    if search.state:
        found = _with_latest(found).filter(_stands(CertificateState(search.state), today))
    return found.order_by("-issued_at", "-number")


def _matches(seat: Seat, search: Search) -> Q:
    if search.number:
        return Q(number=search.number)
    ours = Person.objects.filter(pk__in=own_certificates(seat).order_by().values("member__person"))
    people = [person.pk for person in find_people(search.typed, FOUND_MAX, ours)]
    return Q(member__student_number__iexact=search.typed) | Q(member__person__in=people)


def _with_latest(found: QuerySet[Certificate]) -> QuerySet[Certificate]:
    latest = CertificateVersion.objects.filter(certificate=OuterRef("pk")).order_by("-number")

    return found.annotate(
        latest_inception=Subquery(latest.values("inception")[:1], output_field=DateField()),
        latest_expiry=Subquery(latest.values("expiry")[:1], output_field=DateField()),
        latest_cancelled=Subquery(latest.values("cancelled")[:1], output_field=BooleanField()),
        latest_kind=Subquery(latest.values("kind")[:1], output_field=CharField()),
    )


def _stands(state: CertificateState, today: date) -> Q:
    """``versions.state_of`` for the database."""
    valid = Q(latest_cancelled=False)
    over = valid & Q(latest_expiry__lt=today)
    cancelled = Q(latest_kind=VersionKind.CANCELLATION)
    return {
        CertificateState.NOT_BEGUN: valid & Q(latest_inception__gt=today),
        CertificateState.IN_FORCE: valid & Q(latest_inception__lte=today, latest_expiry__gte=today),
        CertificateState.ENDED: over & ~cancelled,
        CertificateState.CANCELLED: Q(latest_cancelled=True) | (over & cancelled),
    }[state]


def lay_out_filters(seat: Seat, search: Search) -> list[Filter]:
    """The choices beside the search field."""
    universities = Organisation.objects.filter(
        pk__in=own_certificates(seat).order_by().values("member__university")
    )
    return [
        Filter(
            "university",
            gettext("University"),
            [Choice(each.code, each.name) for each in universities],
            search.university,
        ),
        Filter(
            "state",
            gettext("State"),
            [Choice(state.value, str(state.label)) for state in CertificateState],
            search.state,
        ),
    ]


def list_columns() -> list[Column]:
    """The heads of ``list_rows``."""
    return [
        Column(gettext("Insured")),
        Column(gettext("Certificate")),
        Column(gettext("State")),
        Column(gettext("Period of insurance")),
        Column(gettext("Premium"), amount=True),
    ]


def list_rows(
    certificates: list[Certificate], today: date, addresses: Mapping[str, str]
) -> list[TableRow]:
    """A page of certificates; ``addresses`` by number says where each leads."""
    versions = {
        version.certificate_id: version
        for version in CertificateVersion.objects.filter(certificate__in=certificates).order_by(
            "number"
        )
    }
    language = get_language() or "ja"
    return [
        _row(each, versions[each.pk], today, addresses[each.number], language)
        for each in certificates
    ]


def _row(
    certificate: Certificate, version: CertificateVersion, today: date, address: str, language: str
) -> TableRow:
    state = state_of(version, today)
    member = certificate.member
    words = {"first": civil_day(version.inception), "last": civil_day(version.expiry)}
    return TableRow(
        (
            Cell(
                member.person.full_name(language),
                address,
                note=f"{member.university.name} · {member.student_number}",
            ),
            Cell(certificate.number),
            Cell(str(state.label), state=CERTIFICATE_MARKS[state]),
            Cell(gettext("%(first)s to %(last)s") % words),
            Cell(yen=version.premium),
        )
    )
