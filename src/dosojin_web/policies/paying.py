"""What happens when money comes or fails to: the purposes of payments in this slice.

What counts is when the card was charged, not when we noticed. Money that nobody waits for any more,
because the student has given up, may not enrol any more, or cover has ended, is booked as owed back
and sent back to the card.
"""

from datetime import date, datetime

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.payments.models import CardRefund, Payment
from dosojin_web.payments.purposes import PaymentPurpose, payment_purpose

from .bookings import CARD, book_refund_paid, book_refund_unpaid, book_surplus
from .eligibility import find_obstacle
from .japan import day_in_japan
from .models import Application, ApplicationState, Certificate, ChangeRequest, Member
from .operations.complete_change import complete_change
from .operations.enrol_student import enrol_student
from .operations.receive_transfer import may_be_received
from .operations.reopen_change import reopen_change
from .operations.submit_application import next_attempt, payment_reference
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
        """Enrol the student; give the money back if that is not waited for, or another amount.

        Or if the student may not enrol: off the roster meanwhile, a study trip that is no longer
        approved. For the window it is the day on which paying was begun that counts (D18).
        """
        application = Application.objects.select_for_update().get(key=key_of(reference))
        waits = application.state == ApplicationState.AWAITING_PAYMENT
        if not (waits and reference == payment_reference(application)):
            self.give_back(payment, now)
        elif _may_enrol(application, day_in_japan(payment.created_at)):
            enrol_student(application, payment.key, CARD, now, received_at=payment.paid_at)
        else:
            self.give_back(payment, now)
            next_attempt(application, reference)


@payment_purpose(CHANGE)
class ChangePayment(_PremiumPurpose):
    """The additional premium of an extension."""

    def settle(self, reference: str, payment: Payment, now: datetime) -> None:
        """Extend; give the money back if cover had ended or the request was settled otherwise.

        A request that lapsed between the charge and now is taken up again, as for a transfer.
        """
        key = key_of(reference)
        # The certificate first, as everybody locks who changes it.
        Certificate.objects.select_for_update(of=("self",)).get(changes__key=key)
        change = ChangeRequest.objects.select_for_update().get(key=key)
        version = latest_version(change.certificate)
        received_on = day_in_japan(payment.paid_at or now)
        in_time = received_on <= version.expiry and version.number == change.base_version
        if in_time and may_be_received(change) and payment.amount == change.premium_change:
            reopen_change(change, SYSTEM, now)
            complete_change(change, payment.key, CARD, SYSTEM, now)
        else:
            self.give_back(payment, now)


def _may_enrol(application: Application, day: date) -> bool:
    # Locked, so that nobody is taken off the roster and enrolled at the same moment.
    held = Member.objects.select_for_update(of=("self",))
    member = held.select_related("university", "programme__master").get(pk=application.member_id)
    return find_obstacle(member, application.departs_on, day) is None


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
