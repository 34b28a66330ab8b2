"""Why not, and what if: other plans, other editions, and the facts that would turn the verdict."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dosojin_web.workbench.desk import claim_page, desk_context
from dosojin_web.workbench.mapping import claim_on, judge, why_not_page
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.compare_plans import compare_plans
from dosojin_web.workbench.page_blocks import show_page


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def what_if(request: HttpRequest, draft: ClaimDraft) -> HttpResponse:
    """Set the plans side by side; a press of a button opens a copy of the claim on one of them."""
    judgement = judge(draft.claim, with_questions=False)
    why = "why" in request.GET
    if request.method == "POST":
        product, _, plan = request.POST.get("other", "").partition(":")
        copied = claim_on(judgement, product, plan)
        judge(copied, with_questions=False)
        other = ClaimDraft.objects.create(claim=copied, happened=draft.happened, trail=draft.trail)
        return HttpResponseRedirect(reverse("workbench:claim", args=[other.key]))
    context = desk_context(draft, judgement, "what_if") | {
        "editions": compare_plans(judgement),
        "blocks": show_page(why_not_page(judgement), judgement.claim.product) if why else [],
        "is_why_asked": why,
    }
    return render(request, "workbench/what_if.html", context)
