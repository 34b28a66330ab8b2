"""Who is sent on a study trip, and the rosters that say so."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from dosojin_web.database.encrypted_text import EncryptedTextField
from dosojin_web.directory.models import Organisation
from dosojin_web.people.models import Person

from .programmes import Programme


class Member(models.Model):
    """A student on a programme's roster.

    ``departs_on`` and ``returns_on`` are what the office knows; the student says them again when
    enrolling; ``language`` (ja or en) is that of the mails to the student. ``withdrawn_at`` is set
    when the student does not travel after all.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="members")
    university = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )
    student_number = models.CharField(max_length=24)
    language = models.CharField(max_length=2, default="ja")
    departs_on = models.DateField()
    returns_on = models.DateField()
    added_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["departs_on", "student_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "student_number"], name="once_on_a_roster"
            ),
        ]
        indexes = [models.Index(fields=["university", "departs_on"])]

    def __str__(self) -> str:
        return self.student_number

    @property
    def about(self) -> str:
        """How audit and ledger name it."""
        return f"member:{self.key}"


class RosterState(models.TextChoices):
    """How far a roster file has been taken in."""

    WAITING = "waiting", gettext_lazy("Waiting")
    READING = "reading", gettext_lazy("Being read")
    DONE = "done", gettext_lazy("Taken in")
    REFUSED = "refused", gettext_lazy("Not readable")


class RosterUpload(models.Model):
    """A roster file and how far it has been taken in.

    ``next_row`` is where reading goes on after a stop: rows before it are in, or among
    ``untaken``. Once all are read, ``rows`` is the sum of the four counts.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rosters")
    upload = models.ForeignKey("uploads.Upload", on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=RosterState, default=RosterState.WAITING)
    rows = models.PositiveIntegerField(default=0)
    next_row = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    not_taken = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.state} {self.next_row}/{self.rows}"

    @property
    def about(self) -> str:
        """How audit and deadlines name it."""
        return f"roster:{self.key}"


class UntakenRow(models.Model):
    """A row of a roster file that was not taken.

    ``told`` is JSON: ``cells``, the row as it was sent; ``problems``, each with its ``column`` as
    the header calls it, and in ``ja`` and ``en`` what is wrong and what to do. It names a person,
    so it is encrypted.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    roster = models.ForeignKey(RosterUpload, on_delete=models.PROTECT, related_name="untaken")
    line = models.PositiveIntegerField()
    told = EncryptedTextField()

    class Meta:
        ordering = ["roster", "line"]
        constraints = [models.UniqueConstraint(fields=["roster", "line"], name="one_row_a_line")]

    def __str__(self) -> str:
        return f"{self.roster_id} {self.line}"
