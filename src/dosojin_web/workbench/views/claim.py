"""One claim: what is known of it, and what comes next."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.components.shapes import SummaryRow
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.workbench.mapping import find_edition
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.steps import list_steps


def _summarize_contract(draft: ClaimDraft, change: str) -> list[SummaryRow]:
    claim = draft.claim
    edition = find_edition(claim["product"])
    plans = {choice.value: choice.label for choice in edition.plans} if edition else {}
    period = gettext("%(first)s to %(last)s") % {
        "first": civil_day(date.fromisoformat(claim["policy"]["inception"])),
        "last": civil_day(date.fromisoformat(claim["policy"]["expiry"])),
    }
    return [
        SummaryRow(gettext("Edition"), edition.name if edition else claim["product"], change),
        SummaryRow(gettext("Plan"), plans.get(claim["plan"], claim["plan"]), change),
        SummaryRow(gettext("Policy period"), period, change),
    ]


@require_safe
def claim(request: HttpRequest, key: str) -> HttpResponse:
    """The claim with this key; a stranger's guess gets 404."""
    draft = get_object_or_404(ClaimDraft, key=key)
    answers = {
        "edition": draft.claim["product"],
        "plan": draft.claim["plan"],
        "inception": draft.claim["policy"]["inception"],
        "expiry": draft.claim["policy"]["expiry"],
    }
    change = f"{reverse('workbench:start')}?{urlencode(answers)}"
    return render(
        request,
        "workbench/claim.html",
        {
            "contract": _summarize_contract(draft, change),
            "steps": list_steps(1, contract_address=change),
        },
    )
