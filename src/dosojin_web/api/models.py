"""Tokens of programs."""

from django.db import models

from dosojin_web.accounts.models import Appointment


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
