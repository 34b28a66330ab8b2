"""Offsets from UTC with places that people know, for those who have no table at hand."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dosojin_web.components.shapes import Choice

# offset: places there, in winter or summer as the sky over them has it
OFFSETS: tuple[tuple[str, str | Promise], ...] = (
    ("-10:00", gettext_lazy("Honolulu")),
    ("-09:00", gettext_lazy("Anchorage (winter)")),
    ("-08:00", gettext_lazy("Los Angeles, Vancouver (winter)")),
    ("-07:00", gettext_lazy("Los Angeles, Vancouver (summer)")),
    ("-06:00", gettext_lazy("Chicago (winter), Mexico City")),
    ("-05:00", gettext_lazy("New York, Boston (winter), Chicago (summer)")),
    ("-04:00", gettext_lazy("New York, Boston (summer)")),
    ("-03:00", gettext_lazy("São Paulo, Buenos Aires")),
    ("+00:00", gettext_lazy("London (winter)")),
    ("+01:00", gettext_lazy("London (summer), Paris, Berlin (winter)")),
    ("+02:00", gettext_lazy("Paris, Berlin (summer), Helsinki (winter), Cape Town")),
    ("+03:00", gettext_lazy("Helsinki (summer), Istanbul, Nairobi")),
    ("+04:00", gettext_lazy("Dubai")),
    ("+05:30", gettext_lazy("Delhi, Mumbai")),
    ("+05:45", gettext_lazy("Kathmandu")),
    ("+07:00", gettext_lazy("Bangkok, Hanoi, Jakarta")),
    ("+08:00", gettext_lazy("Beijing, Taipei, Singapore, Manila, Perth")),
    ("+09:00", gettext_lazy("Tokyo, Seoul")),
    ("+10:00", gettext_lazy("Sydney, Melbourne (their winter), Brisbane")),
    ("+11:00", gettext_lazy("Sydney, Melbourne (their summer)")),
    ("+12:00", gettext_lazy("Auckland (its winter)")),
    ("+13:00", gettext_lazy("Auckland (its summer)")),
)


def offset_choices(current: str = "") -> list[Choice]:
    """The offsets to choose from, with one that a claim file brought along."""
    known = [Choice(offset, f"UTC{offset}  {places}") for offset, places in OFFSETS]
    if current and current not in dict(OFFSETS):
        known.insert(0, Choice(current, f"UTC{current}"))
    return known
