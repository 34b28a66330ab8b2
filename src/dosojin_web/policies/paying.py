"""What happens when money comes or fails to: the purposes of payments in this slice.

Money that nobody waits for any more, because the student has given up or cover has ended, is
booked as owed back and sent back to the card.
"""

from datetime import datetime

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.payments.models import CardRefund, Payment
from dosojin_web.payments.purposes import PaymentPurpose, payment_purpose

from .bookings import CARD, book_refund_paid, book_refund_unpaid, book_surplus
from .japan import day_in_japan
from .models import Application, ApplicationState, ChangeRequest, ChangeState
from .operations.complete_change import complete_change
from .operations.enrol_student import enrol_student
from .operations.submit_application import payment_reference
from .versions import latest_version

APPLICATION = "application"
CHANGE = "change"


class _PremiumPurpose(PaymentPurpose):
    """What both purposes do alike with refunds."""

    def refund_settled(self, reference: str, refund: CardRefund, now: datetime) -> None:
        """What was owed back is paid."""
        book_refund_paid(ledger_reference(refund.payment), refund, CARD, SYSTEM, now)

    def refund_failed(
        self, reference: str, refund: CardRefund, was_settled: bool, now: datetime
    ) -> None:
        """A bank sent the money back: it is owed again."""
        if was_settled:
            book_refund_unpaid(ledger_reference(refund.payment), refund, CARD, SYSTEM, now)

    def refund_transferred(self, reference: str, refund: CardRefund, now: datetime) -> None:
        """A failed refund was paid by bank transfer."""
        book_refund_paid(ledger_reference(refund.payment), refund, "bank", SYSTEM, now)

    def give_back(self, payment: Payment, now: datetime) -> None:
        """Nobody owed this money."""
        book_surplus(payment.reference, payment.amount, payment.key, CARD, SYSTEM, now)
        set_deadline("surplus.send", payment.key, now, {"payment": payment.key})


@payment_purpose(APPLICATION)
class ApplicationPayment(_PremiumPurpose):
    """The premium of an application."""

    def settle(self, reference: str, payment: Payment, now: datetime) -> None:
        """Enrol the student; give the money back if that is not waited for, or another amount."""
        application = Application.objects.select_for_update().get(key=key_of(reference))
        waits = application.state == ApplicationState.AWAITING_PAYMENT
        if waits and reference == payment_reference(application):
            enrol_student(application, payment.key, CARD, now)
        else:
            self.give_back(payment, now)


@payment_purpose(CHANGE)
class ChangePayment(_PremiumPurpose):
    """The additional premium of an extension."""

    def settle(self, reference: str, payment: Payment, now: datetime) -> None:
        """Extend; give the money back if cover has ended or the request was settled otherwise."""
        change = ChangeRequest.objects.select_for_update().get(key=key_of(reference))
        version = latest_version(change.certificate)
        in_time = day_in_japan(now) <= version.expiry and version.number == change.base_version
        waits = change.state == ChangeState.AWAITING_PREMIUM
        if waits and in_time and payment.amount == change.premium_change:
            complete_change(change, payment.key, CARD, SYSTEM, now)
        else:
            self.give_back(payment, now)


def key_of(reference: str) -> str:
    """The key of the application or request that a payment's reference names."""
    return reference.partition(":")[0]


def ledger_reference(payment: Payment) -> str:
    """Under which reference the ledger has a payment: its certificate's number, if it made one."""
    if payment.purpose == APPLICATION:
        application = Application.objects.get(key=key_of(payment.reference))
        if application.state == ApplicationState.ENROLLED and not _is_surplus(payment):
            return application.certificate.number
        return payment.reference
    change = ChangeRequest.objects.select_related("certificate").get(key=key_of(payment.reference))
    return payment.reference if _is_surplus(payment) else change.certificate.number


def _is_surplus(payment: Payment) -> bool:
    from dosojin_web.ledger.models import Entry

    return Entry.objects.filter(key=f"surplus:{payment.key}").exists()
