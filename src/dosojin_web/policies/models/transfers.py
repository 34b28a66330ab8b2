"""Return premium that no card payment is left for: it is paid by bank transfer."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from dosojin_web.database.encrypted_text import EncryptedTextField

from .changes import ChangeRequest
from .history import HistoryEntry


class TransferState(models.TextChoices):
    """Who has to act next."""

    WAITING = "waiting", gettext_lazy("Waiting for the account to pay to")
    PREPARED = "prepared", gettext_lazy("Waiting for a second person to pay")
    PAID = "paid", gettext_lazy("Paid by bank transfer")


OPEN_TRANSFERS = (TransferState.WAITING, TransferState.PREPARED)


class TransferDue(models.Model):
    """Yen that ``change`` gives back and that came by bank.

    One person of the agency writes down the account (``payee``, JSON), another one pays.
    ``bank_reference`` and ``paid_on`` say which transfer paid it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    change = models.OneToOneField(
        ChangeRequest, on_delete=models.PROTECT, related_name="transfer_due"
    )
    amount = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=TransferState, default=TransferState.WAITING)
    version = models.PositiveIntegerField(default=1)
    payee = EncryptedTextField(blank=True, default="")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    paid_on = models.DateField(null=True, blank=True)
    bank_reference = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="transfer_of_something"),
        ]
        indexes = [models.Index(fields=["state", "since"])]

    def __str__(self) -> str:
        return f"{self.change_id} {self.amount} {self.state}"

    @property
    def about(self) -> str:
        """How audit and ledger name it."""
        return f"transfer:{self.key}"


class TransferEntry(HistoryEntry):
    """What happened to a transfer that is due."""

    transfer = models.ForeignKey(TransferDue, on_delete=models.PROTECT, related_name="entries")

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.act}"
