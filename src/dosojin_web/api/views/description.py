"""The pages that describe the interface, made from its OpenAPI description."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.api.access import ANYONE
from dosojin_web.api.description import list_operations, list_shapes, operations_of
from dosojin_web.api.interface import describe


@require_safe
def description(request: HttpRequest, role: str = ANYONE) -> HttpResponse:
    """The operations of a role, or those for anyone, with their fields and a call to copy."""
    described = describe(get_language() or "en")
    here = request.build_absolute_uri("/").rstrip("/")
    groups = [
        {"role": each.value, "label": each.label, "count": len(operations_of(described, each))}
        for each in Role
    ]
    context = {
        "role": role,
        "is_start": role == ANYONE,
        "title": None if role == ANYONE else Role(role).label,
        "groups": groups,
        "operations": list_operations(described, here, role),
        "shapes": list_shapes(described, role),
        "here": here,
    }
    return render(request, "api/description.html", context)
