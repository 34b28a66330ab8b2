"""The insurer's bordereau of a month as a file."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.policies.bordereau import (
    BordereauDiffers,
    make_bordereau,
    months_until,
    write_csv,
)
from dosojin_web.policies.bordereau_months import list_months
from dosojin_web.portals.insurer.pages import lay_out
from dosojin_web.portals.insurer.scope import shares_of


@require_safe
@seated(Role.INSURER)
def bordereau(
    request: HttpRequest, seat: Seat, contract: str, year: int, month: int
) -> HttpResponse:
    """CSV with control totals; 409 and no file if certificates and ledger differ."""
    share = get_object_or_404(shares_of(seat), master__code=contract)
    first = _first_day(year, month)
    if first not in months_until(share.master, timezone.now()):
        raise Http404
    try:
        content = write_csv(make_bordereau(share.master, share.insurer, first))
    except BordereauDiffers:
        line = list_months(share.master, [first], [share.insurer])[0]
        context = lay_out(request, seat) | {"line": line}
        return render(request, "insurer/differs.html", context, status=409)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"bordereau-{share.master.number}-{share.insurer.code}-{first:%Y-%m}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _first_day(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError:
        raise Http404 from None
