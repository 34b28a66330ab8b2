"""Payments and refunds by card, their history, and what the provider reported."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from dosojin_web.database.append_only import AppendOnly


class PaymentState(models.TextChoices):
    """Where a payment stands. It only moves on, never back (see ``PAYMENT_RANK``)."""

    CREATED = "created", gettext_lazy("Payment prepared")
    OPEN = "open", gettext_lazy("Waiting to be paid by card")
    SUCCEEDED = "succeeded", gettext_lazy("Card payment received")
    FAILED = "failed", gettext_lazy("Card payment failed")
    EXPIRED = "expired", gettext_lazy("Card payment ran out of time")
    CANCELLED = "cancelled", gettext_lazy("Card payment called off")


LIVE = (PaymentState.CREATED, PaymentState.OPEN)
"""States in which money may still come."""

# Money that has arrived outranks every other end: it is never lost because something else was
# recorded first.
PAYMENT_RANK = {
    PaymentState.CREATED: 0,
    PaymentState.OPEN: 1,
    PaymentState.FAILED: 2,
    PaymentState.EXPIRED: 2,
    PaymentState.CANCELLED: 2,
    PaymentState.SUCCEEDED: 3,
}


class Payment(models.Model):
    """One try at paying for one thing; ``purpose`` and ``reference`` say which.

    ``key`` names the try and is the root of the idempotency key that the provider is sent;
    ``renewals`` is its other part, counted up when the provider has to be asked anew because the
    first answer never reached anybody. ``amount`` is in yen. ``last_decline`` is the provider's
    code for the last card that was refused; the payer may go on with another card. ``paid_at`` is
    when the money came, as the provider has it, however late that was noticed.
    """

    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=64)
    key = models.CharField(max_length=100, unique=True)
    amount = models.PositiveBigIntegerField()
    description = models.CharField(max_length=200)
    return_url = models.URLField(max_length=500)
    cancel_url = models.URLField(max_length=500)
    language = models.CharField(max_length=2)
    state = models.CharField(
        max_length=12, choices=PaymentState, default=PaymentState.CREATED.value
    )
    renewals = models.PositiveSmallIntegerField(default=0)
    session_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    intent_id = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    last_decline = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
            models.UniqueConstraint(
                fields=["purpose", "reference"],
                condition=Q(state__in=["created", "open"]),
                name="one_live_payment_for_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "created_at"], name="payment_by_state"),
            models.Index(fields=["purpose", "reference"], name="payment_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def is_live(self) -> bool:
        """Whether money may still come."""
        return self.state in LIVE

    @property
    def is_paid(self) -> bool:
        """Whether the money has come."""
        return self.state == PaymentState.SUCCEEDED


class PaymentEntry(AppendOnly):
    """A line in the history of a payment: the state it came to, and why. Append-only.

    ``event_id`` is the provider's event that brought it, where one did; one event, one line.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="entries")
    state = models.CharField(max_length=12, choices=PaymentState)
    note = models.CharField(max_length=200, blank=True)
    event_id = models.CharField(max_length=120, blank=True)
    who = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "event_id"],
                condition=~Q(event_id=""),
                name="one_payment_entry_for_one_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.state} {self.note}".strip()


class ProviderEvent(AppendOnly):
    """An event as the provider signed and sent it, kept whether we can use it or not.

    ``raw`` is the body, byte for byte. ``handled_at`` is set with the effect, in one transaction;
    ``fault`` says why the last try to handle it failed.
    """

    changeable = ("handled_at", "fault")

    id = models.CharField(max_length=120, primary_key=True)
    kind = models.CharField(max_length=80)
    raw = models.TextField()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["handled_at", "received_at"], name="event_by_handled")]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class RefundState(models.TextChoices):
    """Where a refund stands.

    A refund that the provider called settled may still fail: banks send money back.
    ``REPLACED`` and ``TRANSFERRED`` are how a failed one ends, by a person's decision.
    """

    REQUESTED = "requested", gettext_lazy("Refund to the card requested")
    PENDING = "pending", gettext_lazy("Refund to the card under way")
    SETTLED = "settled", gettext_lazy("Refunded to the card")
    FAILED = "failed", gettext_lazy("Refund to the card failed")
    REPLACED = "replaced", gettext_lazy("Replaced by another refund to the card")
    TRANSFERRED = "transferred", gettext_lazy("Refunded by bank transfer")


UNSETTLED = (RefundState.REQUESTED, RefundState.PENDING, RefundState.FAILED)
"""States of a refund that somebody is still waiting for."""

REFUND_RANK = {
    RefundState.REQUESTED: 0,
    RefundState.PENDING: 1,
    RefundState.SETTLED: 2,
    RefundState.FAILED: 3,
    RefundState.REPLACED: 4,
    RefundState.TRANSFERRED: 4,
}


class CardRefund(models.Model):
    """Yen that go back to the card they came from; ``key`` makes asking twice harmless.

    ``maker`` asked for it (``Actor.who``). ``failure`` is the provider's reason. All refunds of a
    payment together, but for those replaced, are at most its amount; checked under its lock.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=120, unique=True)
    amount = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)
    maker = models.CharField(max_length=40)
    state = models.CharField(
        max_length=12, choices=RefundState, default=RefundState.REQUESTED.value
    )
    provider_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    failure = models.CharField(max_length=60, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="refund_by_state")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def is_unsettled(self) -> bool:
        """Whether somebody still waits for this money."""
        return self.state in UNSETTLED


class RefundEntry(AppendOnly):
    """A line in the history of a refund: the state it came to, and why. Append-only."""

    refund = models.ForeignKey(CardRefund, on_delete=models.PROTECT, related_name="entries")
    state = models.CharField(max_length=12, choices=RefundState)
    note = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.refund_id} {self.state} {self.note}".strip()
