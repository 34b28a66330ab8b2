"""Applications under way, as a list shows them: how far they are and what they are stuck at."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.payments.declines import explain_decline
from dosojin_web.payments.models import Payment, PaymentState
from dosojin_web.policies.enrolment_window import window_of
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Application, ApplicationState, Referral
from dosojin_web.policies.operations.submit_application import payment_reference
from dosojin_web.policies.paying import APPLICATION
from dosojin_web.templatetags.layout import civil_day

from .waiting_times import DueDay, waiting_cell
from .worklist import OPEN_REFERRALS

MARKS = {
    ApplicationState.DRAFT: "applying",
    ApplicationState.REFERRED: "referred",
    ApplicationState.AWAITING_PAYMENT: "awaiting_payment",
}


def list_columns() -> list[Column]:
    """The heads of ``list_rows``."""
    return [
        Column(gettext("Student")),
        Column(gettext("State")),
        Column(gettext("Stuck at")),
        Column(gettext("Departure")),
        Column(gettext("Online enrolment")),
    ]


def list_rows(applications: list[Application], now: datetime) -> list[TableRow]:
    """A page of applications; two queries more for all."""
    payments = _last_payments(applications)
    referrals = {
        referral.application_id: referral
        for referral in Referral.objects.filter(
            application__in=applications, state__in=OPEN_REFERRALS
        )
    }
    return [
        _row(each, payments.get(payment_reference(each)), referrals.get(each.pk), now)
        for each in applications
    ]


def _last_payments(applications: list[Application]) -> Mapping[str, Payment]:
    references = [payment_reference(each) for each in applications]
    found = Payment.objects.filter(purpose=APPLICATION, reference__in=references)
    return {payment.reference: payment for payment in found.order_by("pk")}


def _row(
    application: Application, payment: Payment | None, referral: Referral | None, now: datetime
) -> TableRow:
    member = application.member
    language = get_language() or "ja"
    state = ApplicationState(application.state)
    begun = waiting_cell(application.began_at, now)
    departs_on = application.departs_on or member.departs_on
    return TableRow(
        (
            Cell(
                member.person.full_name(language),
                note=f"{member.university.name} · {member.student_number}",
            ),
            Cell(str(state.label), state=MARKS[state], note=begun.note),
            _stuck(application, payment, referral),
            Cell(civil_day(departs_on), note=member.programme.title),
            _window(DueDay(window_of(departs_on, day_in_japan(now)).last_accepted, now)),
        )
    )


def _stuck(application: Application, payment: Payment | None, referral: Referral | None) -> Cell:
    if referral is not None:
        address = reverse("agency:referral", args=[referral.key])
        return Cell(gettext("Your office has not answered"), address)
    if payment is None or application.state != ApplicationState.AWAITING_PAYMENT:
        return Cell()
    if payment.last_decline:
        words = gettext("Card declined")
        return Cell(words, state="needs_attention", note=explain_decline(payment.last_decline))
    if payment.state in (PaymentState.FAILED, PaymentState.EXPIRED, PaymentState.CANCELLED):
        return Cell(str(payment.get_state_display()), state="needs_attention")
    return Cell(str(payment.get_state_display()))


def _window(due: DueDay) -> Cell:
    if due.is_late:
        note = gettext("closed on %(day)s") % {"day": due.moment}
        return Cell(str(gettext("Closed")), state="late", note=note)
    return due.cell
