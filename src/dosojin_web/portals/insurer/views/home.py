"""The insurer's share of each month, and what is due to it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Filter
from dosojin_web.components.shapes import Choice
from dosojin_web.ledger.balances import balance
from dosojin_web.policies.bordereau import months_until
from dosojin_web.policies.bordereau_months import list_months
from dosojin_web.policies.share_words import percent_words
from dosojin_web.portals.insurer.month_rows import month_columns, month_row
from dosojin_web.portals.insurer.pages import lay_out
from dosojin_web.portals.insurer.scope import choose_share, name_others, shares_of

MONTHS_A_PAGE = 12


@require_safe
@seated(Role.INSURER)
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A row for each month; the balance is the ledger's, over all contracts."""
    share = choose_share(seat, request.GET.get("contract", ""))
    if share is None:
        return render(request, "insurer/home.html", lay_out(request, seat))
    page = Paginator(months_until(share.master, timezone.now()), MONTHS_A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = list_months(share.master, list(page.object_list), [share.insurer])
    context = lay_out(request, seat) | {
        "share": share,
        "percent": percent_words(share.share),
        "is_lead": share.place == 0,
        "others": name_others(share),
        "due": -balance(f"premium-due:{share.insurer.code}"),
        "filters": contract_filter(seat, share.master.code),
        "columns": month_columns(),
        "rows": [month_row(share.master, line) for line in lines],
        "differing": [line for line in lines if line.difference],
        "page": page,
    }
    return render(request, "insurer/home.html", context)


def contract_filter(seat: Seat, chosen: str) -> list[Filter]:
    """A choice of contract, for an insurer that has several."""
    options = [Choice(share.master.code, share.master.number) for share in shares_of(seat)]
    if len(options) < 2:
        return []
    return [Filter("contract", gettext("Master policy"), options, chosen)]
