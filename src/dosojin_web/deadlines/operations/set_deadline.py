"""Owe an effect at a moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from dosojin_web.deadlines.kinds import find_handler
from dosojin_web.deadlines.models import Deadline


def set_deadline(
    kind: str, key: str, due_at: datetime, payload: Mapping[str, Any] | None = None
) -> Deadline:
    """The deadline of this kind and key: set now, or, whatever has become of it, as it stands.

    Call it in the transaction that makes the effect owed. What is due at another moment is another
    deadline: cancel this one, and let the new key say what differs (``K26-000123:v2``).

    Raises ``UnknownKind`` for a kind that no slice has registered.
    """
    find_handler(kind)
    deadline = Deadline(
        kind=kind, key=key, due_at=due_at, try_at=due_at, payload=dict(payload or {})
    )
    try:
        # Written before it is looked for: it is nearly always new, and others wait meanwhile.
        with transaction.atomic():
            deadline.save(force_insert=True)
    except IntegrityError:
        return Deadline.objects.get(kind=kind, key=key)
    return deadline
