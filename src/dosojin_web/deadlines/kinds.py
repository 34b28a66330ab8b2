"""The kinds of deadline, and what each does when it is due."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Handler = Callable[[dict[str, Any], datetime], None]

KINDS: dict[str, Handler] = {}


class UnknownKind(LookupError):
    """No slice has registered this kind of deadline."""


def deadline_kind(name: str) -> Callable[[Handler], Handler]:
    """Register ``handler(payload, now)`` for deadlines of the kind ``name``.

    It runs inside the transaction that marks its deadline done: what it writes counts if and only
    if the deadline does. So it calls nothing outside the database; mail is queued, not sent. An
    exception undoes what it wrote, and the deadline is tried again later.
    """

    def register(handler: Handler) -> Handler:
        if KINDS.setdefault(name, handler) is not handler:
            raise ValueError(f"two handlers for the deadline kind {name}: rename one")
        return handler

    return register


def find_handler(name: str) -> Handler:
    """The handler of a kind.

    Raises ``UnknownKind`` when there is none.
    """
    try:
        return KINDS[name]
    except KeyError:
        known = ", ".join(sorted(KINDS)) or "none"
        raise UnknownKind(
            f"no deadline kind {name}: register it in the slice's deadline_kinds.py "
            f"(registered: {known})"
        ) from None
