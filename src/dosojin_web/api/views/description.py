"""The page that describes the interface, made from its OpenAPI description."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dosojin_web.api.description import list_operations, list_shapes
from dosojin_web.api.interface import describe


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Every operation with its fields, who may call it, and an example."""
    described = describe(get_language() or "en")
    here = request.build_absolute_uri("/").rstrip("/")
    context = {
        "operations": list_operations(described, here),
        "shapes": list_shapes(described),
        "here": here,
    }
    return render(request, "api/description.html", context)
