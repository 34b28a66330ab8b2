"""A longer stay: what it takes and costs, who acts in Japan, a look over it, the request."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.mapping import Refusal
from dosojin_web.policies.operations.request_change import request_extension
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.portals.student.certificates import (
    Held,
    check_version,
    find_certificate,
    must_choose,
    show_both_versions,
    take_saved,
)
from dosojin_web.portals.student.contacts import draw_contacts
from dosojin_web.portals.student.extension_request import (
    ExtensionForm,
    find_day_fault,
    find_obstacle,
    quote_extension,
    read_form,
    tell_proxy,
    write_mail,
)
from dosojin_web.portals.student.layout import show

CHECK, SEND, CHANGE = "check", "send", "change"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated(Role.STUDENT)
def extension(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """GET explains and, with a new last day, quotes; POST checks the answers, then asks."""
    held = find_certificate(seat, number)
    if request.method != "POST":
        form = read_form(held, request.GET)
        return _ask(request, seat, held, form, form.day_faults if "new_end" in request.GET else [])
    form, title = read_form(held, request.POST), gettext("Stay longer")
    try:
        return take_saved(request, held) or _go_on(request, seat, held, form)
    except Stale:
        return show_both_versions(request, seat, held, title, step=CHECK)
    except Refused as refused:
        return _ask(request, seat, held, form, refused.faults)


def _go_on(request: HttpRequest, seat: Seat, held: Held, form: ExtensionForm) -> HttpResponse:
    step = request.POST.get("step", CHECK)
    check_version(request, held)
    if must_choose(request):
        raise Stale(held.version)
    if step == CHANGE:
        return _ask(request, seat, held, form, [])
    if form.faults or form.new_end is None:
        raise Refused(form.faults)
    if step != SEND:
        return _check(request, seat, held, form, form.new_end)
    number, actor = held.version.number, seat.actor
    request_extension(
        held.certificate, form.new_end, form.proxy, form.reason, number, actor, held.now
    )
    messages.success(
        request, gettext("Your request has been sent. You will get an e-mail at each step.")
    )
    return redirect(held.address)


def _ask(
    request: HttpRequest, seat: Seat, held: Held, form: ExtensionForm, faults: list[Fault]
) -> HttpResponse:
    """The explanation, and with a day that can be had the quote and the rest of the form."""
    quote = None
    if form.new_end is not None and (too_early := find_day_fault(held, form.new_end)):
        faults = [*too_early, *faults]
    elif form.new_end is not None:
        try:
            quote = quote_extension(held, form.new_end)
        except Refusal as refusal:
            faults = [Fault("new_end", refusal.sentence()), *faults]
    one_each = list({fault.field: fault for fault in reversed(faults)}.values())
    message = tell_proxy(held, form.new_end if quote else None)
    context = {
        "held": held,
        "form": form,
        "quote": quote,
        "amount_columns": [gettext("Amount")],
        "obstacle": find_obstacle(held),
        "contacts": draw_contacts(held.product, held.now),
        "message": message,
        "mail_address": write_mail(held, message),
    }
    title = gettext("Stay longer")
    back = held.address
    return show(request, seat, "student/extension.html", title, back, context, one_each[::-1])


def _check(
    request: HttpRequest, seat: Seat, held: Held, form: ExtensionForm, new_end: date
) -> HttpResponse:
    """All answers once more, before they are sent."""
    try:
        quote = quote_extension(held, new_end)
    except Refusal as refusal:
        raise Refused([Fault("new_end", refusal.sentence())]) from refusal
    if obstacle := find_obstacle(held):
        raise Refused.at("", obstacle)
    columns = [gettext("Amount")]
    context = {"held": held, "form": form, "quote": quote, "amount_columns": columns}
    title = gettext("Check your request")
    return show(request, seat, "student/extension_check.html", title, held.address, context)
