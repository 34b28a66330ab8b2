"""Certificates by number, without names, each with the insurer's share."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import CertificateVersion, CoinsuranceShare
from dosojin_web.portals.insurer.certificate_rows import certificate_columns, certificate_rows
from dosojin_web.portals.insurer.pages import lay_out
from dosojin_web.portals.insurer.scope import choose_share
from dosojin_web.portals.insurer.views.home import contract_filter

ROWS_A_PAGE = 50


@require_safe
@seated(Role.INSURER)
def certificates(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List them, the latest number first; ``q`` is the beginning of a number."""
    share = choose_share(seat, request.GET.get("contract", ""))
    if share is None:
        return render(request, "insurer/certificates.html", lay_out(request, seat))
    typed = request.GET.get("q", "").strip()[:24]
    page = Paginator(_latest(share, typed), ROWS_A_PAGE).get_page(request.GET.get("page"))
    today = day_in_japan(timezone.now())
    context = lay_out(request, seat) | {
        "share": share,
        "typed": typed,
        "filters": contract_filter(seat, share.master.code),
        "columns": certificate_columns(),
        "rows": certificate_rows(share, list(page.object_list), today),
        "page": page,
    }
    return render(request, "insurer/certificates.html", context)


def _latest(share: CoinsuranceShare, typed: str) -> QuerySet[CertificateVersion, Any]:
    """The latest version of each certificate of the contract."""
    newest = CertificateVersion.objects.filter(certificate=OuterRef("certificate"))
    found = CertificateVersion.objects.filter(
        certificate__master=share.master,
        number=Subquery(newest.order_by("-number").values("number")[:1]),
    ).select_related("certificate")
    if typed:
        found = found.filter(certificate__number__istartswith=typed)
    return found.order_by("-certificate__number")
