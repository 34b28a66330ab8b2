"""A roster file is taken in, part by part, so that a stop loses nothing and shows how far it is.

Each part is one transaction. The same file again changes nothing; a file with changed rows changes
those. A student on another programme of the same university stays the same person.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, override

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
    UntakenRow,
)
from dosojin_web.policies.printable_names import find_unprintable_names
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.roster import (
    EMPTY,
    NOT_TAKEN_SO,
    Problem,
    RosterRow,
    RosterUnreadable,
    UnsoundRow,
    count_rows,
    decode_roster,
    find_columns,
    read_header,
    read_roster,
    shorten,
)
from dosojin_web.uploads.models import Upload

PART_ROWS = 1_000
# The telephone is asked of the student; the office rarely has it.
NEEDED = INSURED - {"phone"}
LANGUAGES = [code for code, _ in settings.LANGUAGES]

New = tuple[RosterRow, PersonDetails, Person | None]


def send_roster(programme: Programme, upload: Upload, actor: Actor, now: datetime) -> RosterUpload:
    """The roster waits to be read; the same file right after itself is sent once.

    Refused if the file as a whole cannot be read, with what to do.
    """
    if programme.state == ProgrammeState.WITHDRAWN:
        raise Refused.at("", gettext("This study trip was withdrawn."))
    try:
        text = decode_roster(upload.read())
        rows = count_rows(text)
        next(read_roster(text), None)
    except RosterUnreadable as unreadable:
        raise Refused.at("roster", str(unreadable)) from unreadable
    if not rows:
        raise Refused.at("roster", gettext("The file has a header and no rows. Add the students."))
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        latest = programme.rosters.order_by("-sent_at", "-pk").first()
        if latest is not None and latest.upload_id == upload.pk:
            return latest
        assert actor.user_id is not None, "only a person sends a roster"
        roster = RosterUpload.objects.create(
            programme=programme, upload=upload, sent_by_id=actor.user_id, sent_at=now, rows=rows
        )
        _go_on(roster, now)
        record(actor, "roster.sent", programme.about, {"rows": rows}, now)
    return roster


def take_next_part(roster: RosterUpload, now: datetime) -> RosterUpload:
    """The next rows are taken in; another part is due at once until all are."""
    with transaction.atomic():
        held = RosterUpload.objects.select_for_update().get(pk=roster.pk)
        if held.state == RosterState.DONE:
            return held
        text = decode_roster(held.upload.read())
        part = list(islice(read_roster(text, held.next_row), PART_ROWS))
        actor = Actor(held.sent_by_id, "university", "roster")
        untaken = [_tell(row) for row in part if isinstance(row, UnsoundRow)]
        rows = [row for row in part if isinstance(row, RosterRow)]
        untaken += _take(held, rows, actor, now)
        _keep(held, read_header(text), untaken)
        held.next_row += len(part)
        if len(part) < PART_ROWS:
            held.state, held.done_at = RosterState.DONE, now
            record(actor, "roster.taken", held.programme.about, _counts(held), now)
        else:
            held.state = RosterState.READING
            _go_on(held, now)
        held.save()
    return held


def deadline_key(roster: RosterUpload) -> str:
    """The key of the deadline that reads the next part."""
    return f"{roster.key}:{roster.next_row}"


def _go_on(roster: RosterUpload, now: datetime) -> None:
    set_deadline("roster.read", deadline_key(roster), now, {"roster": str(roster.key)})


def _counts(roster: RosterUpload) -> dict[str, Any]:
    return {
        "rows": roster.rows,
        "added": roster.added,
        "changed": roster.changed,
        "unchanged": roster.unchanged,
        "not_taken": roster.not_taken,
    }


Told = tuple[int, Sequence[str], list[dict[str, Any]]]


def _tell(row: UnsoundRow) -> Told:
    problems: list[dict[str, Any]] = [{"column": each.column} for each in row.problems]
    for language in LANGUAGES:
        with override(language):
            for told, problem in zip(problems, row.problems, strict=True):
                told[language] = problem.words()
    return row.line, row.cells, problems


def _keep(roster: RosterUpload, header: list[str], untaken: Sequence[Told]) -> None:
    """The rows that were not taken; columns are called as the office's header calls them."""
    places = find_columns(header)
    names = {column: header[place].strip() for column, place in places.items()}
    for _, _, problems in untaken:
        for problem in problems:
            problem["column"] = names.get(problem["column"], problem["column"])
    UntakenRow.objects.bulk_create(
        UntakenRow(
            roster=roster,
            line=line,
            told=json.dumps({"cells": cells, "problems": problems}, ensure_ascii=False),
        )
        for line, cells, problems in untaken
    )
    roster.not_taken += len(untaken)


