"""Decides what the database is for."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.audit.operations.record_event import record
from dosojin_web.installation.models import Installation, InstallationKind


class MarkedOtherwise(Exception):
    """The database is for the other kind of people, and stays so."""


def mark_installation(kind: InstallationKind, now: datetime) -> Installation:
    """The row that says what this database is for; the one that there is, if it says the same.

    Raises MarkedOtherwise if it says something else.
    """
    with transaction.atomic():
        marked = Installation.objects.filter(pk=Installation.THE_ONE).first()
        if marked is None:
            marked = Installation.objects.create(kind=kind, decided_at=now)
            record(SYSTEM, "installation.marked", "installation", {"kind": kind.value}, now)
        elif marked.kind != kind:
            raise MarkedOtherwise(
                f"This database is marked as {marked.kind} and cannot become {kind.value}."
            )
    return marked


def mark_unless_marked(kind: InstallationKind, now: datetime) -> Installation:
    """The row as it stands; written now if nobody has decided yet."""
    marked = Installation.objects.filter(pk=Installation.THE_ONE).first()
    return marked or mark_installation(kind, now)
