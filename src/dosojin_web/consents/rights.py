"""Whether something is allowed at a moment, as far as people have said so."""

from datetime import datetime

from django.db.models import QuerySet

from dosojin_web.people.models import Person

from .models import ConsentEntry, ConsentKind
from .purposes import Purpose, all_purposes, find_purpose


def entries_until(person: Person, purpose: str, at: datetime) -> QuerySet[ConsentEntry]:
    """All that was said about a purpose up to a moment, in order. KeyError if there is no such."""
    entries = ConsentEntry.objects.filter(
        person=person, purpose=find_purpose(purpose).id, at__lte=at
    )
    return entries.order_by("at", "pk")


def entry_at(person: Person, purpose: str, at: datetime, scope: str = "") -> ConsentEntry | None:
    """The last thing said about a purpose up to a moment, for everything or for this scope."""
    return entries_until(person, purpose, at).filter(scope__in={"", scope}).last()


def may(person: Person, purpose: str, at: datetime, scope: str = "") -> bool:
    """Whether the person has agreed to the purpose, and it counts at that moment.

    The latest entry decides; none means no, and so does one that has expired. With a ``scope``,
    what was said of everything counts too; without one, what was said of a single scope does not.
    """
    entry = entry_at(person, purpose, at, scope)
    if entry is None or entry.kind != ConsentKind.GIVEN:
        return False
    return entry.expires_at is None or at < entry.expires_at


def may_anything(person: Person, purpose: str, at: datetime) -> bool:
    """Whether the person has agreed to the purpose for everything or for any scope."""
    scopes = set(entries_until(person, purpose, at).values_list("scope", flat=True))
    return any(may(person, purpose, at, scope) for scope in scopes)


def lacking_for_enrolment(person: Person, at: datetime, edition: str) -> list[Purpose]:
    """What has to be agreed to before the person is enrolled under an edition, and is not."""
    return [
        purpose
        for purpose in all_purposes().values()
        if purpose.needed_for_enrolment
        and purpose.is_asked_under(edition)
        and not may(person, purpose.id, at)
    ]
