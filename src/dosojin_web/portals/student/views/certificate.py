"""A student's certificate, its documents, and a request that is taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.policies.operations.request_change import withdraw_change
from dosojin_web.policies.refusals import Refused
from dosojin_web.portals.student.certificates import Held, find_certificate
from dosojin_web.portals.student.cover import describe
from dosojin_web.portals.student.layout import show


@never_cache
@require_safe
@seated(Role.STUDENT)
def certificate(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """The certificate as it stands, whom to call, and what can be done with it."""
    return _show(request, seat, find_certificate(seat, number))


@require_POST
@seated(Role.STUDENT)
def take_back(request: HttpRequest, seat: Seat, number: str, key: UUID) -> HttpResponse:
    """An open request is taken back; one that was settled meanwhile stays as it is."""
    held = find_certificate(seat, number)
    change = held.certificate.changes.filter(key=key).first()
    if change is None:
        raise Http404
    try:
        withdraw_change(change, seat.actor, held.now)
    except Refused as refused:
        return _show(request, seat, held, refused)
    messages.success(request, gettext("Your request has been withdrawn. Your cover is unchanged."))
    return redirect(held.address)


def _show(
    request: HttpRequest, seat: Seat, held: Held, refused: Refused | None = None
) -> HttpResponse:
    title = gettext("Certificate %(number)s") % {"number": held.certificate.number}
    faults = refused.faults if refused else []
    back, context = reverse("student:home"), describe(held)
    return show(request, seat, "student/certificate.html", title, back, context, faults)
