"""Who carries the contract, and how much of it: the flyer says to ask the policyholder."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.models import CoinsuranceShare, MasterPolicy
from dosojin_web.policies.share_words import percent_words
from dosojin_web.portals.policyholder.pages import lay_out
from dosojin_web.portals.policyholder.scope import masters_of


@require_safe
@seated(Role.POLICYHOLDER)
def shares(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The shares of each contract."""
    masters = masters_of(seat).prefetch_related("shares__insurer")
    columns = [
        Column(gettext("Insurer")),
        Column(gettext("Part")),
        Column(gettext("Share"), amount=True),
    ]
    context = lay_out(request, seat) | {
        "columns": columns,
        "contracts": [(master, _rows(master), _total(master)) for master in masters],
    }
    return render(request, "policyholder/shares.html", context)


def _rows(master: MasterPolicy) -> list[TableRow]:
    return [_row(share) for share in sorted(master.shares.all(), key=lambda each: each.place)]


def _row(share: CoinsuranceShare) -> TableRow:
    part = gettext("Leads and acts for all") if share.place == 0 else gettext("Co-insurer")
    return TableRow((Cell(share.insurer.name), Cell(part), Cell(percent_words(share.share))))


def _total(master: MasterPolicy) -> TableRow:
    total = sum(share.share for share in master.shares.all())
    return TableRow((Cell(gettext("Total")), Cell(), Cell(percent_words(total))))
