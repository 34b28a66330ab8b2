"""Changes what is kept of a person; what stood there before is kept too."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.people.details import DETAIL_NAMES, NAMED, PersonDetails, check_details
from dosojin_web.people.faults import PersonChanged
from dosojin_web.people.models import Person, PersonRevision

Value = str | date | None


def details_of(person: Person) -> PersonDetails:
    """What is kept of a person."""
    return PersonDetails(**{name: getattr(person, name) for name in DETAIL_NAMES})


def change_person(
    person: Person,
    changes: Mapping[str, Value],
    actor: Actor,
    now: datetime,
    version: int | None = None,
    needed: Collection[str] = NAMED,
) -> Person:
    """The person with the changes; as it was if nothing is different.

    ``version`` is the one that the form showed: PersonChanged if another stands by now. Faults, by
    field, if something is wrong. Only changed fields are checked for what was wrong before too.
    """
    if unknown := set(changes) - set(DETAIL_NAMES):
        raise ValueError(f"a person has no {', '.join(sorted(unknown))}")
    with transaction.atomic():
        current = Person.objects.select_for_update().get(pk=person.pk)
        before = details_of(current)
        wanted = check_details(replace(before, **changes), now, needed)  # type: ignore[arg-type]
        different = {
            name: value for name, value in asdict(wanted).items() if value != getattr(before, name)
        }
        if not different:
            return current
        if version is not None and version != current.version:
            raise PersonChanged(current.version)
        _keep_before(current, {name: getattr(before, name) for name in different}, actor, now)
        for name, value in different.items():
            setattr(current, name, value)
        current.version += 1
        current.changed_at = now
        current.save(update_fields=[*different, "version", "changed_at"])
        if any("name" in name for name in different):
            current.renew_index()
        fields = " ".join(sorted(different))
        record(actor, "person.changed", f"person:{current.key}", {"fields": fields}, now)
    return current


def read_before(revision: PersonRevision) -> dict[str, Value]:
    """The old values that a revision keeps, by field."""
    before: dict[str, Value] = json.loads(revision.before)
    if isinstance(born := before.get("birth_date"), str):
        before["birth_date"] = date.fromisoformat(born)
    return before


def _keep_before(person: Person, before: Mapping[str, Value], actor: Actor, now: datetime) -> None:
    text = json.dumps(
        {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in before.items()
        },
        ensure_ascii=False,
    )
    PersonRevision.objects.create(
        person=person,
        version=person.version,
        before=text,
        who=actor.who,
        role=actor.role,
        at=now,
    )
