"""Whether the site runs as a demonstration.

Demonstration mode is asked for by a setting, and the database has a say: one that is marked as
real is never shown as a demonstration, whatever the setting.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from .models import Installation, InstallationKind

View = Callable[..., HttpResponse]


def find_kind() -> InstallationKind | None:
    """What the database is for; None while nobody has said so."""
    kind = Installation.objects.values_list("kind", flat=True).first()
    return None if kind is None else InstallationKind(kind)


def is_demonstration() -> bool:
    """Whether pages of a demonstration are shown; asks the database in that mode only."""
    return bool(settings.DOSOJIN_DEMO) and find_kind() is not InstallationKind.REAL


def is_filled_demonstration() -> bool:
    """Whether besides that, the database is marked as a demonstration."""
    return bool(settings.DOSOJIN_DEMO) and find_kind() is InstallationKind.DEMO


def only_in_demonstration(view: View) -> View:
    """404 for everybody, unless the site runs as a demonstration."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_demonstration():
            raise Http404
        return view(request, *args, **kwargs)

    return answer


def only_if_filled(view: View) -> View:
    """404 for everybody, unless the database was made for a demonstration."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_filled_demonstration():
            raise Http404
        return view(request, *args, **kwargs)

    return answer
