"""Certificates, one certificate, and its documents."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.documents.models import Document
from dosojin_web.documents.responses import document_response
from dosojin_web.people.operations.find_people import find_people
from dosojin_web.policies.certificate_view import Links, Sight, view_certificate
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Certificate, CertificateVersion
from dosojin_web.portals.auditor.certificate_rows import certificate_columns, certificate_rows
from dosojin_web.portals.auditor.pages import (
    Listing,
    lay_out,
    paginate,
    show_listing,
    typed_text,
)

LINKS = Links(document="auditor:document", change="auditor:request")
FOUND_MAX = 200


@require_safe
@seated(Role.AUDITOR)
def certificates(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List them, the latest number first; ``q`` is a part of a name or the start of a number."""
    typed = typed_text(request)
    page = paginate(request, _latest(typed).order_by("-certificate__number"))
    rows = certificate_rows(list(page.object_list), day_in_japan(timezone.now()))
    listing = Listing(
        name="auditor:certificates",
        heading=gettext("Certificates"),
        columns=certificate_columns(),
        rows=rows,
        page=page,
        search=gettext("Name, student number or certificate number"),
        typed=typed,
    )
    return show_listing(request, seat, listing)


@require_safe
@seated(Role.AUDITOR)
def certificate(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """What it says, how it came to say that, and who did it."""
    fields = ("master__policyholder", "application", "member__person", "member__university")
    found = get_object_or_404(
        Certificate.objects.select_related(*fields, "member__programme"), number=number
    )
    sight = Sight(log_ins=True)
    view = view_certificate(found, day_in_japan(timezone.now()), sight, LINKS)
    context = lay_out(request, seat) | {"view": view}
    return render(request, "auditor/certificate.html", context)


@require_safe
@seated(Role.AUDITOR)
def document(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Any document that was issued."""
    return document_response(get_object_or_404(Document, key=key))


def _latest(typed: str) -> QuerySet[CertificateVersion, Any]:
    """The latest version of each certificate."""
    newest = CertificateVersion.objects.filter(certificate=OuterRef("certificate"))
    found = CertificateVersion.objects.filter(
        number=Subquery(newest.order_by("-number").values("number")[:1])
    ).select_related("certificate__member__person", "certificate__member__university")
    if not typed:
        return found
    numbers = Q(certificate__number__istartswith=typed) | Q(
        certificate__member__student_number__istartswith=typed
    )
    people = find_people(typed, FOUND_MAX)
    return found.filter(numbers | Q(certificate__member__person__in=people))
