"""Accounts are opened once, with a role at a place that fits it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.operations.appoint_user import appoint_user
from dosojin_web.accounts.operations.end_appointment import end_appointment
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.operations.open_accounts import open_accounts
from dosojin_web.accounts.operations.renew_invitation import renew_invitation
from dosojin_web.accounts.passwords import ALPHABET, draw_password
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import find_seat
from dosojin_web.accounts.student_log_in import make_username, normalise_number, read_student_number
from dosojin_web.audit.models import Event
from dosojin_web.directory.models import Organisation


def acts() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("act", flat=True))


def test_an_account_opens_with_a_password_that_must_be_replaced(
    invited: tuple[User, str],
) -> None:
    user, password = invited
    assert user.must_choose_secret and user.check_password(password)
    assert Appointment.objects.get(user=user).role == Role.STUDENT
    assert acts()[:2] == ["account.opened", "account.appointed"]


def test_a_second_call_changes_nothing(
    invited: tuple[User, str], university: Organisation, now: datetime
) -> None:
    user, password = invited
    again, no_password = open_account(
        user.username, user.email, Role.STUDENT, university, SYSTEM, now
    )
    assert (again, no_password) == (user, "")
    assert again.check_password(password)
    assert Appointment.objects.count() == 1 and len(acts()) == 2


def test_the_address_of_an_unused_invitation_is_corrected(
    invited: tuple[User, str], university: Organisation, now: datetime
) -> None:
    user, _ = invited
    open_account(user.username, "right@example.ac.jp", Role.STUDENT, university, SYSTEM, now)
    user.refresh_from_db()
    assert user.email == "right@example.ac.jp"
    user.must_choose_secret = False
    user.save()
    open_account(user.username, "other@example.ac.jp", Role.STUDENT, university, SYSTEM, now)
    user.refresh_from_db()
    assert user.email == "right@example.ac.jp"


def test_a_roster_opens_at_once(
    invited: tuple[User, str], university: Organisation, now: datetime
) -> None:
    emails = {f"kitakami:S{number}": f"s{number}@example.ac.jp" for number in range(1200)}
    emails[invited[0].username] = invited[0].email
    opened = open_accounts(emails, Role.STUDENT, university, SYSTEM, now)
    assert len(opened) == 1200 and invited[0].username not in opened
    user = User.objects.get(username="kitakami:S1199")
    assert user.must_choose_secret and user.check_password(opened["kitakami:S1199"])
    assert find_seat(user, Role.STUDENT) is not None
    assert open_accounts(emails, Role.STUDENT, university, SYSTEM, now) == {}
    assert acts().count("account.several_opened") == 1


def test_a_new_invitation_replaces_the_old_one(invited: tuple[User, str], now: datetime) -> None:
    user, old = invited
    new = renew_invitation(user, SYSTEM, now)
    user.refresh_from_db()
    assert user.check_password(new) and not user.check_password(old)
    user.must_choose_secret = False
    user.save()
    assert renew_invitation(user, SYSTEM, now) == ""


@pytest.mark.parametrize("role", [Role.AGENCY, Role.INSURER, Role.POLICYHOLDER, Role.AUDITOR])
def test_a_role_is_held_where_it_belongs(
    university: Organisation, now: datetime, role: Role
) -> None:
    with pytest.raises(ValidationError):
        open_account("someone", "", role, university, SYSTEM, now)
    assert not User.objects.exists()


def test_an_auditor_is_at_no_organisation(db: None, now: datetime) -> None:
    user, _ = open_account("auditor", "", Role.AUDITOR, None, SYSTEM, now)
    assert appoint_user(user, Role.AUDITOR, None, SYSTEM, now) == Appointment.objects.get()


def test_an_appointment_ends_once(clerk: User, university: Organisation, now: datetime) -> None:
    held = Appointment.objects.get(user=clerk)
    ended = end_appointment(held, SYSTEM, now)
    assert ended.ended_at == now
    assert end_appointment(held, SYSTEM, now).ended_at == now
    assert acts().count("account.appointment_ended") == 1
    assert appoint_user(clerk, Role.UNIVERSITY, university, SYSTEM, now).pk != held.pk


def test_two_running_appointments_alike_are_refused(
    clerk: User, university: Organisation, now: datetime
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            user=clerk, role=Role.UNIVERSITY, organisation=university, began_at=now
        )


def test_the_trail_holds_no_name_and_no_address(invited: tuple[User, str]) -> None:
    told = " ".join(str(event.__dict__) for event in Event.objects.all())
    assert "S2600123" not in told and "example.ac.jp" not in told


def test_drawn_passwords_are_long_and_legible() -> None:
    drawn = {draw_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(word) == 19 and set(word) <= {*ALPHABET, "-"} for word in drawn)


@pytest.mark.parametrize("typed", ["s26 00123", "Ｓ２６００１２３", " S2600123\u3000", "s2600123"])
def test_a_student_number_can_be_written_in_any_way(typed: str) -> None:
    assert normalise_number(typed) == "S2600123"
    assert make_username("kitakami", typed) == "kitakami:S2600123"


def test_a_log_in_name_is_what_a_person_types() -> None:
    assert read_student_number("kitakami:S2600123") == "S2600123"
    assert read_student_number("clerk") == "clerk"


def test_who_an_actor_is() -> None:
    assert SYSTEM.who == "system"
    assert Actor(12, "agency", "agency morioka").who == "user:12"
