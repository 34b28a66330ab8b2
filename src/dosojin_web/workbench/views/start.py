"""The first page: edition, plan, policy period, and what else the certificate shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.contract_form import contract_context, fault_of_problem, posted_values
from dosojin_web.workbench.mapping import Problem, find_edition, list_editions
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.open_claim import move_claim, open_claim
from dosojin_web.workbench.operations.read_contract import read_contract


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the contract; with one that can be read, open a claim on it and go there."""
    asked = request.POST if request.method == "POST" else request.GET
    key = asked.get("claim", "")
    draft = get_object_or_404(ClaimDraft, key=key) if key else None
    stated = draft.claim["product"] if draft else ""
    offer = find_edition(asked.get("edition", stated)) or list_editions()[0]
    faults: list[Fault] = []
    values: dict[str, Any] | None = None
    if request.method == "POST":
        entries, faults = read_contract(request.POST, offer)
        if not faults:
            try:
                kept = move_claim(draft, entries) if draft else open_claim(entries)
            except Problem as problem:
                faults = [fault_of_problem(problem)]
            else:
                name = "claim" if kept.happened or kept.claim["expenses"] else "happened"
                return HttpResponseRedirect(reverse(f"workbench:{name}", args=[kept.key]))
        values = posted_values(request.POST)
    context = contract_context(offer, draft, values, faults)
    return render(request, "workbench/start.html", context, status=422 if faults else 200)