def _take(
    roster: RosterUpload, rows: Sequence[RosterRow], actor: Actor, now: datetime
) -> list[Told]:
    """Add and change members; what the persons' checks refuse comes back, with the reasons."""
    untaken: list[Told] = []
    sound: list[tuple[RosterRow, PersonDetails]] = []
    for row in rows:
        details = PersonDetails(**row.person, birth_date=row.birth_date)
        try:
            checked = check_details(details, now, NEEDED)
        except Faults:
            untaken.append(_tell_faults(row, details, now))
            continue
        if problems := _list_unprintable(checked):
            untaken.append(_tell(UnsoundRow(row.line, row.cells, problems)))
        else:
            sound.append((row, checked))
    known = _find_members(roster.programme, [row.student_number for row, _ in sound])
    new: list[New] = []
    for row, details in sound:
        member = known.get(row.student_number)
        if member is not None and member.programme_id == roster.programme_id:
            changed = _change(member, row, details, actor, now)
            roster.changed += changed
            roster.unchanged += not changed
        elif member is not None and member.person.birth_date != details.birth_date:
            untaken.append(_tell(UnsoundRow(row.line, row.cells, [SOMEONE_ELSE])))
        else:
            new.append((row, details, member.person if member else None))
    _add(roster, new, actor, now)
    return untaken


SOMEONE_ELSE = Problem(
    "birth_date",
    gettext_lazy("Your university knows this student number with another date of birth."),
    gettext_lazy("Check the student number and the date of birth."),
)


def _list_unprintable(details: PersonDetails) -> list[Problem]:
    """A certificate shows the names: better known now than when it is due."""
    return [
        Problem(
            name,
            gettext_lazy("No document can show “%(text)s”."),
            gettext_lazy("Write “%(text)s” with the nearest common character."),
            {"text": signs},
        )
        for name, signs in find_unprintable_names(details).items()
    ]


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
    changes = _changes(member.person, details)
    if changes:
        change_person(member.person, changes, actor, now, needed=NEEDED)
    if different:
        for name in different:
            setattr(member, name, said[name])
        member.save(update_fields=different)
        fields = " ".join(different)
        record(actor, "member.changed", member.about, {"fields": fields}, now)
    return bool(changes or different)


def _changes(person: Person, details: PersonDetails) -> Mapping[str, Any]:
    """What the row says otherwise; an empty cell says nothing, and takes nothing away."""
    kept = details_of(person)
    return {
        name: value
        for name in PersonDetails.__dataclass_fields__
        if (value := getattr(details, name)) and value != getattr(kept, name)
    }


def _add(roster: RosterUpload, new: Sequence[New], actor: Actor, now: datetime) -> None:
    strangers = [details for _, details, person in new if person is None]
    people = create_people(strangers, actor, now, NEEDED, are_checked=True) if strangers else []
    made = iter(people)
    for _, details, person in new:
        if person is not None and (changes := _changes(person, details)):
            change_person(person, changes, actor, now, needed=NEEDED)
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


def _tell_faults(row: RosterRow, details: PersonDetails, now: datetime) -> Told:
    """What the person's checks say; they speak one language at a time, so each is asked for."""
    problems: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        with override(language):
            try:
                check_details(details, now, NEEDED)
            except Faults as refused:
                for name, remedy in refused.faults.items():
                    text = shorten(str(getattr(details, name) or ""))
                    wrong = str(NOT_TAKEN_SO if text else EMPTY) % {"text": text}
                    problems.setdefault(name, {"column": name})[language] = (wrong, remedy)
    return row.line, row.cells, list(problems.values())
