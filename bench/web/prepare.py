"""Students who have answered everything, made by the operations that the pages use.

In:  how many; an empty database.
Out: applications of which only the submission and the payment are missing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, find_seat
from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.demo.operations.confirm_and_agree import confirm_and_agree
from dosojin_web.demo.operations.set_up_scheme import Scheme, set_up_scheme
from dosojin_web.policies.disclosure import Disclosure
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import quote_plans
from dosojin_web.policies.models import Member, Programme
from dosojin_web.policies.operations.answer_application import (
    acknowledge_matters,
    answer_trip,
    choose_plan,
    disclose,
)
from dosojin_web.policies.operations.approve_programme import (
    ProgrammeForm,
    approve_programme,
    draft_programme,
)
from dosojin_web.policies.operations.open_application import open_application
from dosojin_web.policies.operations.take_roster import send_roster
from dosojin_web.uploads.operations.accept_upload import accept

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from roster import write_roster

AHEAD = timedelta(days=60)
LONGEST = timedelta(days=90)
BATCH = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """An application, by its id, and the yen that its last page shows."""

    application: int
    total: int


def make_applications(count: int) -> list[Shown]:
    """So many applications, everything answered, none submitted."""
    now = timezone.now()
    today = day_in_japan(now)
    scheme = set_up_scheme(today - timedelta(days=400), today + timedelta(days=400))
    programme = approve_trip(scheme, today + AHEAD, now)
    members = take_members(programme, count, seat_at(scheme, "maker", now).actor, now)
    batches = (members[start:][:BATCH] for start in range(0, count, BATCH))
    return [shown for batch in batches for shown in fill_in(batch, now)]


def approve_trip(scheme: Scheme, starts: date, now: datetime) -> Programme:
    """A study trip that one person of the office drafted and another approved."""
    university = scheme.universities[0]
    form = ProgrammeForm("Bench", "Host", "US", starts, starts + LONGEST)
    programme = draft_programme(
        scheme.master, university, form, seat_at(scheme, "maker", now).actor, now
    )
    approve_programme(programme, 1, seat_at(scheme, "checker", now).actor, now)
    return Programme.objects.get(pk=programme.pk)


def seat_at(scheme: Scheme, name: str, now: datetime) -> Seat:
    """A seat in the office of the first university."""
    university = scheme.universities[0]
    user, _ = open_account(name, f"{name}@example.jp", Role.UNIVERSITY, university, SYSTEM, now)
    seat = find_seat(user, Role.UNIVERSITY)
    assert seat is not None
    return seat


def take_members(
    programme: Programme, count: int, office: Actor, now: datetime
) -> Sequence[Member]:
    """So many members, with trips of different lengths, by a roster file."""
    days = programme.ends_on - programme.starts_on

    def returns(number: int) -> str:
        return str(programme.starts_on + timedelta(days=7 + number % (days.days - 7)))

    content = write_roster(count, returns, str(programme.starts_on))
    upload = accept(BytesIO(content), "roster", office, now)
    send_roster(programme, upload, office, now)
    while run_due(timezone.now()):
        pass
    members = list(programme.members.select_related("programme__master", "university", "person"))
    assert len(members) == count, (len(members), count)
    return members


def fill_in(members: Sequence[Member], now: datetime) -> list[Shown]:
    """One transaction for all of them: preparing is not what is measured."""
    digest = load_important_matters().digest
    made = []
    with transaction.atomic():
        for member in members:
            actor = Actor(1_000_000 + member.pk, "student", "student")
            trip = member.departs_on, member.returns_on, member.programme.country
            plans = quote_plans(member.programme.master.product, *trip[:2])
            filled = open_application(member, actor, now)
            filled = answer_trip(filled, *trip, filled.version, actor, now)
            offer = plans[member.pk % len(plans)]
            filled = choose_plan(filled, offer.plan, filled.version, actor, now)
            filled = acknowledge_matters(filled, digest, filled.version, actor, now)
            filled = disclose(filled, Disclosure(return_planned=True), filled.version, actor, now)
            confirm_and_agree(filled, actor, now)
            made.append(Shown(filled.pk, offer.premium))
    return made
