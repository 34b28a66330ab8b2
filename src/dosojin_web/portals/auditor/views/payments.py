"""Payments and refunds; what is not settled comes first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Filter
from dosojin_web.payments.models import Payment, PaymentState, ProviderEvent
from dosojin_web.payments.unsettled import list_unsettled_refunds
from dosojin_web.policies.payment_words import word_purpose
from dosojin_web.portals.auditor.pages import (
    choices_of,
    lay_out,
    paginate,
    typed_text,
)
from dosojin_web.portals.auditor.payment_rows import (
    entry_events,
    event_columns,
    event_rows,
    payment_columns,
    payment_rows,
    refund_columns,
    refund_rows,
)

UNSETTLED_SHOWN = 50


@require_safe
@seated(Role.AUDITOR)
def payments(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Refunds that somebody waits for, reports that were not handled, then all payments."""
    state = typed_text(request, "state")
    found = Payment.objects.filter(state=state) if state else Payment.objects.all()
    page = paginate(request, found.prefetch_related("refunds").order_by("-created_at", "-pk"))
    unhandled = ProviderEvent.objects.filter(handled_at=None).order_by("received_at")
    context = lay_out(request, seat) | {
        "refund_columns": refund_columns(),
        "unsettled": refund_rows(list_unsettled_refunds()[:UNSETTLED_SHOWN]),
        "event_columns": event_columns(),
        "unhandled": event_rows(unhandled[:UNSETTLED_SHOWN]),
        "filters": [Filter("state", gettext("State"), choices_of(PaymentState), state)],
        "columns": payment_columns(),
        "rows": payment_rows(list(page.object_list)),
        "page": page,
    }
    return render(request, "auditor/payments.html", context)


@require_safe
@seated(Role.AUDITOR)
def payment(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """One payment with its history, and the refunds of it with theirs."""
    found = get_object_or_404(Payment, key=key)
    refunds = list(found.refunds.select_related("payment").order_by("pk"))
    context = lay_out(request, seat) | {
        "payment": found,
        "purpose": word_purpose(found.purpose),
        "events": entry_events(found.entries.all()),
        "refund_columns": refund_columns(),
        "refunds": refund_rows(refunds),
        "histories": [(refund, entry_events(refund.entries.all())) for refund in refunds],
    }
    return render(request, "auditor/payment.html", context)
