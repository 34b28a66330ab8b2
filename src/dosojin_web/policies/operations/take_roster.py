"""A roster file is taken in, part by part, so that a stop loses nothing and shows how far it is.

Each part is one transaction. The same file again changes nothing; a file with changed rows changes
those. A student on another programme of the same university stays the same person.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.people.details import INSURED, PersonDetails, check_details
from dosojin_web.people.faults import Faults
from dosojin_web.people.models import Person
from dosojin_web.people.operations.change_person import change_person, details_of
from dosojin_web.people.operations.create_person import create_people
from dosojin_web.policies.models import (
    Member,
    Programme,
    ProgrammeState,
    RosterState,
    RosterUpload,
)
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.roster import (
    COLUMNS,
    RosterFault,
    RosterRow,
    RosterUnreadable,
    count_rows,
    decode_roster,
    read_roster,
)
from dosojin_web.uploads.models import Upload

PART_ROWS = 1_000
FAULTS_MAX = 2_000
# The telephone is asked of the student; the office rarely has it.
NEEDED = INSURED - {"phone"}


def send_roster(programme: Programme, upload: Upload, actor: Actor, now: datetime) -> RosterUpload:
    """The roster waits to be read; the same file for the same programme is sent once.

    Refused if the file as a whole cannot be read, with what to do.
    """
    if programme.state == ProgrammeState.WITHDRAWN:
        raise Refused.at("", gettext("This study trip was withdrawn."))
    try:
        text = decode_roster(upload.path.read_bytes())
        rows = count_rows(text)
        next(iter(read_roster(text)), None)
    except RosterUnreadable as unreadable:
        raise Refused.at("roster", str(unreadable)) from unreadable
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        roster, is_new = RosterUpload.objects.get_or_create(
            programme=programme,
            upload=upload,
            defaults={"sent_by_id": actor.user_id, "sent_at": now, "rows": rows},
        )
        if is_new:
            _go_on(roster, now)
            record(actor, "roster.sent", programme.about, {"rows": rows}, now)
    return roster


def take_next_part(roster: RosterUpload, now: datetime) -> RosterUpload:
    """The next rows are taken in; another part is due at once until all are."""
    with transaction.atomic():
        held = RosterUpload.objects.select_for_update().get(pk=roster.pk)
        if held.state == RosterState.DONE:
            return held
        text = decode_roster(held.upload.path.read_bytes())
        part = list(islice(read_roster(text), held.next_row, held.next_row + PART_ROWS))
        actor = Actor(held.sent_by_id, "university", "roster")
        faults = [fault for row in part if isinstance(row, list) for fault in row]
        rows = [row for row in part if isinstance(row, RosterRow)]
        faults += _take(held, rows, actor, now)
        held.faults = [*held.faults, *(fault.to_json() for fault in faults)][:FAULTS_MAX]
        held.next_row += len(part)
        if len(part) < PART_ROWS:
            held.state, held.done_at = RosterState.DONE, now
            record(actor, "roster.taken", held.programme.about, _counts(held), now)
        else:
            held.state = RosterState.READING
            _go_on(held, now)
        held.save()
    return held


def _go_on(roster: RosterUpload, now: datetime) -> None:
    key = f"{roster.key}:{roster.next_row}"
    set_deadline("roster.read", key, now, {"roster": str(roster.key)})


def _counts(roster: RosterUpload) -> dict[str, Any]:
    return {
        "rows": roster.rows,
        "added": roster.added,
        "changed": roster.changed,
        "unchanged": roster.unchanged,
        "faults": len(roster.faults),
    }


def _take(
    roster: RosterUpload, rows: Sequence[RosterRow], actor: Actor, now: datetime
) -> list[RosterFault]:
    """Add and change members; what the persons' checks refuse comes back as faults."""
    faults: list[RosterFault] = []
    sound: list[tuple[RosterRow, PersonDetails]] = []
    for row in rows:
        try:
            details = PersonDetails(**row.person, birth_date=row.birth_date)
            sound.append((row, check_details(details, now, NEEDED)))
        except Faults as refused:
            faults += _person_faults(row, refused)
    known = _find_members(roster.programme, [row.student_number for row, _ in sound])
    new = []
    for row, details in sound:
        member = known.get(row.student_number)
        if member is not None and member.programme_id == roster.programme_id:
            changed = _change(member, row, details, actor, now)
            roster.changed += changed
            roster.unchanged += not changed
        else:
            new.append((row, details, member.person if member else None))
    _add(roster, new, actor, now)
    return faults


def _find_members(programme: Programme, numbers: Sequence[str]) -> dict[str, Member]:
    """By student number: the member of this programme, else the latest of the university."""
    found = Member.objects.filter(
        university=programme.university_id, student_number__in=numbers
    ).select_related("person")
    ordered = sorted(found, key=lambda each: (each.programme_id == programme.pk, each.pk))
    return {member.student_number: member for member in ordered}


def _change(
    member: Member, row: RosterRow, details: PersonDetails, actor: Actor, now: datetime
) -> bool:
    said = {
        "departs_on": row.departs_on,
        "returns_on": row.returns_on,
        "language": row.language,
        "withdrawn_at": None,
    }
    different = [name for name, value in said.items() if getattr(member, name) != value]
    changes = {
        name: value
        for name, value in _given(details).items()
        if value != getattr(details_of(member.person), name)
    }
    if changes:
        change_person(member.person, changes, actor, now, needed=NEEDED)
    if different:
        for name in different:
            setattr(member, name, said[name])
        member.save(update_fields=different)
    return bool(changes or different)


def _given(details: PersonDetails) -> dict[str, Any]:
    """What the row says; an empty cell says nothing, and takes nothing away."""
    names = PersonDetails.__dataclass_fields__
    return {name: getattr(details, name) for name in names if getattr(details, name)}


def _add(
    roster: RosterUpload,
    new: Sequence[tuple[RosterRow, PersonDetails, Person | None]],
    actor: Actor,
    now: datetime,
) -> None:
    strangers = [details for _, details, person in new if person is None]
    made = iter(create_people(strangers, actor, now, NEEDED) if strangers else [])
    programme = roster.programme
    Member.objects.bulk_create(
        Member(
            programme=programme,
            university_id=programme.university_id,
            person=person or next(made),
            student_number=row.student_number,
            language=row.language,
            departs_on=row.departs_on,
            returns_on=row.returns_on,
            added_at=now,
        )
        for row, _, person in new
    )
    roster.added += len(new)


def _person_faults(row: RosterRow, refused: Faults) -> list[RosterFault]:
    sent = ",".join([row.student_number, *row.person.values()])[:400]
    return [
        RosterFault(row.line, COLUMNS[name][0], message, sent)
        for name, message in refused.faults.items()
    ]
