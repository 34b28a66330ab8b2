"""Who may decide about how much, what a second person said, and loadings quoted by hand."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.authority.models import Approval, AuthorityProfile
from dosojin_web.policies.models import Referral
from dosojin_web.portals.auditor.authority_rows import (
    approval_columns,
    approval_rows,
    profile_columns,
    profile_rows,
    referral_columns,
    referral_rows,
)
from dosojin_web.portals.auditor.pages import lay_out, paginate

SHOWN_AT_ONCE = 50


@require_safe
@seated(Role.AUDITOR)
def approvals(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Approvals, those still open first; profiles; loadings, the latest first."""
    found = Approval.objects.select_related("made_by", "decision__checked_by")
    open_first = F("decision__pk").desc(nulls_first=True)
    page = paginate(request, found.order_by(open_first, "-made_at"))
    profiles = AuthorityProfile.objects.select_related("organisation").order_by("-begins_on", "-pk")
    referrals = Referral.objects.select_related("application__member", "answered_by")
    context = lay_out(request, seat) | {
        "columns": approval_columns(),
        "rows": approval_rows(list(page.object_list)),
        "page": page,
        "profile_columns": profile_columns(),
        "profiles": profile_rows(list(profiles[:SHOWN_AT_ONCE])),
        "referral_columns": referral_columns(),
        "referrals": referral_rows(list(referrals.order_by("-asked_at")[:SHOWN_AT_ONCE])),
    }
    return render(request, "auditor/approvals.html", context)
