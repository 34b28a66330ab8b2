"""The costs: receipts typed in rows or pasted, and the rates of their currencies."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dosojin_web.workbench.desk import claim_page
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.edit_receipts import edit_receipts, stated_receipts
from dosojin_web.workbench.receipts_page import receipts_context


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def receipts(request: HttpRequest, draft: ClaimDraft) -> HttpResponse:
    """Show the receipts; add, remove, read pasted lines, or keep them all."""
    if request.method == "POST":
        sheet = edit_receipts(draft, request.POST)
        if sheet.is_kept:
            return HttpResponseRedirect(reverse("workbench:claim", args=[draft.key]))
    else:
        sheet = stated_receipts(draft)
    context = receipts_context(draft, sheet)
    return render(request, "workbench/receipts.html", context, status=422 if sheet.faults else 200)
