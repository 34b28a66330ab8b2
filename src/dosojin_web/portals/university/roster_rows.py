"""Rosters as rows: those of a study trip, and what one of them said that was not taken."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.models import Programme, RosterState, RosterUpload, UntakenRow
from dosojin_web.templatetags.portals import japan_time

from .words import reader_language

ROSTERS_SHOWN = 20
NO_BREAK = "\N{NO-BREAK SPACE}"
STATE_MARKS = {
    RosterState.WAITING: "awaiting_payment",
    RosterState.READING: "current",
    RosterState.DONE: "done",
    RosterState.REFUSED: "refused",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong in one column of a row, and what to do, in the reader's language."""

    column: str
    wrong: str
    remedy: str


def roster_columns() -> list[Column]:
    """The columns of ``roster_rows``."""
    return [
        Column(gettext("Sent on")),
        Column(gettext("State")),
        Column(gettext("Rows"), amount=True),
        Column(gettext("Added"), amount=True),
        Column(gettext("Changed"), amount=True),
        Column(gettext("Not taken in"), amount=True),
    ]


def roster_rows(programme: Programme) -> list[TableRow]:
    """The latest rosters of a study trip."""
    rosters = list(programme.rosters.order_by("-sent_at")[:ROSTERS_SHOWN])
    names = name_actors((f"user:{each.sent_by_id}" for each in rosters), with_log_in=True)
    return [
        TableRow(
            (
                Cell(
                    japan_time(each.sent_at),
                    reverse("university:roster", args=[each.key]),
                    note=names[f"user:{each.sent_by_id}"],
                ),
                roster_state(each),
                *(
                    Cell(f"{number:,}")
                    for number in (each.rows, each.added, each.changed, each.not_taken)
                ),
            )
        )
        for each in rosters
    ]


def roster_state(roster: RosterUpload) -> Cell:
    """How far a roster is; one with rows that were not taken asks for attention."""
    state = RosterState(roster.state)
    if state is RosterState.DONE and roster.not_taken:
        return Cell(gettext("Taken in part"), state="needs_attention")
    mark = {RosterState.WAITING: "todo"}.get(state, STATE_MARKS[state])
    return Cell(str(state.label), state=mark)


def complaint_columns() -> list[Column]:
    """The columns of ``complaint_rows``."""
    return [
        Column(gettext("Line")),
        Column(gettext("Column")),
        Column(gettext("What is wrong, and what to do")),
        Column(gettext("The row as it was sent")),
    ]


def complaint_rows(untaken: Iterable[UntakenRow]) -> Iterator[TableRow]:
    """A row for each complaint, the line and its cells beside the first of a line."""
    for row in untaken:
        cells, complaints = read_untaken(row)
        sent = gettext(", ").join(cell for cell in cells if cell)
        line = (gettext("Line %(line)s") % {"line": f"{row.line:,}"}).replace(" ", NO_BREAK)
        for place, complaint in enumerate(complaints):
            yield TableRow(
                (
                    Cell(line),
                    Cell(complaint.column),
                    Cell(complaint.wrong, note=complaint.remedy),
                    Cell("" if place else sent),
                )
            )


def read_untaken(row: UntakenRow) -> tuple[Sequence[str], Sequence[Complaint]]:
    """The row as it was sent, and all that is wrong with it."""
    told, language = json.loads(row.told), reader_language()
    return told["cells"], [
        Complaint(problem["column"], *problem[language]) for problem in told["problems"]
    ]
