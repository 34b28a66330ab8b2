"""Sample words for the page of every element: a student's claim, invented, in both languages."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .band_picture import Step as PremiumStep
from .portal_samples import collect_portal_samples
from .sankey import Flow
from .shapes import Choice, Citation, Fault, MoneyRow, Progress, Receipt, Step, SummaryRow


def _flows() -> list[Flow]:
    fares, rooms = _("Relatives’ fares"), _("Relatives’ rooms")
    hospital, rescue = _("Hospital bill"), _("Rescue")
    return [
        Flow(hospital, _("Medical"), 2_180_000),
        Flow(fares, rescue, 750_000),
        Flow(rooms, rescue, 300_000),
        Flow(_("Medical"), _("To be paid"), 2_130_000),
        Flow(rescue, _("To be paid"), 810_000),
        Flow(
            _("Medical"), _("Borne by public insurance"), 50_000, "medical.public", True, "#clause"
        ),
        Flow(rescue, _("A fourth relative"), 150_000, "rescue.rescuers_max", True, "#clause"),
        Flow(
            rescue, _("Nights beyond fourteen"), 90_000, "rescue.room_nights_max", True, "#clause"
        ),
    ]


def _answers() -> dict[str, Any]:
    return {
        "few": [
            Choice("injury", _("Injury"), _("A sudden, external accident")),
            Choice("illness", _("Illness"), _("Also an infection")),
        ],
        "yes_no": [Choice("yes", _("Yes")), Choice("no", _("No"))],
        "exclusions": [
            Choice("drunk", _("Driving under the influence of alcohol")),
            Choice("fight", _("A fight, or a crime of one’s own")),
            Choice("sport", _("A dangerous sport without the rider for it")),
        ],
        "categories": [
            Choice("hospital", _("Hospital and physician")),
            Choice("fare", _("Relatives’ fares")),
            Choice("room", _("Relatives’ rooms")),
        ],
        "statuses": [
            Choice("paid", _("Paid")),
            Choice("billed", _("Billed")),
            Choice("estimated", _("Estimated")),
        ],
        "currencies": [Choice(code, code) for code in ("JPY", "USD", "EUR")],
        "receipts": [
            Receipt("hospital", "billed", "14,200.00", "USD", date(2026, 6, 14)),
            Receipt(
                "fare",
                "paid",
                "-5",
                "JPY",
                date(2026, 6, 4),
                (Fault("amount", _("Enter an amount above 0.")),),
            ),
        ],
        "faults": [
            Fault("sample-wrong", _("Enter the day of admission.")),
            Fault("sample-number-wrong", _("Enter whole yen, for example 30000.")),
        ],
        "proof": [_("Medical certificate"), _("Statement of earlier treatment")],
    }


def _reports() -> dict[str, Any]:
    return {
        "summary": [
            SummaryRow(_("Plan"), "D", "#summary"),
            SummaryRow(_("Cause"), _("Injury"), "#summary"),
            SummaryRow(_("Admitted"), "2026-06-02", "#summary"),
        ],
        "steps": [
            Step(_("The contract"), Progress.DONE, address="#steps"),
            Step(_("What happened"), Progress.CURRENT, _("two questions are left"), "#steps"),
            Step(_("The decision and its reasons"), Progress.TODO),
        ],
        "rows": [
            MoneyRow(_("Three fares"), (600_000, 600_000), Citation("rescue.2", "#clause")),
            MoneyRow(
                _("A fourth relative"),
                (150_000, 0),
                Citation("rescue.rescuers_max", "#clause"),
                _("three are covered"),
            ),
            MoneyRow(_("Sundries"), (None, None)),
        ],
        "columns": [_("Claimed"), _("To be paid")],
        "total": MoneyRow(_("Total"), (750_000, 600_000)),
        "citation": Citation("rescue.rescuers_max", "#clause"),
        "day": date(2026, 6, 1),
        "states": [
            "covered", "not_covered", "depends", "yes", "no", "unknown", "certain", "possible",
            "paid", "billed", "estimated", "done", "current", "todo", "coded", "human",
            "not_modelled",
        ],
    }  # fmt: skip


def _premiums() -> dict[str, Any]:
    plan, pair = _("Plan A"), _("Plan B")
    return {
        "premium_end": date(2026, 8, 30),
        "premium_sentence": _("1 day longer costs 0 yen more."),
        "premiums": [
            PremiumStep(date(2026, 8, 28), date(2026, 8, 29), 9_060, plan),
            PremiumStep(date(2026, 8, 30), date(2026, 8, 31), 9_700, plan),
            PremiumStep(date(2026, 9, 1), date(2026, 9, 2), 10_410, plan),
            PremiumStep(date(2026, 9, 3), date(2026, 9, 5), 11_610, pair),
            PremiumStep(date(2026, 9, 6), date(2026, 9, 10), 13_540, pair),
        ],
    }


def collect_samples() -> dict[str, Any]:
    """Everything that the page shows, in the active language."""
    own = {"flows": _flows(), **_answers(), **_reports(), **_premiums()}
    return own | collect_portal_samples()
