"""Tokens of programs, and the writes that were answered once."""

from django.db import models

from dosojin_web.accounts.models import Appointment
from dosojin_web.database.append_only import AppendOnly


class ApiToken(models.Model):
    """A program acts from the seat of an appointment, and only while that runs.

    ``digest`` is the SHA-256 of the secret, which has 256 random bits and is shown once; so nobody
    who reads this table can call anything.
    """

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="tokens")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "name"],
                condition=models.Q(revoked_at=None),
                name="one_running_token_of_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.appointment})"


class ApiCall(AppendOnly):
    """A write that was answered, under the Idempotency-Key that its caller chose.

    ``digest`` is the SHA-256 of the address and the body: the same key with another one is a slip.
    ``answer`` is the JSON that the first call got, and that every repetition gets.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="calls")
    key = models.CharField(max_length=100)
    operation = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    answer = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "key"], name="one_answer_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"
