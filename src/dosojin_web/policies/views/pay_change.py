"""An additional premium is paid by whoever got the mail: the student, or the proxy in Japan."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dosojin_web.accounts.actors import Actor
from dosojin_web.policies.letters import pay_token, site_address
from dosojin_web.policies.models import ChangeRequest, ChangeState
from dosojin_web.policies.operations.pay_premium import (
    PaymentNotPossible,
    find_change_payment,
    pay_change_premium,
)
from dosojin_web.policies.versions import latest_version

PAYER = Actor(None, "payer", "payer by mail")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay_change(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Show what is to pay and until when; send the browser to the card page."""
    change = _find(key, token)
    faults: list[str] = []
    if request.method == "POST":
        done = site_address("policies:change_paid", key, token)
        try:
            payment = pay_change_premium(
                change, done, done, get_language() or "ja", PAYER, timezone.now()
            )
            return HttpResponseRedirect(payment.url or done)
        except PaymentNotPossible as problem:
            faults = [str(problem)]
    context = _describe(change) | {"faults": faults}
    return render(request, "policies/pay_change.html", context, status=422 if faults else 200)


@never_cache
@require_safe
def change_paid(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """How the payment stands, asked of the provider and not only of what it has told us."""
    change = _find(key, token)
    payment = find_change_payment(change, timezone.now())
    change.refresh_from_db()
    context = _describe(change) | {"payment": payment}
    return render(request, "policies/change_paid.html", context)


def _find(key: str, token: str) -> ChangeRequest:
    change = ChangeRequest.objects.select_related("certificate").filter(key=key).first()
    if change is None or not constant_time_compare(token, pay_token(change)):
        raise Http404
    return change


def _describe(change: ChangeRequest) -> dict[str, object]:
    version = latest_version(change.certificate)
    return {
        "change": change,
        "number": change.certificate.number,
        "complete_by": version.expiry,
        "to_pay": change.state == ChangeState.AWAITING_PREMIUM,
        "is_done": change.state == ChangeState.DONE,
        "title": gettext("Additional premium"),
    }
