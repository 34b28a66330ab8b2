"""What the university offices do with each study trip, from the draft to the invitations."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from dosojin_web.policies.models import Programme
from dosojin_web.policies.operations.approve_programme import (
    ProgrammeForm,
    approve_programme,
    change_programme,
    draft_programme,
    withdraw_programme,
)
from dosojin_web.policies.operations.invite_members import invite_members
from dosojin_web.policies.operations.take_roster import send_roster
from dosojin_web.uploads.operations.accept_upload import accept

from .rosters import write_faulty_roster, write_roster
from .stage import APPROVED_AFTER, INVITED_AFTER, ROSTER_AFTER, Stage, Student
from .study_trips import Fate, StudyTrip

OFFICE_HOURS = (9, 16)
DRAFTED_LATELY_DAYS = 2
WITH_FAULTS = "auckland"


def run_office(stage: Stage, trip: StudyTrip, students: Sequence[Student]) -> None:
    """Put everything that the office does with ``trip`` into the timetable."""
    drafted = stage.drafted_on(trip)
    if trip.fate is Fate.DRAFTED:
        drafted = stage.day(-DRAFTED_LATELY_DAYS)
    steps = {0: lambda now: draft(stage, trip, now)}
    if trip.fate is not Fate.DRAFTED:
        steps[APPROVED_AFTER] = lambda now: approve(stage, trip, now)
    if students:
        steps[ROSTER_AFTER] = lambda now: send(stage, trip, students, now)
    if students and trip.fate is Fate.RUNS:
        steps[INVITED_AFTER] = lambda now: invite(stage, trip, now)
    for days, act in steps.items():
        day = drafted + timedelta(days=days)
        stage.timetable.at(stage.moment(day, OFFICE_HOURS), act)
    if trip.key == WITH_FAULTS:
        stage.in_days(-1, lambda now: send_with_faults(stage, trip, now))
    if trip.fate is Fate.CHANGED:
        stage.in_days(-1, lambda now: change(stage, trip, now))
    if trip.fate is Fate.WITHDRAWN:
        stage.in_days(-20, lambda now: withdraw(stage, trip, now))


def find_programme(trip: StudyTrip) -> Programme:
    """The programme of a trip, as it stands."""
    return Programme.objects.get(title=trip.title)


def draft(stage: Stage, trip: StudyTrip, now: datetime) -> None:
    """One person of the office drafts it."""
    maker, _ = stage.desk_of(trip.university)
    assert maker.organisation is not None
    draft_programme(stage.scheme.master, maker.organisation, form_of(stage, trip), maker.actor, now)


def approve(stage: Stage, trip: StudyTrip, now: datetime) -> None:
    """Another approves it."""
    _, approver = stage.desk_of(trip.university)
    programme = find_programme(trip)
    approve_programme(programme, programme.version, approver.actor, now)


def send(stage: Stage, trip: StudyTrip, students: Sequence[Student], now: datetime) -> None:
    """The roster, taken in at once."""
    maker, _ = stage.desk_of(trip.university)
    upload = accept(write_roster(students), "roster", maker.actor, now)
    send_roster(find_programme(trip), upload, maker.actor, now)
    stage.timetable.run_deadlines(now)


def send_with_faults(stage: Stage, trip: StudyTrip, now: datetime) -> None:
    """A second roster, of which only some rows can be taken."""
    maker, _ = stage.desk_of(trip.university)
    upload = accept(write_faulty_roster(), "roster", maker.actor, now)
    send_roster(find_programme(trip), upload, maker.actor, now)
    stage.timetable.run_deadlines(now)


def invite(stage: Stage, trip: StudyTrip, now: datetime) -> None:
    """Everyone on the roster gets the mail."""
    maker, _ = stage.desk_of(trip.university)
    invite_members(find_programme(trip), maker.actor, now)
    # Hundreds of small steps in one transaction are an order of magnitude faster.
    with transaction.atomic():
        stage.timetable.run_deadlines(now)


def change(stage: Stage, trip: StudyTrip, now: datetime) -> None:
    """The host has moved the trip by a week: approved before, it waits for approval again."""
    maker, _ = stage.desk_of(trip.university)
    programme, week = find_programme(trip), timedelta(days=7)
    form = form_of(stage, trip)
    moved = ProgrammeForm(
        form.title,
        form.host,
        form.country,
        form.starts_on + week,
        form.ends_on + week,
        form.earns_credits,
    )
    change_programme(programme, moved, programme.version, maker.actor, now)


def withdraw(stage: Stage, trip: StudyTrip, now: datetime) -> None:
    """The host cannot receive anybody."""
    maker, _ = stage.desk_of(trip.university)
    reason = "現地の治安状況により、今年度は実施しない。"
    withdraw_programme(find_programme(trip), reason, maker.actor, now)


def form_of(stage: Stage, trip: StudyTrip) -> ProgrammeForm:
    """What is said of the trip."""
    starts = stage.day(trip.starts)
    ends = starts + timedelta(days=trip.lasts - 1)
    return ProgrammeForm(trip.title, trip.host, trip.country, starts, ends, trip.earns_credits)
