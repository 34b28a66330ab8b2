"""Cover ends early: which way and when, what comes back, the request."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.mapping import Refusal
from dosojin_web.policies.operations.request_change import request_early_end
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.portals.student.certificates import (
    Held,
    check_version,
    find_certificate,
    must_choose,
    show_both_versions,
    take_saved,
)
from dosojin_web.portals.student.early_end_request import (
    EarlyEndForm,
    find_obstacle,
    list_ways,
    read_form,
    work_out_return,
)
from dosojin_web.portals.student.layout import show


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated(Role.STUDENT)
def early_end(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """GET asks for the way and then shows what comes back; POST asks the policyholder."""
    held = find_certificate(seat, number)
    if request.method != "POST":
        form = read_form(held, request.GET)
        if form.is_sent and not form.faults and not find_obstacle(held):
            return _look_over(request, seat, held, form, [])
        return _ask(request, seat, held, form, form.faults if form.is_sent else [])
    form = read_form(held, request.POST)
    try:
        return take_saved(request, held) or _send(request, seat, held, form)
    except Stale:
        title = gettext("Come home early or cancel")
        return show_both_versions(request, seat, held, title)
    except Refused as refused:
        page = _look_over if form.covered else _ask
        return page(request, seat, held, form, refused.faults)


def _send(request: HttpRequest, seat: Seat, held: Held, form: EarlyEndForm) -> HttpResponse:
    check_version(request, held)
    if must_choose(request):
        raise Stale(held.version)
    if form.faults:
        raise Refused(form.faults)
    if "stands" in request.POST:
        # Another version, another amount: it is shown before anything is asked for.
        here = reverse("student:early_end", args=[held.certificate.number])
        return redirect(f"{here}?{urlencode({'way': form.way, 'last_day': form.typed})}")
    number = held.version.number
    request_early_end(held.certificate, form.last_day, form.reason, number, seat.actor, held.now)
    messages.success(
        request, gettext("Your request has been sent. You will get an e-mail at each step.")
    )
    return redirect(held.address)


def _ask(
    request: HttpRequest, seat: Seat, held: Held, form: EarlyEndForm, faults: list[Fault]
) -> HttpResponse:
    context = {
        "held": held,
        "form": form,
        "ways": list_ways(held),
        "obstacle": find_obstacle(held),
    }
    title = gettext("Come home early or cancel")
    back = held.address
    return show(request, seat, "student/early_end.html", title, back, context, faults)


def _look_over(
    request: HttpRequest, seat: Seat, held: Held, form: EarlyEndForm, faults: list[Fault]
) -> HttpResponse:
    """What you get back and how it is worked out, before anything is asked for."""
    try:
        arithmetic = work_out_return(held, form)
    except Refusal as refusal:
        return _ask(request, seat, held, form, [Fault("last_day", refusal.sentence())])
    never_begins = form.covered is not None and form.covered < held.version.inception
    context = {
        "held": held,
        "form": form,
        "arithmetic": arithmetic,
        "amount_columns": [gettext("Amount")],
        "never_begins": never_begins,
    }
    title = gettext("What you get back")
    back = reverse("student:early_end", args=[held.certificate.number])
    return show(request, seat, "student/early_end_check.html", title, back, context, faults)
