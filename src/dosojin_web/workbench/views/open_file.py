"""Open a claim that was saved: from a file, or from text that is pasted."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.mapping import Problem, explain_problem
from dosojin_web.workbench.operations.read_claim_file import NotOneClaim, read_claim_file


@require_http_methods(["GET", "HEAD", "POST"])
def open_file(request: HttpRequest) -> HttpResponse:
    """Ask for the file; a claim that can be read is opened as a new one."""
    faults: list[Fault] = []
    text = request.POST.get("text", "")
    if request.method == "POST":
        uploaded = request.FILES.get("file")
        content = uploaded.read() if uploaded is not None else text.encode()
        field = "file" if uploaded is not None else "text"
        try:
            key = read_claim_file(content).key
            return HttpResponseRedirect(reverse("workbench:claim", args=[key]))
        except NotOneClaim as fault:
            faults = [Fault(field, str(fault))]
        except Problem as problem:
            place = f"{problem.place}: " if problem.place else ""
            faults = [Fault(field, place + explain_problem(problem))]
    error = {fault.field: fault.message for fault in faults}
    context = {"faults": faults, "error": error, "text": text}
    return render(request, "workbench/open.html", context, status=422 if faults else 200)
