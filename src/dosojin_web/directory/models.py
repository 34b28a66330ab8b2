"""Who takes part: universities, policyholders, agencies, insurers."""

from django.db import models
from django.utils.translation import get_language, gettext_lazy


class OrganisationKind(models.TextChoices):
    """What an organisation is in the scheme."""

    UNIVERSITY = "university", gettext_lazy("University")
    POLICYHOLDER = "policyholder", gettext_lazy("Policyholder")
    AGENCY = "agency", gettext_lazy("Agency")
    INSURER = "insurer", gettext_lazy("Insurer")


class Organisation(models.Model):
    """One of them. ``code`` is short, in addresses and log-ins, and never changes.

    Of a university: ``in_gakkensai`` says that its students are insured in 学研災, ``has_adopted``
    that it has introduced the scheme (003 l.20-26).
    """

    kind = models.CharField(max_length=16, choices=OrganisationKind)
    code = models.SlugField(max_length=32, unique=True)
    name_ja = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    in_gakkensai = models.BooleanField(default=False)
    has_adopted = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_ja if get_language() == "ja" else self.name_en
