"""Events as rows of a table."""

import json
from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.models import Event
from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.templatetags.portals import japan_time

from .records import find_address

LATEST = 10
ACCOUNT_HOLDER = "self"
"""The role in which people look after their own account."""


def trail_columns() -> list[Column]:
    """Heads of ``trail_rows``."""
    heads = [gettext("When"), gettext("Who"), gettext("Act"), gettext("About")]
    return [Column(head) for head in heads]


def latest_rows() -> list[TableRow]:
    """The latest few events."""
    return trail_rows(list(Event.objects.order_by("-seq")[:LATEST]))


def trail_rows(events: Sequence[Event]) -> list[TableRow]:
    """One row for each event; one query for who acted."""
    names = name_actors((event.actor for event in events), with_log_in=True)
    return [_row(event, names[event.actor]) for event in events]


def _row(event: Event, who: str) -> TableRow:
    trail = reverse("auditor:trail")
    only_actor = f"{trail}?{urlencode({'actor': event.actor})}"
    only_about = f"{trail}?{urlencode({'about': event.about})}"
    return TableRow(
        (
            Cell(japan_time(event.at), note=_number(event)),
            Cell(who, only_actor, note=_word_role(event.role)),
            Cell(event.act),
            Cell(event.about, find_address(event.about) or only_about, note=_particulars(event)),
        )
    )


def _word_role(role: str) -> str:
    """As whom somebody acted; nothing beside what is done by itself, whose name says it."""
    if role == SYSTEM.role:
        return ""
    if role == ACCOUNT_HOLDER:
        return gettext("holder of the account")
    return str(Role(role).label) if role in Role else role


def _number(event: Event) -> str:
    return gettext("No. %(number)s") % {"number": f"{event.seq:,}"}


def _particulars(event: Event) -> str:
    detail = json.loads(event.detail)
    return ", ".join(f"{name}: {value}" for name, value in detail.items())
