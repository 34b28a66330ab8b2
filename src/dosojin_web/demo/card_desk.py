"""How the students of the demonstration pay: through the real operations, with the stand-in.

The stand-in for the provider runs inside the process that fills, on a port of its own, and its
clock shows the moment that is being played, since checkouts expire. What it knows in the end is
kept in the file that the running stand-in reads: so a refund of a payment that the fill made works
like any other. Rows written past the operations could not promise that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from dosojin_web.accounts.actors import Actor
from dosojin_web.payments.fake.cards import CARDS
from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.payments.models import CardRefund, Payment
from dosojin_web.payments.operations.apply_refund import refresh_refund
from dosojin_web.payments.operations.refresh_payment import refresh_payment
from dosojin_web.policies.models import Application, ChangeRequest
from dosojin_web.policies.operations.pay_premium import (
    pay_application_premium,
    pay_change_premium,
)

KEY, SECRET = "sk_test_demonstration", "whsec_of_the_fill"
TYPING = timedelta(minutes=2)


@dataclass(slots=True)
class CardDesk:
    """The stand-in, and what the payers do there."""

    fake: Fake
    back: str

    def pay_application(
        self, application: Application, card: str, actor: Actor, now: datetime
    ) -> Payment:
        """The premium of an application, by a test card, as far as that goes."""
        self.set_clock(now)
        language = application.member.language
        payment = pay_application_premium(application, self.back, self.back, language, actor, now)
        return self._pay(payment, card, now)

    def pay_change(self, change: ChangeRequest, actor: Actor, now: datetime) -> Payment:
        """The additional premium of an extension."""
        self.set_clock(now)
        language = change.certificate.member.language
        payment = pay_change_premium(change, self.back, self.back, language, actor, now)
        return self._pay(payment, "success", now)

    def fail_refunds(self, now: datetime) -> None:
        """Banks send back what their cards do not take; what settles late settles."""
        self.set_clock(now)
        self.fake.till.finish()
        for refund in CardRefund.objects.exclude(provider_id=None).select_related("payment"):
            refresh_refund(refund, now)

    def set_clock(self, now: datetime) -> None:
        """From now on the stand-in believes that it is ``now``."""
        self.fake.till.clock = now.timestamp

    def _pay(self, payment: Payment, card: str, now: datetime) -> Payment:
        assert payment.session_id is not None
        self.fake.till.pay(payment.session_id, CARDS[card])
        self.fake.till.answer_challenge(payment.session_id, approved=True)
        return refresh_payment(payment, now + TYPING)


@contextmanager
def open_card_desk(file: Path) -> Iterator[CardDesk]:
    """A desk until the block ends; then the stand-in's memory is written to ``file``."""
    kept = settings.STRIPE_API_BASE, settings.STRIPE_API_KEY
    with run_fake(KEY, SECRET) as fake:
        settings.STRIPE_API_BASE, settings.STRIPE_API_KEY = fake.base, KEY
        try:
            yield CardDesk(fake, f"{settings.SITE_URL}/my/")
        finally:
            settings.STRIPE_API_BASE, settings.STRIPE_API_KEY = kept
        file.parent.mkdir(parents=True, exist_ok=True)
        fake.till.file = file
        fake.till.save()
