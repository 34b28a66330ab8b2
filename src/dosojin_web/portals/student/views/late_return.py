"""The journey home is late: how cover goes on by itself, and a note of the cause."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.automatic_extension import reach_of
from dosojin_web.policies.certificate_view import view_certificate
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.operations.record_delay import record_delay
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.portals.student.certificates import (
    Held,
    check_version,
    find_certificate,
    must_choose,
    show_both_versions,
    take_saved,
)
from dosojin_web.portals.student.cover import find_hours
from dosojin_web.portals.student.delay_report import DelayForm, list_causes, read_form
from dosojin_web.portals.student.emergency import find_emergency
from dosojin_web.portals.student.layout import show

ONE_MOMENT = timedelta(seconds=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated(Role.STUDENT)
def late_return(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """GET explains, with how far cover could reach; POST keeps a cause."""
    held = find_certificate(seat, number)
    form = read_form(request.POST)
    if request.method != "POST":
        return _show(request, seat, held, form, [])
    try:
        return take_saved(request, held) or _keep(request, seat, held, form)
    except Stale:
        return show_both_versions(request, seat, held, gettext("Home later than planned"))
    except Refused as refused:
        return _show(request, seat, held, form, refused.faults)


def _keep(request: HttpRequest, seat: Seat, held: Held, form: DelayForm) -> HttpResponse:
    check_version(request, held)
    if must_choose(request):
        raise Stale(held.version)
    if form.delay is None:
        raise Refused(form.faults)
    record_delay(held.certificate, form.delay, held.version.number, seat.actor, held.now)
    messages.success(
        request, gettext("The cause has been recorded. Keep everything that proves it.")
    )
    return redirect("student:late_return", held.certificate.number)


def _show(
    request: HttpRequest, seat: Seat, held: Held, form: DelayForm, faults: list[Fault]
) -> HttpResponse:
    reach = reach_of(held.version)
    context = {
        "held": held,
        "form": form,
        "reach": reach,
        "is_early": reach is not None and held.now < reach.opens_at,
        "could_reach_day": reach and day_in_japan(reach.could_reach - ONE_MOMENT),
        "takes": reach is not None and reach.takes(held.now),
        "causes": list_causes(),
        "view": view_certificate(held.certificate, held.today),
        "hours": find_hours(held),
        "extension_address": reverse("student:extension", args=[held.certificate.number]),
        "emergency": find_emergency(held.product, held.certificate.application.country),
    }
    title = gettext("Home later than planned")
    back = held.address
    return show(request, seat, "student/late_return.html", title, back, context, faults)
