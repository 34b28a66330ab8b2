"""Study trips and rosters as rows of tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from dosojin_web.components.records import Cell, Column, PastEvent, TableRow
from dosojin_web.components.shapes import SummaryRow
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.marks import PROGRAMME_MARKS, ROSTER_MARKS
from dosojin_web.policies.models import Programme, RosterUpload
from dosojin_web.policies.sheets import country_name
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.portals import japan_time

ACTS: Mapping[str, str | Promise] = {
    "drafted": gettext_lazy("The study trip was drafted"),
    "changed": gettext_lazy("The study trip was changed"),
    "approved": gettext_lazy("The study trip was approved"),
    "withdrawn": gettext_lazy("The study trip was withdrawn"),
}


def programme_columns() -> list[Column]:
    """Heads of ``programme_rows``."""
    return [
        Column(gettext("Study trip")),
        Column(gettext("State")),
        Column(gettext("University")),
        Column(gettext("Period")),
        Column(gettext("Members"), amount=True),
        Column(gettext("Drafted last by")),
    ]


def programme_rows(programmes: Sequence[Any]) -> list[TableRow]:
    """One row for each study trip, with ``members_count``."""
    return [_programme(each) for each in programmes]


def _programme(programme: Any) -> TableRow:
    return TableRow(
        (
            Cell(programme.title, reverse("auditor:programme", args=[programme.key])),
            Cell(programme.get_state_display(), state=PROGRAMME_MARKS[programme.state]),
            Cell(programme.university.name),
            Cell(_period(programme)),
            Cell(f"{programme.members_count:,}"),
            Cell(programme.drafted_by.username),
        )
    )


def programme_facts(programme: Programme) -> list[SummaryRow]:
    """What a study trip is."""
    credits = gettext("Yes") if programme.earns_credits else gettext("No")
    country = country_name(programme.country, get_language() or "ja")
    return [
        SummaryRow(gettext("University"), programme.university.name),
        SummaryRow(gettext("Host institution"), programme.host),
        SummaryRow(gettext("Country"), country),
        SummaryRow(gettext("Period"), _period(programme)),
        SummaryRow(gettext("Earns credits"), credits),
        SummaryRow(gettext("Version"), str(programme.version)),
    ]


def _period(programme: Programme) -> str:
    days = {"first": civil_day(programme.starts_on), "last": civil_day(programme.ends_on)}
    return gettext("%(first)s to %(last)s") % days


def entry_events(programme: Programme) -> list[PastEvent]:
    """What was done with it, in order; one query for who acted."""
    entries = list(programme.entries.all())
    names = name_actors((entry.actor for entry in entries), with_log_in=True)
    return [
        PastEvent(entry.at, names[entry.actor], str(ACTS.get(entry.act, entry.act)), entry.reason)
        for entry in entries
    ]


def roster_columns() -> list[Column]:
    """Heads of ``roster_rows``."""
    return [
        Column(gettext("Sent on")),
        Column(gettext("State")),
        Column(gettext("Sent by")),
        Column(gettext("Rows"), amount=True),
        Column(gettext("Added"), amount=True),
        Column(gettext("Changed"), amount=True),
        Column(gettext("Not taken"), amount=True),
    ]


def roster_rows(rosters: Iterable[RosterUpload]) -> list[TableRow]:
    """One row for each roster file."""
    return [
        TableRow(
            (
                Cell(japan_time(roster.sent_at)),
                Cell(roster.get_state_display(), state=ROSTER_MARKS[roster.state]),
                Cell(roster.sent_by.username),
                *(
                    Cell(f"{count:,}")
                    for count in (roster.rows, roster.added, roster.changed, roster.not_taken)
                ),
            )
        )
        for roster in rosters
    ]
