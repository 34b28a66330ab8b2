"""Bordereaux as tables, one for each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.bordereau_months import MonthLine
from dosojin_web.policies.models import MasterPolicy
from dosojin_web.templatetags.money import yen


@dataclass(frozen=True, slots=True)
class MonthTable:
    """One month: a row for each insurer, and the total of all. ``entries`` counts its lines."""

    month: date
    entries: int
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    total: TableRow

    @property
    def name(self) -> str:
        """The id of the table on its page."""
        return f"table-{self.month:%Y-%m}"


def tabulate(master: MasterPolicy, lines: Sequence[MonthLine]) -> list[MonthTable]:
    """The lines by month, in their order."""
    grouped = groupby(lines, key=lambda line: line.month)
    return [_table(master, month, list(of_month)) for month, of_month in grouped]


def _table(master: MasterPolicy, month: date, lines: list[MonthLine]) -> MonthTable:
    total = TableRow(
        (
            Cell(gettext("All insurers")),
            Cell(yen=sum(line.written for line in lines)),
            Cell(yen=sum(line.returned for line in lines)),
            Cell(yen=sum(line.net for line in lines)),
            Cell(),
            Cell(),
        )
    )
    columns = (
        Column(gettext("Insurer")),
        Column(gettext("Written"), amount=True),
        Column(gettext("Returned"), amount=True),
        Column(gettext("Net"), amount=True),
        Column(gettext("Control")),
        Column(gettext("File")),
    )
    rows = tuple(_row(master, line) for line in lines)
    return MonthTable(month, lines[0].rows, columns, rows, total)


def _row(master: MasterPolicy, line: MonthLine) -> TableRow:
    return TableRow(
        (
            Cell(line.insurer.name),
            Cell(yen=line.written),
            Cell(yen=line.returned),
            Cell(yen=line.net),
            control_cell(line),
            _file(master, line),
        )
    )


def control_cell(line: MonthLine) -> Cell:
    """Whether certificates and ledger agree; if not, by how much."""
    if not line.difference:
        return Cell(gettext("Agrees with the ledger"), state="done")
    note = gettext("Certificates %(certificates)s, ledger %(ledger)s") % {
        "certificates": yen(line.net),
        "ledger": yen(line.booked),
    }
    said = gettext("Differs by %(amount)s") % {"amount": yen(abs(line.difference))}
    return Cell(said, state="needs_attention", note=note)


def _file(master: MasterPolicy, line: MonthLine) -> Cell:
    if line.difference:
        return Cell(gettext("Not given out"))
    place = [master.code, line.insurer.code, line.month.year, line.month.month]
    return Cell(gettext("CSV"), reverse("policyholder:bordereau", args=place))
