"""Certificates: found by what a caller says, shown, and sent once more."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.documents.models import Document
from dosojin_web.documents.responses import document_response
from dosojin_web.policies.certificate_view import view_certificate
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.issue_documents import issue_english_certificate
from dosojin_web.policies.operations.send_certificate_again import send_certificate_again
from dosojin_web.policies.versions import CertificateState, latest_version
from dosojin_web.portals.agency.certificate_search import (
    find_certificates,
    lay_out_filters,
    list_columns,
    list_rows,
    read_search,
)
from dosojin_web.portals.agency.change_facts import LINKS, SIGHT, list_disclosed
from dosojin_web.portals.agency.own_records import find_certificate, own_certificates
from dosojin_web.portals.agency.pages import ROWS_A_PAGE, Trouble, act_of, attempt, show
from dosojin_web.portals.agency.trouble_facts import link_troubles
from dosojin_web.portals.agency.troubles import find_stuck, find_undelivered
from dosojin_web.portals.agency.typed import Typed

ADDRESSEE_MAX = 100


@require_safe
@seated(Role.AGENCY)
def certificates(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All of them, or those that fit."""
    return _search(request, seat, "certificates", "agency:certificate")


@require_safe
@seated(Role.AGENCY)
def find_caller(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Which certificate a caller wants to extend."""
    return _search(request, seat, "find_caller", "agency:enter_extension")


def _search(request: HttpRequest, seat: Seat, template: str, leads_to: str) -> HttpResponse:
    search, today = read_search(seat, request.GET), day_in_japan(timezone.now())
    found = find_certificates(seat, search, today)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    addresses = {each.number: reverse(leads_to, args=[each.number]) for each in page.object_list}
    context = {
        "search": search,
        "page": page,
        "columns": list_columns(),
        "rows": list_rows(list(page.object_list), today, addresses),
        "filters": lay_out_filters(seat, search),
    }
    return show(request, seat, template, context, search.faults)


@require_safe
@seated(Role.AGENCY)
def certificate(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """The whole certificate and what can be done with it."""
    return _show(request, seat, find_certificate(seat, number))


@act_of("agency:certificate")
@seated(Role.AGENCY)
def send(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """Issue the documents if they are missing, and send the mail once more."""
    found, typed = find_certificate(seat, number), Typed(request)
    token = typed.text("token")
    trouble = attempt(partial(send_certificate_again, found, token, seat.actor, timezone.now()))
    if trouble is not None:
        return _show(request, seat, found, trouble, typed)
    said = gettext("The mail with the way to the documents is on its way to the student.")
    messages.success(request, said)
    return redirect("agency:certificate", found.number)


@act_of("agency:certificate")
@seated(Role.AGENCY)
def english(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """Issue a certificate of insurance in English, for a school or a visa."""
    found, typed = find_certificate(seat, number), Typed(request)
    addressee = typed.text("addressee", ADDRESSEE_MAX)
    if latest_version(found).cancelled:
        typed.faults.append(Fault("", gettext("This certificate was cancelled.")))
    if typed.faults:
        return _show(request, seat, found, Trouble(422, typed.faults), typed)
    document = issue_english_certificate(found, addressee, seat.actor, timezone.now())
    messages.success(
        request, gettext("Issued: %(name)s. It is among the documents.") % {"name": document.name}
    )
    return redirect("agency:certificate", found.number)


@require_safe
@seated(Role.AGENCY)
def document(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """A document of one of this agency's certificates."""
    ours = own_certificates(seat).order_by().values("number")
    return document_response(get_object_or_404(Document, key=key, reference__in=ours))


def _show(
    request: HttpRequest,
    seat: Seat,
    found: Certificate,
    trouble: Trouble | None = None,
    typed: Typed | None = None,
) -> HttpResponse:
    view = view_certificate(found, day_in_japan(timezone.now()), SIGHT, LINKS)
    may_extend = view.state in (CertificateState.NOT_BEGUN, CertificateState.IN_FORCE)
    context = {
        "view": view,
        "name": view.insured,
        "token": uuid4().hex,
        "may_extend": may_extend and view.open_change is None,
        "is_cancelled": view.state is CertificateState.CANCELLED,
        "disclosed": list_disclosed(found),
        "troubles": link_troubles(
            find_undelivered(seat, found.member), find_stuck(seat, found.member)
        ),
        "typed": typed.values if typed else {},
    }
    faults = trouble.faults if trouble else ()
    return show(request, seat, "certificate", context, faults, trouble.status if trouble else 0)
