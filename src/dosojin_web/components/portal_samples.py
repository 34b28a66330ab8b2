"""Sample words for the elements of portals: a university's members, invented, in both languages."""

from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from .records import (
    Cell,
    Column,
    ConflictRow,
    ContactCard,
    Filter,
    PastEvent,
    Tab,
    TableRow,
    Telephone,
)
from .shapes import Choice


def _lists() -> dict[str, Any]:
    return {
        "tabs": [
            Tab(_("Members"), "#portals", True, 128),
            Tab(_("Programmes"), "#portals"),
            Tab(_("Rosters"), "#portals"),
            Tab(_("Leaving soon without cover"), "#portals", count=3),
        ],
        "filters": [
            Filter(
                "sample-state",
                _("State"),
                [Choice("enrolled", _("Enrolled")), Choice("invited", _("Invited"))],
                "enrolled",
            ),
            Filter("sample-plan", _("Plan"), [Choice(plan, plan) for plan in "ABCDEF"]),
        ],
        **_members(),
        "page": Paginator(range(234), 25).page(4),
    }


def _members() -> dict[str, Any]:
    return {
        "member_columns": [
            Column(_("Name")),
            Column(_("State")),
            Column(_("Trip")),
            Column(_("Premium"), amount=True),
        ],
        "members": [
            TableRow(
                (
                    Cell(_("Hanako Sato"), "#data-table", note="S2600123"),
                    Cell(state="on_trip"),
                    Cell("2026-06-01 – 2026-08-31"),
                    Cell(yen=61_230),
                )
            ),
            TableRow(
                (
                    Cell(_("Taro Suzuki"), "#data-table", note="S2600124"),
                    Cell(state="awaiting_payment"),
                    Cell("2026-09-01 – 2027-08-31"),
                    Cell(yen=182_640),
                )
            ),
            TableRow(
                (
                    Cell(_("Yuki Kobayashi"), "#data-table", note="S2600131"),
                    Cell(state="needs_attention", text=_("Leaves in 2 days without cover")),
                    Cell("2026-06-03 – 2026-06-20"),
                    Cell(),
                )
            ),
        ],
        "members_total": TableRow((Cell(_("Total")), Cell(), Cell(), Cell(yen=243_870))),
    }


def _events() -> list[PastEvent]:
    return [
        PastEvent(
            datetime(2026, 5, 20, 1, 12, tzinfo=UTC),
            _("University office"),
            _("Invited"),
            _("The mail went to the address in the roster."),
        ),
        PastEvent(
            datetime(2026, 5, 22, 11, 40, tzinfo=UTC),
            _("Student"),
            _("Paid by card"),
            "",
            "#events",
        ),
        PastEvent(
            datetime(2026, 5, 22, 11, 41, tzinfo=UTC),
            _("Dosojin"),
            _("Certificate K26-000123 issued"),
        ),
    ]


def _contacts() -> list[ContactCard]:
    return [
        ContactCard(
            name=_("Customer centre"),
            purpose=_("When you do not know your agency"),
            telephones=[
                Telephone("0120000000", "0120-000-000", _("Free of charge, within Japan only"))
            ],
            hours=[_("Every day: 9:00 to 18:00")],
            open_now=True,
            change=_("Open until Mon 1 June 2026, 18:00, Japan time"),
            change_there=_("Paris: Mon 1 June 2026, 11:00"),
        ),
        ContactCard(
            name=_("Agency"),
            purpose=_("Extensions and changes"),
            telephones=[
                Telephone("+81300000000", "03-0000-0000", _("From abroad: +81 3-0000-0000"))
            ],
            mail="office@example.jp",
            hours=[_("Weekdays: 9:00 to 17:00 (not 12:00 to 13:00)")],
            open_now=False,
            change=_("Opens Mon 1 June 2026, 13:00, Japan time"),
        ),
    ]


def collect_portal_samples() -> dict[str, Any]:
    """What the page shows of portals, in the active language."""
    return {
        **_lists(),
        "events": _events(),
        "contacts": _contacts(),
        "versions": [
            ConflictRow(_("Return"), "2026-08-31", "2026-09-14"),
            ConflictRow(_("Plan"), "D", "D"),
        ],
        "now": datetime(2026, 5, 23, 2, 0, tzinfo=UTC),
        "portal_states": [
            "invited", "applying", "referred", "awaiting_payment", "enrolled", "on_trip", "ended",
            "cancelled", "refused", "requested", "confirmed", "needs_attention", "differs",
            "open_now", "closed_now",
        ],
    }  # fmt: skip
