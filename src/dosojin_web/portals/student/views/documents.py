"""Documents of a student's certificates; proof of cover in English is made at once."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.documents.kinds import DocumentKind
from dosojin_web.documents.models import Document
from dosojin_web.documents.operations.render_document import NotRendered
from dosojin_web.documents.responses import document_response
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.issue_documents import issue_english_certificate
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.portals.student.certificates import (
    Held,
    check_version,
    find_certificate,
    must_choose,
    show_both_versions,
    take_saved,
)
from dosojin_web.portals.student.layout import show

ADDRESSEE_LETTERS_MAX = 80


@require_safe
@seated(Role.STUDENT)
def document(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """A document of one of the reader's certificates; ``?save`` to keep it as a file."""
    found = Document.objects.filter(key=key).first()
    if found is None:
        raise Http404
    mine = Certificate.objects.filter(member__user=seat.user, number=found.reference)
    if not mine.exists():
        raise Http404
    return document_response(found, as_attachment="save" in request.GET)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated(Role.STUDENT)
def english_certificate(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """Proof of cover for a school or a visa: to whom, and there it is."""
    held = find_certificate(seat, number)
    title = gettext("Proof of cover in English")
    addressee = " ".join(request.POST.get("addressee", "").split())
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            answer = take_saved(request, held) or _make(request, seat, held, addressee)
        except Stale:
            return show_both_versions(request, seat, held, title)
        except Refused as refused:
            faults = refused.faults
        else:
            return answer
    context = {"held": held, "addressee": addressee, "made": _list_made(held)}
    template = "student/certificate_english.html"
    return show(request, seat, template, title, held.address, context, faults)


def _make(request: HttpRequest, seat: Seat, held: Held, addressee: str) -> HttpResponse:
    check_version(request, held)
    if must_choose(request):
        raise Stale(held.version)
    if held.version.cancelled:
        raise Refused.at("", gettext("Cover never begins, so there is nothing to certify."))
    if len(addressee) > ADDRESSEE_LETTERS_MAX:
        message = gettext("This is too long: at most %(count)s characters.")
        raise Refused.at("addressee", message % {"count": ADDRESSEE_LETTERS_MAX})
    try:
        issue_english_certificate(held.certificate, addressee, seat.actor, held.now)
    except NotRendered:
        message = gettext("A character in it cannot be printed. Write the name in English.")
        raise Refused.at("addressee", message) from None
    messages.success(request, gettext("The letter is ready: it is the first one in the list."))
    return redirect("student:english_certificate", held.certificate.number)


def _list_made(held: Held) -> list[tuple[Document, str]]:
    """What was made before, the latest first, each with whom it is addressed to."""
    kind = DocumentKind.ENGLISH_CERTIFICATE.value
    made = Document.objects.filter(reference=held.certificate.number, kind=kind).order_by("-pk")
    return [(one, json.loads(one.sheet)["addressee"]) for one in made]
