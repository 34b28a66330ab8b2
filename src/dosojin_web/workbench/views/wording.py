"""The wording page of an edition: what each clause says, its figures, its status, its source."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dosojin_web.workbench.mapping import edition_titles, is_edition
from dosojin_web.workbench.wording_sections import describe_wording


@require_safe
def wording(request: HttpRequest, product: str) -> HttpResponse:
    """The whole edition on one page; every clause has its own address."""
    if not is_edition(product):
        raise Http404
    return render(
        request,
        "workbench/wording.html",
        {"page": describe_wording(product), "editions": edition_titles(), "product": product},
    )
