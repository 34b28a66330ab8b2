"""Makes persons from what was entered about them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.people.details import NAMED, PersonDetails, check_details
from dosojin_web.people.models import Person
from dosojin_web.people.name_index import index_names

BATCH_ROWS = 500


def create_person(
    details: PersonDetails,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
    needed: Collection[str] = NAMED,
) -> Person:
    """A new person; with a ``key`` that there is already, that person as it stands.

    Faults, by field, if something is wrong or one of the ``needed`` fields is missing.
    """
    checked = check_details(details, now, needed)
    chosen = key or uuid4()
    known = Person.objects.filter(key=chosen)
    if key is not None and (person := known.first()):
        return person
    person = Person(key=chosen, created_at=now, changed_at=now, **asdict(checked))
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            index_names([person])
            record(actor, "person.created", f"person:{person.key}", {}, now)
    except IntegrityError:
        # Somebody else made the person with this key at the same moment.
        return known.get()
    return person


def create_people(
    listed: Sequence[PersonDetails],
    actor: Actor,
    now: datetime,
    needed: Collection[str] = NAMED,
    keys: Mapping[int, UUID] | None = None,
    are_checked: bool = False,
) -> list[Person]:
    """Many new persons at once, in order; ``keys`` gives the key of the person at a place.

    Faults of the first that is wrong; check each with ``check_details`` before, to name them all,
    and say by ``are_checked`` that these are its results.
    """
    chosen = keys or {}
    people = [
        Person(
            key=chosen.get(place) or uuid4(),
            created_at=now,
            changed_at=now,
            **asdict(details if are_checked else check_details(details, now, needed)),
        )
        for place, details in enumerate(listed)
    ]
    with transaction.atomic():
        Person.objects.bulk_create(people, batch_size=BATCH_ROWS)
        index_names(people)
        record(actor, "person.created_many", "people", {"count": len(people)}, now)
    return people
