"""One certificate, and its documents."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.documents.models import Document
from dosojin_web.documents.responses import document_response
from dosojin_web.policies.certificate_view import Links, view_certificate
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.portals.policyholder.pages import lay_out
from dosojin_web.portals.policyholder.scope import certificates_of

LINKS = Links(document="policyholder:document", change="policyholder:request")


@require_safe
@seated(Role.POLICYHOLDER)
def certificate(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """What it says and how it came to say that."""
    found = get_object_or_404(certificates_of(seat), number=number)
    today = day_in_japan(timezone.now())
    context = lay_out(request, seat) | {"view": view_certificate(found, today, links=LINKS)}
    return render(request, "policyholder/certificate.html", context)


@require_safe
@seated(Role.POLICYHOLDER)
def document(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """A document of one of the policyholder's certificates."""
    numbers = certificates_of(seat).order_by().values("number")
    found = get_object_or_404(Document, key=key, reference__in=numbers)
    return document_response(found)
