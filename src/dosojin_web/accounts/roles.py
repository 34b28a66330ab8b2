"""The roles of the scheme."""

from django.db import models
from django.utils.translation import gettext_lazy


class Role(models.TextChoices):
    """What a person does here. Each has a portal of the same name."""

    STUDENT = "student", gettext_lazy("Student")
    UNIVERSITY = "university", gettext_lazy("University office")
    POLICYHOLDER = "policyholder", gettext_lazy("Policyholder")
    AGENCY = "agency", gettext_lazy("Agency")
    INSURER = "insurer", gettext_lazy("Insurer")
    AUDITOR = "auditor", gettext_lazy("Auditor")
