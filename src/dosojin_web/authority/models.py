"""Who may decide about how much, and what was approved by whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from dosojin_web.accounts.roles import Role
from dosojin_web.database.append_only import AppendOnly
from dosojin_web.directory.models import Organisation


class AuthorityProfile(AppendOnly):
    """From a day on, a role may do an act up to an amount without asking anybody.

    A later row replaces an earlier one for the same role, organisation and act; one that is not
    ``granted`` ends it. Without an organisation it holds at all of them, but for those that have
    rows of their own. ``amount_max`` is yen; None is unlimited.
    """

    role = models.CharField(max_length=16, choices=Role)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    act = models.CharField(max_length=64)
    amount_max = models.PositiveBigIntegerField(null=True, blank=True)
    granted = models.BooleanField(default=True)
    begins_on = models.DateField()
    who = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["act", "role"], name="authority_for_an_act")]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=True) | Q(amount_max=0), name="what_is_ended_covers_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.act} {self.amount_max}"


class Outcome(models.TextChoices):
    """What the checker said."""

    APPROVED = "approved", gettext_lazy("Approved by a second person")
    REFUSED = "refused", gettext_lazy("Not approved by a second person")


class Approval(AppendOnly):
    """Somebody asks that an act about something, for an amount of yen, be approved.

    ``digest`` is over the amount and whatever else the approval is for: another amount, or another
    payee, is another approval.
    """

    act = models.CharField(max_length=64)
    about = models.CharField(max_length=128)
    amount = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals_made"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act", "about", "digest"], name="one_approval_for_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.about} {self.amount}"


class ApprovalDecision(AppendOnly):
    """What the second person said. ``made_by`` is the approval's, so that the table can compare."""

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="decision")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals_checked"
    )
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(made_by=F("checked_by")), name="maker_is_never_checker"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="approval_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id} {self.outcome}"
