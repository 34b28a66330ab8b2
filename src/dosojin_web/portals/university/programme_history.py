"""What was done with a study trip, told as events; and what each version said."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dosojin_web.components.records import PastEvent
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.models import Programme, ProgrammeEntry

from .programme_form import compare

ACTS: Mapping[str, Promise | str] = {
    "drafted": gettext_lazy("Drafted"),
    "changed": gettext_lazy("Changed; needs approval again"),
    "approved": gettext_lazy("Approved by the office"),
    "withdrawn": gettext_lazy("Withdrawn by the office"),
}


def tell_programme(programme: Programme) -> Sequence[PastEvent]:
    """Every entry, the latest first; a change says what was changed."""
    entries = list(programme.entries.order_by("pk"))
    names = name_actors((entry.actor for entry in entries), with_log_in=True)
    told, before = [], None
    for entry in entries:
        told.append(
            PastEvent(
                at=entry.at,
                who=names[entry.actor],
                what=str(ACTS.get(entry.act, entry.act)),
                note=entry.reason or _difference(before, entry),
            )
        )
        before = entry if entry.shown else before
    return told[::-1]


def last_saved(programme: Programme) -> tuple[str, datetime | None]:
    """Who saved the present version, and when."""
    entry = programme.entries.order_by("-pk").first()
    if entry is None:
        return "", None
    return name_actors([entry.actor], with_log_in=True)[entry.actor], entry.at


def shown_at(programme: Programme, version: int) -> Mapping[str, str]:
    """What the form said in a version; empty if there was no such version."""
    shown = [entry.shown for entry in programme.entries.order_by("pk") if entry.shown]
    return dict(shown[version - 1]) if 0 < version <= len(shown) else {}


def _difference(before: ProgrammeEntry | None, entry: ProgrammeEntry) -> str:
    if before is None or not entry.shown:
        return ""
    changed = [row for row in compare(before.shown, entry.shown) if row.differs]
    sentence = gettext("%(label)s: %(before)s → %(after)s")
    return gettext("; ").join(
        sentence % {"label": row.label, "before": row.yours, "after": row.theirs} for row in changed
    )
