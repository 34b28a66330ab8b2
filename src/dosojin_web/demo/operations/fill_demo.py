"""Plays a year of the scheme in an empty database, through the operations that the pages use."""

import gc
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.conf import settings
from django.db import transaction

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.audit.models import Event
from dosojin_web.audit.operations.record_event import record
from dosojin_web.authority.operations.set_authority import grant_authority
from dosojin_web.demo.card_desk import CardDesk, open_card_desk
from dosojin_web.demo.cast import assign, find_scene
from dosojin_web.demo.offices import run_office
from dosojin_web.demo.papers import put_off_new_papers
from dosojin_web.demo.personas import staff
from dosojin_web.demo.stage import Stage, Student, seat_of
from dosojin_web.demo.study_trips import STUDY_TRIPS
from dosojin_web.demo.timetable import Timetable
from dosojin_web.directory.models import Organisation
from dosojin_web.installation.mode import find_kind
from dosojin_web.installation.models import InstallationKind
from dosojin_web.installation.operations.mark_installation import mark_installation
from dosojin_web.mail.operations.send_queued import send_queued
from dosojin_web.people.models import Person
from dosojin_web.policies.japan import day_in_japan

from .answer_invitation import answer_invitation
from .set_up_scheme import Scheme, set_up_scheme

SEED = 20260401
FILLED = "demo.filled"
YEAR = timedelta(days=400)
STAFF_SINCE = timedelta(days=395)
STATE_FILE = "payments.json"
LOADING_MAX, TRANSFER_MAX = 10_000, 50_000
"""In yen: up to this, one person of the agency decides alone."""

Progress = Callable[[int, int], None]


class NotEmpty(Exception):
    """The database holds something that the demonstration did not make."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Whether this call filled the database, and from what moment it is."""

    is_new: bool
    made_at: datetime


def fill_demo(certificates: int, now: datetime, progress: Progress) -> Filled:
    """Fill the database with about so many certificates, as if the year before ``now`` had passed.

    Changes nothing if it was filled before. NotEmpty if it holds a user or a person, or is marked
    as real, or was left half filled. ``progress`` is told the acts done and the acts known so far.
    """
    kind = find_kind()
    if kind is InstallationKind.DEMO:
        if not Event.objects.filter(act=FILLED).exists():
            raise NotEmpty(
                "An earlier fill was cut short. Remove this database and begin with an empty one."
            )
        return Filled(False, mark_installation(InstallationKind.DEMO, now).decided_at)
    if kind is InstallationKind.REAL or User.objects.exists() or Person.objects.exists():
        raise NotEmpty(
            "This database holds users or persons that the demonstration did not make. "
            "Nothing was changed. Name an empty database: make run has one of its own."
        )
    mark_installation(InstallationKind.DEMO, now)
    with open_card_desk(settings.VAR / STATE_FILE) as desk:
        _play(certificates, now, desk, progress)
    while send_queued(now):
        pass
    with transaction.atomic():
        record(SYSTEM, FILLED, "installation", {"certificates": certificates}, now)
    return Filled(True, now)


def _play(certificates: int, now: datetime, desk: CardDesk, progress: Progress) -> None:
    today = day_in_japan(now)
    scheme = set_up_scheme(today - YEAR, today + YEAR)
    seats = _appoint(now - STAFF_SINCE)
    _grant(scheme, now - STAFF_SINCE)
    random = Random(SEED)
    students = assign(random, today, certificates)
    by_trip: dict[str, list[Student]] = defaultdict(list)
    for student in students:
        by_trip[student.trip.key].append(student)
    # Kept for the desk: what happens in the fill's own minute would lie in a visitor's future.
    timetable = Timetable(now - timedelta(minutes=5), partial(put_off_new_papers, now))
    stage = Stage(now, random, timetable, desk, scheme, seats)
    for trip in STUDY_TRIPS.values():
        run_office(stage, trip, by_trip[trip.key])
    for student in students:
        find_scene(student)(stage, student)
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        progress(done, done + len(timetable.waiting))

    # Nothing here makes cycles worth collecting; looking for them took a tenth of the time.
    gc.disable()
    try:
        timetable.run(tell)
    finally:
        gc.enable()
    desk.fail_refunds(timetable.end)


def _appoint(since: datetime) -> dict[str, Seat]:
    seats = {}
    for persona in staff():
        organisation = Organisation.objects.filter(code=persona.organisation).first()
        address = f"{persona.username}@{persona.organisation or 'audit'}.example"
        user, _ = open_account(persona.username, address, persona.role, organisation, SYSTEM, since)
        seats[persona.key] = seat_of(answer_invitation(user, since), persona.role)
    return seats


def _grant(scheme: Scheme, since: datetime) -> None:
    """The agency decides small amounts alone; for the rest, maker and checker are two."""
    for act, most in (("policies.loading", LOADING_MAX), ("refund.transfer", TRANSFER_MAX)):
        day = day_in_japan(since)
        grant_authority(Role.AGENCY, scheme.agency, act, most, day, SYSTEM, since)
