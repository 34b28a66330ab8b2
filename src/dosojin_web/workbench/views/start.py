"""The first page: choose edition, plan and policy period."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.mapping import find_edition, list_editions
from dosojin_web.workbench.operations.open_claim import open_claim
from dosojin_web.workbench.operations.read_contract import Contract, read_contract
from dosojin_web.workbench.steps import list_steps


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the contract; with an answer that can be read, open a claim and go to it."""
    asked = request.POST if request.method == "POST" else request.GET
    editions = list_editions()
    edition = find_edition(asked.get("edition", "")) or editions[0]
    faults: list[Fault] = []
    if request.method == "POST":
        read = read_contract(request.POST.dict(), edition)
        if isinstance(read, Contract):
            key = open_claim(read).key
            return HttpResponseRedirect(reverse("workbench:claim", args=[key]))
        faults = read
    return render(
        request,
        "workbench/start.html",
        {
            "editions": editions,
            "edition": edition,
            "plan": asked.get("plan", edition.plans[0].value if len(edition.plans) == 1 else ""),
            "inception": asked.get("inception", ""),
            "expiry": asked.get("expiry", ""),
            "faults": faults,
            "error": {fault.field: fault.message for fault in faults},
            "steps": list_steps(0),
        },
        status=422 if faults else 200,
    )
