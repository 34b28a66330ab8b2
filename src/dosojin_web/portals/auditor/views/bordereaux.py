"""Every month of every contract against the ledger."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.bordereau import months_until
from dosojin_web.policies.bordereau_months import MonthLine, list_months
from dosojin_web.policies.models import MasterPolicy
from dosojin_web.portals.auditor.pages import lay_out
from dosojin_web.templatetags.money import yen
from dosojin_web.templatetags.portals import month_words


@require_safe
@seated(Role.AUDITOR)
def bordereaux(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A row for each month and insurer, of each contract, the newest first."""
    now = timezone.now()
    contracts = [
        (master, [_row(line) for line in _lines(master, months_until(master, now))])
        for master in MasterPolicy.objects.order_by("-first_inception")
    ]
    context = lay_out(request, seat) | {"columns": _columns(), "contracts": contracts}
    return render(request, "auditor/bordereaux.html", context)


def _lines(master: MasterPolicy, months: list[date]) -> list[MonthLine]:
    shares = master.shares.select_related("insurer").order_by("place")
    return list_months(master, months, [share.insurer for share in shares])


def _columns() -> list[Column]:
    amounts = [gettext("Written"), gettext("Returned"), gettext("Net")]
    return [
        Column(gettext("Insurer")),
        Column(gettext("Month")),
        *(Column(each, amount=True) for each in amounts),
        Column(gettext("Control")),
    ]


def _row(line: MonthLine) -> TableRow:
    control = Cell(gettext("Agrees with the ledger"), state="done")
    if line.difference:
        said = gettext("Differs by %(amount)s") % {"amount": yen(abs(line.difference))}
        note = gettext("Certificates %(certificates)s, ledger %(ledger)s") % {
            "certificates": yen(line.net),
            "ledger": yen(line.booked),
        }
        control = Cell(said, state="needs_attention", note=note)
    return TableRow(
        (
            Cell(line.insurer.name),
            Cell(month_words(line.month)),
            *(Cell(yen=each) for each in (line.written, line.returned, line.net)),
            control,
        )
    )
