"""The page that shows every element."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import samples


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every element with sample words, in the reader's language."""
    return render(request, "components/page.html", samples.collect_samples())
