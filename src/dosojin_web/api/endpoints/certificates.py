"""Certificates: a student's own with what can be asked of them, and a co-insurer's shares."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.accounts.roles import Role
from dosojin_web.api.access import accepts, conflicts, gives, later, roles
from dosojin_web.api.answers import answer, seat_of
from dosojin_web.api.certificate_shapes import (
    CarriedAnswer,
    CarriedShape,
    CertificatesAnswer,
    ChangeShape,
    DocumentShape,
    EarlyEndRequest,
    EnglishRequest,
    ExtensionRequest,
    ProxyShape,
)
from dosojin_web.api.field_kinds import Key, Number
from dosojin_web.api.paging import PageQuery, take_part
from dosojin_web.api.records import documents_of, show_certificate, show_change, show_document
from dosojin_web.api.scopes import one, own_certificates
from dosojin_web.components.shapes import Fault
from dosojin_web.documents.models import Document
from dosojin_web.documents.operations.render_document import NotRendered
from dosojin_web.documents.responses import document_response
from dosojin_web.ledger.split import split_yen
from dosojin_web.people.details import Fault as WrongDetail
from dosojin_web.people.details import read_email, read_phone
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import CertificateVersion
from dosojin_web.policies.models.schemes import SHARES_TOTAL
from dosojin_web.policies.operations.issue_documents import issue_english_certificate
from dosojin_web.policies.operations.request_change import request_early_end, request_extension
from dosojin_web.policies.proxies import Proxy, find_proxy_faults
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.versions import latest_version

router = Router(tags=["student"])
PDF_KIND = "application/pdf"


@router.get(
    "/me/certificates",
    response=CertificatesAnswer,
    operation_id="list_own_certificates",
    summary=later(_("Your certificates and their documents")),
    **roles(Role.STUDENT),
)
@accepts()
def list_own(request: HttpRequest) -> HttpResponse:
    """Each as it stands today, the latest first."""
    today = day_in_japan(timezone.now())
    found = list(own_certificates(seat_of(request)).order_by("-issued_at", "-pk"))
    documents = documents_of([certificate.number for certificate in found])
    shown = [
        show_certificate(certificate, documents[certificate.number], today) for certificate in found
    ]
    return answer(CertificatesAnswer(certificates=shown))


@router.post(
    "/me/certificates/{number}/extension",
    response=ChangeShape,
    operation_id="request_extension",
    summary=later(_("Ask for a longer cover")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def extension(request: HttpRequest, number: Number, asked: ExtensionRequest) -> HttpResponse:
    """The agency checks it, the policyholder confirms; the same again is the request that is open.

    It has to be complete, the additional premium received, before cover ends.
    """
    seat = seat_of(request)
    certificate = one(own_certificates(seat), number=number)
    proxy = read_proxy(asked.proxy) if asked.proxy else None
    change = request_extension(
        certificate, asked.new_end, proxy, asked.reason, asked.version, seat.actor, timezone.now()
    )
    return answer(show_change(change, seat))


@router.post(
    "/me/certificates/{number}/early-end",
    response=ChangeShape,
    operation_id="request_early_end",
    summary=later(_("Ask to end cover early, or to cancel")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def early_end(request: HttpRequest, number: Number, asked: EarlyEndRequest) -> HttpResponse:
    """The right is the policyholder's, who confirms; the same again is the request that is open."""
    seat = seat_of(request)
    certificate = one(own_certificates(seat), number=number)
    change = request_early_end(
        certificate, asked.last_day, asked.reason, asked.version, seat.actor, timezone.now()
    )
    return answer(show_change(change, seat))


@router.post(
    "/me/certificates/{number}/english-certificate",
    response=DocumentShape,
    operation_id="issue_english_certificate",
    summary=later(_("A certificate of insurance in English, for a school or a visa")),
    **roles(Role.STUDENT),
)
@accepts()
def english(request: HttpRequest, number: Number, asked: EnglishRequest) -> HttpResponse:
    """Issued once a day for the same addressee. None for a certificate that was cancelled."""
    seat = seat_of(request)
    certificate = one(own_certificates(seat), number=number)
    if latest_version(certificate).cancelled:
        raise Refused.at("", gettext("Cover never begins, so there is nothing to certify."))
    addressee = " ".join(asked.addressee.split())
    try:
        made = issue_english_certificate(certificate, addressee, seat.actor, timezone.now())
    except NotRendered:
        message = gettext("A character in it cannot be printed. Write the name in English.")
        raise Refused.at("addressee", message) from None
    return answer(show_document(made))


def read_proxy(told: ProxyShape) -> Proxy:
    """Who acts in Japan, telephone and mail as they are kept. Refused, by field."""
    values = {"phone": told.phone, "email": told.email}
    faults = []
    for name, read in (("phone", read_phone), ("email", read_email)):
        try:
            values[name] = read(values[name])
        except WrongDetail as wrong:
            faults.append(Fault(f"proxy.{name}", str(wrong)))
    returns_on = told.returns_on.isoformat() if told.returns_on else ""
    proxy = Proxy(told.name, told.relation, **values, returns_on=returns_on)
    for fault in find_proxy_faults(proxy):
        faults.append(Fault(fault.field.replace("proxy_", "proxy."), fault.message))
    if faults:
        raise Refused(faults)
    return proxy


@router.get(
    "/me/documents/{key}.pdf",
    operation_id="read_document",
    url_name="read_document",
    summary=later(_("A document of yours as PDF")),
    **gives(roles(Role.STUDENT), PDF_KIND),
)
@accepts()
def document(request: HttpRequest, key: Key) -> HttpResponse:
    """The bytes as they were issued."""
    numbers = own_certificates(seat_of(request)).values("number")
    return document_response(one(Document.objects.filter(reference__in=numbers), key=key))


@router.get(
    "/certificates",
    response=CarriedAnswer,
    operation_id="list_carried_certificates",
    summary=later(_("Certificates that you carry a share of")),
    tags=["insurer"],
    **roles(Role.INSURER),
)
@accepts()
def list_carried(request: HttpRequest, asked: Query[PageQuery]) -> HttpResponse:
    """Numbers, premiums and the insurer's part of each; no person."""
    seat = seat_of(request)
    assert seat.organisation is not None
    latest = CertificateVersion.objects.filter(certificate=OuterRef("pk")).order_by("-number")
    rows: Any = own_certificates(seat).annotate(
        version=Subquery(latest.values("number")[:1]),
        premium=Subquery(latest.values("premium")[:1]),
    )
    part = take_part(rows, asked)
    shares: dict[int, list[tuple[str, int]]] = {}
    shown = []
    for row in part.rows:
        if row.master_id not in shares:
            shares[row.master_id] = list(row.master.shares_in_order)
        split = shares[row.master_id]
        shown.append(
            CarriedShape(
                number=row.number,
                version=row.version,
                premium=row.premium,
                share=dict(split)[seat.organisation.code],
                share_premium=split_yen(row.premium, split, SHARES_TOTAL)[seat.organisation.code],
            )
        )
    return answer(CarriedAnswer(certificates=shown, next=part.next))
