"""Study trips that a university sends students on."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from dosojin_web.database.append_only import AppendOnly
from dosojin_web.directory.models import Organisation

from .schemes import MasterPolicy


class ProgrammeState(models.TextChoices):
    """How far the approval is. Students can enrol once it is given (003 l.20-26)."""

    DRAFT = "draft", gettext_lazy("Waiting for approval")
    APPROVED = "approved", gettext_lazy("Approved")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


class Programme(models.Model):
    """A study trip. Whoever drafted it last does not approve it.

    ``version`` counts the changes, for forms that were open while another saved.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    master = models.ForeignKey(MasterPolicy, on_delete=models.PROTECT, related_name="programmes")
    university = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programmes"
    )
    title = models.CharField(max_length=120)
    host = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    earns_credits = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["starts_on", "title"]
        indexes = [models.Index(fields=["university", "state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """How audit and ledger name it."""
        return f"programme:{self.key}"


class ProgrammeEntry(AppendOnly):
    """What was done with a programme, when and by whom."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="entries")
    act = models.CharField(max_length=16)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    reason = models.CharField(max_length=400, blank=True)
    shown = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.act}"
