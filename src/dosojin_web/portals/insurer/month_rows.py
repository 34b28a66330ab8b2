"""The insurer's months as rows of a table."""

from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.bordereau_months import MonthLine
from dosojin_web.policies.models import MasterPolicy
from dosojin_web.templatetags.money import yen
from dosojin_web.templatetags.portals import month_words


def month_columns() -> list[Column]:
    """Heads of ``month_row``."""
    return [
        Column(gettext("Month")),
        Column(gettext("Entries"), amount=True),
        Column(gettext("Our share, written"), amount=True),
        Column(gettext("Our share, returned"), amount=True),
        Column(gettext("Our share, net"), amount=True),
        Column(gettext("Control")),
        Column(gettext("Bordereau")),
    ]


def month_row(master: MasterPolicy, line: MonthLine) -> TableRow:
    """One month; without a file while certificates and ledger differ."""
    return TableRow(
        (
            Cell(month_words(line.month)),
            Cell(f"{line.rows:,}"),
            Cell(yen=line.written),
            Cell(yen=line.returned),
            Cell(yen=line.net),
            _control(line),
            _file(master, line),
        )
    )


def _control(line: MonthLine) -> Cell:
    if not line.difference:
        return Cell(gettext("Agrees with the ledger"), state="done")
    said = gettext("Differs by %(amount)s") % {"amount": yen(abs(line.difference))}
    return Cell(said, state="needs_attention")


def _file(master: MasterPolicy, line: MonthLine) -> Cell:
    if line.difference:
        return Cell(gettext("Not given out"))
    place = [master.code, line.month.year, line.month.month]
    return Cell(gettext("CSV"), reverse("insurer:bordereau", args=place))
