"""A scheme with one approved study trip and one student, and the people who act in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, find_seat
from dosojin_web.demo.operations.confirm_and_agree import confirm_and_agree
from dosojin_web.demo.operations.set_up_scheme import Scheme, set_up_scheme
from dosojin_web.directory.models import Organisation
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.operations.create_person import create_person
from dosojin_web.policies.disclosure import Disclosure
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import Application, Certificate, Member, Programme
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
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.invite_members import invite_member
from dosojin_web.policies.operations.open_application import open_application
from dosojin_web.policies.operations.submit_application import submit_application

NOW = datetime(2027, 4, 1, 10, 0, tzinfo=JAPAN)
DEPARTS, RETURNS = date(2027, 6, 1), date(2027, 7, 31)


@dataclass
class World:
    """Everything that stands at ``NOW``: 1 April 2027, two months before departure."""

    scheme: Scheme
    programme: Programme
    member: Member
    office: Seat
    approver: Seat
    agency: Seat
    second_agency: Seat
    policyholder: Seat
    student: Seat
    now: datetime = NOW

    @property
    def actor(self) -> Actor:
        return self.student.actor


def seat_of(name: str, role: Role, organisation: Organisation | None) -> Seat:
    user, _ = open_account(
        name, f"{name}@example.jp", role, organisation, Actor(None, "system", "tests"), NOW
    )
    User.objects.filter(pk=user.pk).update(must_choose_secret=False)
    seat = find_seat(User.objects.get(pk=user.pk), role)
    assert seat is not None
    return seat


def person_details(number: int = 1) -> PersonDetails:
    return PersonDetails(
        family_name="佐藤",
        given_name="花子",
        family_name_kana="サトウ",
        given_name_kana="ハナコ",
        family_name_roman="SATO",
        given_name_roman="HANAKO",
        birth_date=date(2005, 5, 17),
        phone="+819012345678",
        email=f"student{number}@example.jp",
    )


def add_member(programme: Programme, number: int, departs: date, returns: date) -> Member:
    person = create_person(person_details(number), Actor(None, "system", "tests"), NOW)
    return Member.objects.create(
        programme=programme,
        university=programme.university,
        person=person,
        student_number=f"26A{number:04d}",
        departs_on=departs,
        returns_on=returns,
        added_at=NOW,
    )


@pytest.fixture
def world(db: None) -> World:
    scheme = set_up_scheme(date(2026, 4, 1), date(2028, 3, 31))
    university = scheme.universities[0]
    office = seat_of("office", Role.UNIVERSITY, university)
    approver = seat_of("approver", Role.UNIVERSITY, university)
    form = ProgrammeForm("ボストン語学研修", "Charles River College", "US", DEPARTS, RETURNS)
    programme = draft_programme(scheme.master, university, form, office.actor, NOW)
    approve_programme(programme, 1, approver.actor, NOW)
    member = add_member(programme, 1, DEPARTS, RETURNS)
    invite_member(member, office.actor, NOW)
    member.refresh_from_db()
    assert member.user is not None
    User.objects.filter(pk=member.user.pk).update(must_choose_secret=False)
    student = find_seat(User.objects.get(pk=member.user.pk), Role.STUDENT)
    assert student is not None
    return World(
        scheme=scheme,
        programme=Programme.objects.get(pk=programme.pk),
        member=member,
        office=office,
        approver=approver,
        agency=seat_of("agency", Role.AGENCY, scheme.agency),
        second_agency=seat_of("agency2", Role.AGENCY, scheme.agency),
        policyholder=seat_of("jees", Role.POLICYHOLDER, scheme.policyholder),
        student=student,
    )


NOTHING_SPECIAL = Disclosure(return_planned=True)


def fill_in(
    world: World,
    plan: str = "D",
    disclosure: Disclosure = NOTHING_SPECIAL,
    departs: date = DEPARTS,
    returns: date = RETURNS,
    now: datetime = NOW,
) -> Application:
    """An application with every answer given, not submitted."""
    actor = world.actor
    filled = open_application(world.member, actor, now)
    filled = answer_trip(filled, departs, returns, "US", filled.version, actor, now)
    filled = choose_plan(filled, plan, filled.version, actor, now)
    digest = load_important_matters().digest
    filled = acknowledge_matters(filled, digest, filled.version, actor, now)
    return disclose(filled, disclosure, filled.version, actor, now)


def submit(world: World, application: Application, total: int, now: datetime = NOW) -> Application:
    """Sent in by a student who has confirmed and agreed to everything."""
    confirm_and_agree(application, world.actor, now)
    return submit_application(application, application.version, total, world.actor, now)


@pytest.fixture
def enrolled(world: World) -> Certificate:
    """1 June to 31 July 2027 in plan D: two months, 26,130 yen (003 l.221)."""
    application = submit(world, fill_in(world), PREMIUM_D_2_MONTHS)
    return enrol_student(application, "receipt-1", "card-clearing", NOW)


PREMIUM_D_2_MONTHS = 26_130
Later = Callable[[int], datetime]


def days_later(days: int) -> datetime:
    return NOW + timedelta(days=days)
