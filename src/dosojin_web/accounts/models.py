"""Users, and the roles they are appointed to."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from dosojin_web.directory.models import Organisation

from .roles import Role


class User(AbstractUser):
    """Someone who can log in.

    ``username`` is, for staff, what they type; for a student, ``UNIVERSITY:STUDENT_NUMBER``, of
    which only the number is typed (003 l.34). ``must_choose_secret`` holds until the password of
    the invitation has been replaced by an own one or a passkey.
    """

    must_choose_secret = models.BooleanField(default=False)


class Appointment(models.Model):
    """A user has a role, at an organisation; an auditor at none. Ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=16, choices=Role)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=models.Q(ended_at=None),
                name="one_running_appointment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.organisation_id or ''}".strip()
