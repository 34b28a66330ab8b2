"""Who may decide about how much: nobody, unless a profile says so."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.models import Event
from dosojin_web.authority.models import AuthorityProfile
from dosojin_web.authority.operations.set_authority import end_authority, grant_authority
from dosojin_web.authority.rights import needs_approval
from dosojin_web.directory.models import Organisation

from .conftest import ACT, DAY, NOW, grant, make_organisation

Hire = Callable[..., User]
JAPAN = ZoneInfo("Asia/Tokyo")


def test_without_a_profile_every_amount_needs_approval(hire: Hire) -> None:
    user = hire()
    assert all(needs_approval(user, ACT, amount, NOW) for amount in (0, 1, 10**12))


def test_up_to_the_amount_none_is_needed(hire: Hire) -> None:
    user = hire()
    grant(50_000)
    assert not needs_approval(user, ACT, 0, NOW) and not needs_approval(user, ACT, 50_000, NOW)
    assert needs_approval(user, ACT, 50_001, NOW)
    assert needs_approval(user, "other.act", 0, NOW)
    with pytest.raises(ValueError, match="negative"):
        needs_approval(user, ACT, -1, NOW)


def test_unlimited_is_every_amount(hire: Hire) -> None:
    grant(None)
    assert not needs_approval(hire(), ACT, 10**15, NOW)


def test_it_belongs_to_the_role(hire: Hire, agency: Organisation) -> None:
    grant(None)
    assert needs_approval(hire(Role.INSURER), ACT, 1, NOW)


def test_an_organisation_of_its_own_profile_has_that(hire: Hire, agency: Organisation) -> None:
    grant(50_000)
    grant(10_000, agency)
    other = make_organisation("agency-b")
    assert needs_approval(hire(), ACT, 10_001, NOW)
    assert not needs_approval(hire(organisation=other), ACT, 50_000, NOW)


def test_it_begins_and_ends_on_days_of_japan(hire: Hire) -> None:
    user = hire()
    grant(50_000, begins_on=date(2026, 6, 10))
    end_authority(Role.AGENCY, None, ACT, date(2026, 6, 20), SYSTEM, NOW)

    def at(day: int, hour: int) -> datetime:
        return datetime(2026, 6, day, hour, 30, tzinfo=JAPAN)

    assert needs_approval(user, ACT, 1, at(9, 23)) and not needs_approval(user, ACT, 1, at(10, 0))
    assert not needs_approval(user, ACT, 1, at(19, 23)) and needs_approval(user, ACT, 0, at(20, 0))


def test_a_later_row_replaces_an_earlier_one(hire: Hire) -> None:
    user = hire()
    grant(50_000)
    grant(10_000)
    assert needs_approval(user, ACT, 10_001, NOW)
    assert AuthorityProfile.objects.count() == 2


def test_the_same_granted_twice_is_one_row(db: None) -> None:
    assert grant(50_000) == grant(50_000)
    assert Event.objects.filter(act="authority.granted").count() == 1
    with pytest.raises(ValueError, match="negative"):
        grant_authority(Role.AGENCY, None, ACT, -1, NOW.date(), SYSTEM, NOW)


def test_who_left_has_none(hire: Hire) -> None:
    grant(None)
    gone, closed = hire(), hire()
    Appointment.objects.filter(user=gone).update(ended_at=NOW - DAY / 2)
    closed.is_active = False
    closed.save()
    assert needs_approval(gone, ACT, 1, NOW) and needs_approval(closed, ACT, 1, NOW)


def test_profiles_are_not_edited(db: None) -> None:
    grant(1)
    for statement in (
        "UPDATE authority_authorityprofile SET amount_max = 9",
        "DELETE FROM authority_authorityprofile",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
