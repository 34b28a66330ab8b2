"""Why somebody may arrive late, and cover be extended by itself for up to 72 hours (003 l.844)."""

from django.db import models
from django.utils.translation import gettext_lazy


class DelayCause(models.TextChoices):
    """What the insured records as the cause; whether it extends cover is decided with a claim."""

    TRANSPORT = "transport", gettext_lazy("Delayed, cancelled or diverted transport")
    BOARDING = "boarding", gettext_lazy("A seat that was booked and not given")
    TREATMENT = "treatment", gettext_lazy("Treatment by a doctor")
    COMPANION = "companion", gettext_lazy("A travel companion in hospital")
    PASSPORT = "passport", gettext_lazy("A lost or stolen passport")
    OTHER = "other", gettext_lazy("Another cause of delay")


def name_cause(cause: str) -> str:
    """The words of a cause; one that is not listed, as it was recorded."""
    return str(DelayCause(cause).label) if cause in DelayCause else cause
