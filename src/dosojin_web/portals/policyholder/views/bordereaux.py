"""What each insurer gets each month, with its control."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Filter
from dosojin_web.components.shapes import Choice
from dosojin_web.directory.models import Organisation
from dosojin_web.policies.bordereau import (
    BordereauDiffers,
    make_bordereau,
    months_until,
    write_csv,
)
from dosojin_web.policies.bordereau_months import list_months
from dosojin_web.policies.models import MasterPolicy
from dosojin_web.portals.policyholder.month_tables import tabulate
from dosojin_web.portals.policyholder.pages import lay_out
from dosojin_web.portals.policyholder.scope import masters_of

MONTHS_A_PAGE = 6


@require_safe
@seated(Role.POLICYHOLDER)
def bordereaux(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Months and insurers; a month that differs from the ledger is not given out."""
    masters = list(masters_of(seat))
    master = _chosen(masters, request.GET.get("contract", ""))
    if master is None:
        return render(request, "policyholder/bordereaux.html", lay_out(request, seat))
    page = Paginator(months_until(master, timezone.now()), MONTHS_A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = list_months(master, list(page.object_list), insurers_of(master))
    context = lay_out(request, seat) | {
        "master": master,
        "filters": _filters(masters, master),
        "months": tabulate(master, lines),
        "differing": [line for line in lines if line.difference],
        "page": page,
    }
    return render(request, "policyholder/bordereaux.html", context)


@require_safe
@seated(Role.POLICYHOLDER)
def download(
    request: HttpRequest, seat: Seat, contract: str, insurer: str, year: int, month: int
) -> HttpResponse:
    """One insurer's month as CSV; 409 and no file if certificates and ledger differ."""
    master = get_object_or_404(masters_of(seat), code=contract)
    organisation = get_object_or_404(
        Organisation, code=insurer, pk__in=master.shares.values("insurer")
    )
    first = _first_day(year, month)
    if first not in months_until(master, timezone.now()):
        raise Http404
    try:
        content = write_csv(make_bordereau(master, organisation, first))
    except BordereauDiffers:
        line = list_months(master, [first], [organisation])[0]
        context = lay_out(request, seat) | {"line": line}
        return render(request, "policyholder/differs.html", context, status=409)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"bordereau-{master.number}-{insurer}-{first:%Y-%m}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def insurers_of(master: MasterPolicy) -> list[Organisation]:
    """Those who carry the contract, the lead first."""
    shares = master.shares.select_related("insurer").order_by("place")
    return [share.insurer for share in shares]


def _chosen(masters: list[MasterPolicy], code: str) -> MasterPolicy | None:
    """The contract named in the address, else the newest."""
    return next((each for each in masters if each.code == code), masters[0] if masters else None)


def _filters(masters: list[MasterPolicy], master: MasterPolicy) -> list[Filter]:
    if len(masters) < 2:
        return []
    options = [Choice(each.code, each.number) for each in masters]
    return [Filter("contract", gettext("Master policy"), options, master.code)]


def _first_day(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError:
        raise Http404 from None
