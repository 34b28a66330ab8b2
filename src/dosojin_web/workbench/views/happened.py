"""What happened, in a few words of choice."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.desk import claim_page
from dosojin_web.workbench.mapping import Problem, explain_problem
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.keep_answer import keep_happened
from dosojin_web.workbench.situations import NOTHING_ELSE, SITUATIONS, situation_choices
from dosojin_web.workbench.steps import list_steps


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def happened(request: HttpRequest, draft: ClaimDraft) -> HttpResponse:
    """Offer the cards; those that are chosen open the claim, and the costs come next."""
    chosen = list(draft.happened)
    faults: list[Fault] = []
    if request.method == "POST":
        known = [situation.id for situation in SITUATIONS]
        chosen = [id for id in (*known, NOTHING_ELSE) if id in request.POST.getlist("happened")]
        if not set(chosen) - {NOTHING_ELSE}:
            faults = [Fault("happened", gettext("Choose at least one thing that happened."))]
        else:
            try:
                keep_happened(draft, chosen)
            except Problem as problem:
                faults = [Fault("happened", explain_problem(problem))]
            else:
                name = "claim" if draft.claim.get("expenses") else "receipts"
                return HttpResponseRedirect(reverse(f"workbench:{name}", args=[draft.key]))
    context = {
        "draft": draft, "cards": situation_choices(), "chosen": chosen, "faults": faults,
        "nothing_else": NOTHING_ELSE in chosen, "steps": list_steps(1),
    }  # fmt: skip
    return render(request, "workbench/happened.html", context, status=422 if faults else 200)
