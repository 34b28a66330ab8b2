"""The decision and its reasons, to read and to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dosojin_web.workbench.desk import claim_page, contract_words, desk_context
from dosojin_web.workbench.mapping import judge
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.page_blocks import show_page


@require_safe
@claim_page
def decision(request: HttpRequest, draft: ClaimDraft) -> HttpResponse:
    """What is paid and why, as a claimant understands it, with the flow of the money."""
    judgement = judge(draft.claim)
    context = desk_context(draft, judgement, "decision") | {
        "blocks": show_page(judgement.page(), judgement.claim.product),
        "contract": contract_words(draft.claim),
        "open_questions": len(judgement.decision.questions),
        "digest": judgement.decision.digest,
    }
    return render(request, "workbench/decision.html", context)
