"""The only door between the workbench and the engine.

Until the engine's catalogue is there, editions and plans are listed here; the two functions stay.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from dosojin_web.components.shapes import Choice


@dataclass(frozen=True, slots=True)
class Edition:
    """An issued wording that claims can be decided by."""

    id: str
    name: str
    hint: str
    plans: tuple[Choice, ...]


def _plan(letter: str, length: str, death: str, effects: str, *more: str) -> Choice:
    return Choice(
        letter,
        gettext("Plan %(letter)s (%(length)s)") % {"letter": letter, "length": length},
        details=(
            gettext("death and disability %(sum)s") % {"sum": death},
            gettext("personal effects %(sum)s") % {"sum": effects},
            *more,
        ),
    )


def list_editions() -> list[Edition]:
    """The editions on offer, the newest first."""
    three, ten = gettext("3 million yen"), gettext("10 million yen")
    small, large = gettext("100,000 yen"), gettext("200,000 yen")
    month, year = gettext("to 31 days"), gettext("over 31 days, to 1 year")
    delays = gettext("flight and baggage delay")
    curtailment, home = gettext("curtailment"), gettext("temporary return")
    plans_2026 = (
        _plan("A", month, three, small),
        _plan("B", year, three, small),
        _plan("C", month, ten, large, delays),
        _plan("D", year, ten, large, delays),
        _plan("E", gettext("to 3 months"), ten, large, delays, curtailment),
        _plan("F", gettext("over 3 months, to 2 years"), ten, large, delays, home),
    )
    certificate = Choice(
        "certificate",
        gettext("As on the insured’s certificate"),
        gettext("This edition publishes no sums; they stand on the certificate."),
    )
    return [
        Edition(
            "gakkensai-2026",
            gettext("2026 edition"),
            gettext("Plans A to F, with published premiums"),
            plans_2026,
        ),
        Edition(
            "gakkensai-2025",
            gettext("2025 edition"),
            gettext("With the dental rider; sums by certificate"),
            (certificate,),
        ),
    ]


def find_edition(edition_id: str) -> Edition | None:
    """The edition with this id, or None."""
    return next((edition for edition in list_editions() if edition.id == edition_id), None)
