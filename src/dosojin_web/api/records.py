"""Records of the scheme as the interface shows them, each to those who may see it.

In:  a record, and the seat that asks where it matters.
Out: shapes.
Never: a diagnosis, a claim amount, or a proxy to whoever has no need of one.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import models
from django.urls import reverse

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.documents.models import Document
from dosojin_web.people.models import Person
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import (
    Application,
    Certificate,
    CertificateVersion,
    ChangeRequest,
    Programme,
    Referral,
    RosterUpload,
)
from dosojin_web.policies.models.applications import OPEN_STATES
from dosojin_web.policies.operations.answer_application import read_disclosure
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.readiness import find_unready
from dosojin_web.policies.versions import latest_version, state_of

from .application_shapes import ApplicationShape, DetailsShape, DisclosureShape, MissingShape
from .certificate_shapes import (
    CertificateShape,
    ChangeShape,
    DocumentShape,
    ReferralShape,
    ToldProxyShape,
)
from .programme_shapes import MemberShape, ProgrammeShape, RosterShape
from .shapes import Shape, Words

UNTAKEN_SHOWN = 100


def name_of(person: Person) -> Words:
    """The name for readers of either language."""
    return Words(ja=person.full_name("ja"), en=person.full_name("en"))


def show_programme(programme: Programme) -> ProgrammeShape:
    """A study trip."""
    return ProgrammeShape(
        key=programme.key,
        scheme=programme.master.code,
        university=programme.university.code,
        title=programme.title,
        host=programme.host,
        country=programme.country,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        earns_credits=programme.earns_credits,
        state=programme.state,
        version=programme.version,
    )


def show_roster(roster: RosterUpload) -> RosterShape:
    """A roster with the first rows that were not taken, without what stood in them."""
    untaken = [
        {"line": row.line, "problems": json.loads(row.told)["problems"]}
        for row in roster.untaken.order_by("line")[:UNTAKEN_SHOWN]
    ]
    return RosterShape.model_validate(
        {
            "key": roster.key,
            "programme": roster.programme.key,
            "state": roster.state,
            "rows": roster.rows,
            "added": roster.added,
            "changed": roster.changed,
            "unchanged": roster.unchanged,
            "not_taken": roster.not_taken,
            "sent_at": roster.sent_at,
            "done_at": roster.done_at,
            "untaken": untaken,
        }
    )


def show_member(member: Any, premium: int | None) -> MemberShape:
    """A member of ``with_standing``; ``premium`` None where the reader has no sight of money."""
    return MemberShape(
        key=member.key,
        programme=member.programme.key,
        university=member.university.code,
        student_number=member.student_number,
        name=name_of(member.person),
        departs_on=member.departs_on,
        returns_on=member.returns_on,
        standing=member.standing,
        certificate=member.certificate_number,
        cover_from=member.cover_from,
        cover_until=member.cover_until,
        premium=premium,
    )


def show_details(person: Person) -> DetailsShape:
    """The insured."""
    return DetailsShape(
        family_name=person.family_name,
        given_name=person.given_name,
        family_name_kana=person.family_name_kana,
        given_name_kana=person.given_name_kana,
        family_name_roman=person.family_name_roman,
        given_name_roman=person.given_name_roman,
        birth_date=person.birth_date,
        phone=person.phone,
        email=person.email,
        version=person.version,
    )


def show_application(application: Application, now: datetime) -> ApplicationShape:
    """An application with what is still to do."""
    is_open = application.state in OPEN_STATES
    unready = find_unready(application, now) if is_open else []
    disclosure = read_disclosure(application)
    is_fixed = application.premium is not None
    matters = load_important_matters(application.member.programme.master.product)
    return ApplicationShape(
        key=application.key,
        state=application.state,
        version=application.version,
        departs_on=application.departs_on,
        returns_on=application.returns_on,
        country=application.country,
        plan=application.plan,
        has_read_matters=application.read_matters == matters.digest,
        disclosure=DisclosureShape.model_validate(disclosure.to_json()) if disclosure else None,
        details=show_details(application.member.person),
        premium=application.premium,
        loading=application.loading,
        total=application.total if is_fixed else None,
        missing=[MissingShape(step=fault.field, message=fault.message) for fault in unready],
    )


def show_certificate(
    certificate: Certificate, documents: Sequence[Document], today: date
) -> CertificateShape:
    """A certificate with its documents."""
    version = latest_version(certificate)
    return CertificateShape(
        number=certificate.number,
        state=state_of(version, today),
        version=version.number,
        programme=certificate.member.programme.title,
        plan=version.plan,
        inception=version.inception,
        expiry=version.expiry,
        riders=version.riders,
        premium=version.premium,
        loading=version.loading,
        documents=[show_document(document) for document in documents],
    )


def show_document(document: Document) -> DocumentShape:
    """A document, and the address of its PDF."""
    return DocumentShape(
        key=document.key,
        name=document.name,
        language=document.language,
        issued_at=document.issued_at,
        address=reverse("api:api-1:read_document", args=[document.key]),
    )


def documents_of(numbers: Sequence[str]) -> dict[str, list[Document]]:
    """The documents of certificates by their numbers, the latest first; one query for all."""
    found: dict[str, list[Document]] = {number: [] for number in numbers}
    issued = Document.objects.filter(reference__in=numbers).defer("sheet")
    for document in issued.order_by("-issued_at", "-pk"):
        found[document.reference].append(document)
    return found


def show_change(change: ChangeRequest, seat: Seat) -> ChangeShape:
    """A request, with its proxy for the agency and the insured, who told of it."""
    is_insured = seat.role is Role.STUDENT
    proxy = Proxy.of(change) if seat.role in (Role.AGENCY, Role.STUDENT) else None
    return ChangeShape(
        key=change.key,
        certificate=change.certificate.number,
        kind=change.kind,
        state=change.state,
        version=change.version,
        base_version=change.base_version,
        last_day=change.last_day,
        plan=change.plan,
        riders_lost=change.riders_lost,
        premium_change=change.premium_change,
        loading_change=change.loading_change,
        reason=change.reason,
        asked_at=change.asked_at,
        insured=None if is_insured else name_of(change.certificate.member.person),
        proxy=ToldProxyShape(**asdict(proxy)) if proxy else None,
    )


def show_referral(referral: Referral) -> ReferralShape:
    """A question to the agency, with the trip that it is about."""
    application = referral.application
    return ReferralShape(
        key=referral.key,
        state=referral.state,
        version=referral.version,
        insured=name_of(application.member.person),
        programme=application.member.programme.title,
        hazards=referral.hazards,
        departs_on=application.departs_on,
        returns_on=application.returns_on,
        plan=application.plan,
        loading=referral.loading,
        reason=referral.reason,
        asked_at=referral.asked_at,
    )


def show_current(record: models.Model, seat: Seat, now: datetime) -> Shape | None:
    """What a record says that somebody else has changed; None for one that no shape shows."""
    match record:
        case Programme():
            return show_programme(record)
        case Application():
            return show_application(record, now)
        case Person():
            return show_details(record)
        case Referral():
            return show_referral(record)
        case ChangeRequest():
            return show_change(record, seat)
        case CertificateVersion():
            number = record.certificate.number
            return show_certificate(
                record.certificate, documents_of([number])[number], day_in_japan(now)
            )
    return None
