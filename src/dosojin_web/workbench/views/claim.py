"""The desk of one claim: the question that matters most, and all that is known so far."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.desk import claim_page
from dosojin_web.workbench.mapping import Problem, explain_problem, find_slot
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.keep_answer import keep_answer
from dosojin_web.workbench.operations.read_answer import Unreadable, read_answer
from dosojin_web.workbench.question_page import question_context


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def claim(request: HttpRequest, draft: ClaimDraft) -> HttpResponse:
    """Ask what still matters; keep an answer and ask on."""
    faults: list[Fault] = []
    key = request.GET.get("ask", "")
    if request.method == "POST":
        key = request.POST.get("key", "")
        slot = find_slot(draft.claim, key)
        if slot is None:
            raise Http404
        try:
            keep_answer(draft, slot, read_answer(request.POST, slot, draft.claim))
            return HttpResponseRedirect(reverse("workbench:claim", args=[draft.key]))
        except Unreadable as unreadable:
            faults = [Fault(unreadable.field, unreadable.message)]
        except Problem as problem:
            faults = [Fault("answer", explain_problem(problem))]
    typed = request.POST if faults else None
    context = question_context(draft, key, faults, typed)
    return render(request, "workbench/claim.html", context, status=422 if faults else 200)
