"""Off the roster and back: not while a certificate gives cover, and each only once."""

from datetime import date, timedelta

import pytest

from dosojin_web.audit.models import Event
from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.eligibility import find_obstacle
from dosojin_web.policies.models import Certificate, Member, Programme
from dosojin_web.policies.operations.approve_programme import withdraw_programme
from dosojin_web.policies.operations.invite_members import (
    are_being_invited,
    invite_again,
    invite_members,
)
from dosojin_web.policies.operations.withdraw_member import put_member_back, withdraw_member
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.standing import leaving_uncovered

from .conftest import DEPARTS, NOW, RETURNS, World, add_member, days_later


def events(member: Member) -> list[str]:
    return list(Event.objects.filter(about=member.about).values_list("act", flat=True))


def test_off_the_roster_and_back(world: World) -> None:
    office = world.office.actor
    for _ in range(2):
        member = withdraw_member(world.member, office, NOW)
    assert member.withdrawn_at == NOW
    obstacle = find_obstacle(member, None, date(2027, 4, 1))
    assert obstacle is not None and obstacle.code == "withdrawn"
    for _ in range(2):
        member = put_member_back(world.member, office, days_later(1))
    assert member.withdrawn_at is None
    assert events(member) == ["member.withdrawn", "member.put_back"]


@pytest.mark.parametrize("days", [0, 70, 121])
def test_not_while_a_certificate_gives_cover(
    world: World, enrolled: Certificate, days: int
) -> None:
    with pytest.raises(Refused, match=enrolled.number):
        withdraw_member(world.member, world.office.actor, days_later(days))
    assert Member.objects.get(pk=world.member.pk).withdrawn_at is None


def test_after_the_last_day_of_cover(world: World, enrolled: Certificate) -> None:
    assert withdraw_member(world.member, world.office.actor, days_later(122)).withdrawn_at


def test_who_is_off_is_neither_invited_nor_counted(world: World) -> None:
    office = world.office.actor
    withdraw_member(world.member, office, NOW)
    with pytest.raises(Refused):
        invite_again(world.member, office, days_later(1))
    assert not leaving_uncovered(Member.objects.all(), DEPARTS).exists()


def test_nobody_leaves_on_a_trip_that_was_withdrawn(world: World) -> None:
    assert leaving_uncovered(Member.objects.all(), DEPARTS).count() == 1
    withdraw_programme(world.programme, "The host has closed.", world.approver.actor, NOW)
    assert not leaving_uncovered(Member.objects.all(), DEPARTS).exists()
    with pytest.raises(Refused):
        invite_again(world.member, world.office.actor, days_later(1))
    withdraw_member(world.member, world.office.actor, NOW)
    with pytest.raises(Refused):
        put_member_back(world.member, world.office.actor, NOW)


def test_an_invitation_is_sent_again_once_a_minute(world: World) -> None:
    office = world.office.actor
    before = OutgoingMail.objects.count()
    for seconds in (0, 30, 90, 120):
        invite_again(world.member, office, NOW + timedelta(seconds=seconds))
    assert OutgoingMail.objects.count() == before + 1


def test_everyone_is_invited_also_who_comes_back_later(world: World) -> None:
    office = world.office.actor
    programme: Programme = world.programme
    members = [add_member(programme, number, DEPARTS, RETURNS) for number in (2, 3)]
    assert [invite_members(programme, office, NOW) for _ in range(2)] == [2, 2]
    assert are_being_invited(programme)
    withdraw_member(members[1], office, NOW)
    run_due(NOW)
    assert not are_being_invited(programme)
    put_member_back(members[1], office, NOW)
    assert invite_members(programme, office, NOW) == 1
    run_due(NOW)
    assert not Member.objects.filter(invited_at=None).exists()
