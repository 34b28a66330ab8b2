"""Lists in parts: each answer names the cursor of the next one.

Rows come in the order in which they were made, so that what is added meanwhile stands at the end
and no row is missed or told twice.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from .field_kinds import ROWS, Cursor, RowsAsked
from .problems import Problem, Refused
from .shapes import Shape

NUMBER_MAX = 2**63 - 1


class PageQuery(Shape):
    """Which part: `cursor` is the `next` of the part before; at most `limit` rows."""

    cursor: Cursor | None = None
    """the `next` of the part before; left out: from the first row"""
    limit: RowsAsked = ROWS
    """rows in this part, at most"""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list, and the cursor of those that follow; None at the end."""

    rows: Sequence[Any]
    next: str | None


def take_part(rows: QuerySet[Any, Any], asked: PageQuery, backwards: bool = False) -> Part:
    """The part of ``rows`` that is asked for, by the primary key; the newest first if backwards.

    Refused if the cursor is none of this list.
    """
    name = str(rows.model._meta.model_name)
    ordered = rows.order_by("-pk" if backwards else "pk")
    if asked.cursor is not None:
        after = read_cursor(asked.cursor, name)
        ordered = ordered.filter(pk__lt=after) if backwards else ordered.filter(pk__gt=after)
    found = list(ordered[: asked.limit + 1])
    if len(found) <= asked.limit:
        return Part(found, None)
    found.pop()
    return Part(found, write_cursor(found[-1].pk, name))


def write_cursor(number: int, name: str) -> str:
    """The cursor behind a row of the list ``name``."""
    return urlsafe_b64encode(f"{name}:{number}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, name: str) -> int:
    """The number of the row that the cursor stands behind. Refused if it is none of this list."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError:
        text = ""
    of, _, number = text.partition(":")
    if of != name or not number.isdecimal() or int(number) > NUMBER_MAX:
        raise Refused(
            422,
            [
                Problem(
                    "field.cursor", "cursor",
                    gettext("This is not a cursor of this list."),
                    gettext("Send the “next” of the part before, or leave it out."),
                )
            ],
        )  # fmt: skip
    return int(number)
