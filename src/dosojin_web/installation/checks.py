"""Django's check at every start: demonstration mode is not switched on over real data."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from .mode import find_kind
from .models import InstallationKind

REAL_DATA = "installation.E001"


@register()
def check_mode(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error if DOSOJIN_DEMO is set over a database that is marked as real."""
    if not settings.DOSOJIN_DEMO:
        return []
    try:
        kind = find_kind()
    except DatabaseError:
        return []  # Not migrated yet, so there are no real people either.
    if kind is not InstallationKind.REAL:
        return []
    return [
        Error(
            "Demonstration mode is on, but this database holds real people.",
            hint="Take DOSOJIN_DEMO away, or name another database: make run has one of its own.",
            id=REAL_DATA,
        )
    ]


class NotADemonstration(RuntimeError):
    """The site does not start."""


def refuse_real_data() -> None:
    """Raises NotADemonstration with the check's words; for servers, which run no checks."""
    for fault in check_mode(None):
        raise NotADemonstration(f"{fault.msg} {fault.hint}")
