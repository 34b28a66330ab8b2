"""What this database is for, said once."""

from django.db import models
from django.db.models import Q

from dosojin_web.database.append_only import AppendOnly


class InstallationKind(models.TextChoices):
    """Real people, or made-up ones."""

    REAL = "real", "real"
    DEMO = "demo", "demo"


class Installation(AppendOnly):
    """The only row: it is written once and never changed."""

    THE_ONE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    kind = models.CharField(max_length=8, choices=InstallationKind)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_installation"),
            models.CheckConstraint(
                condition=Q(kind__in=["real", "demo"]), name="installation_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
