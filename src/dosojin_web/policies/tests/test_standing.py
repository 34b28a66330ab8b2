"""How members stand, counted by the database."""

from datetime import date, timedelta

from django.db import models

from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Certificate, Member
from dosojin_web.policies.operations.open_application import open_application
from dosojin_web.policies.standing import (
    Standing,
    count_standings,
    leaving_uncovered,
    with_standing,
)

from .conftest import DEPARTS, NOW, RETURNS, World, add_member, fill_in, submit
from .test_certificate_changes import JUNE_20, end_early

TODAY = day_in_japan(NOW)


def standing_on(member: Member, day: date) -> str:
    members: models.QuerySet[Member] = Member.objects.filter(pk=member.pk)
    return str(with_standing(members, day).values_list("standing", flat=True)[0])


def test_from_the_roster_to_the_payment(world: World) -> None:
    uninvited = add_member(world.programme, 2, DEPARTS, RETURNS)
    assert standing_on(uninvited, TODAY) == Standing.NOT_INVITED
    assert standing_on(world.member, TODAY) == Standing.INVITED
    open_application(world.member, world.actor, NOW)
    assert standing_on(world.member, TODAY) == Standing.APPLYING
    submit(world, fill_in(world), 26_130)
    assert standing_on(world.member, TODAY) == Standing.AWAITING_PAYMENT


def test_from_the_certificate_to_its_end(world: World, enrolled: Certificate) -> None:
    days = [DEPARTS - timedelta(days=1), DEPARTS, RETURNS, RETURNS + timedelta(days=1)]
    assert [standing_on(world.member, day) for day in days] == [
        Standing.ENROLLED,
        Standing.ON_TRIP,
        Standing.ON_TRIP,
        Standing.ENDED,
    ]


def test_cancelled_before_and_on_the_trip(world: World, enrolled: Certificate) -> None:
    end_early(world, enrolled, None, JUNE_20)
    assert standing_on(world.member, date(2027, 6, 20)) == Standing.ON_TRIP
    assert standing_on(world.member, date(2027, 6, 21)) == Standing.CANCELLED


def test_counts_add_up_and_name_every_standing(world: World, enrolled: Certificate) -> None:
    add_member(world.programme, 2, DEPARTS, RETURNS)
    counted = count_standings(Member.objects.all(), TODAY)
    assert list(counted) == list(Standing)
    assert counted[Standing.NOT_INVITED] == counted[Standing.ENROLLED] == 1
    assert sum(counted.values()) == 2


def test_who_leaves_soon_without_cover(world: World, enrolled: Certificate) -> None:
    late = add_member(world.programme, 2, DEPARTS, RETURNS)
    away = add_member(world.programme, 3, date(2027, 3, 1), date(2027, 9, 1))
    add_member(world.programme, 4, date(2027, 3, 1), date(2027, 3, 20))
    found = list(leaving_uncovered(Member.objects.all(), date(2027, 5, 10)))
    assert found == [away, late]
    assert list(leaving_uncovered(Member.objects.all(), TODAY)) == [away]


def test_who_came_home_early_does_not_travel_uncovered(world: World, enrolled: Certificate) -> None:
    end_early(world, enrolled, None, JUNE_20)
    assert not leaving_uncovered(Member.objects.all(), date(2027, 6, 25)).exists()


def test_who_cancelled_before_departure_and_leaves_all_the_same_does(
    world: World, enrolled: Certificate
) -> None:
    end_early(world, enrolled, None, NOW)
    assert list(leaving_uncovered(Member.objects.all(), date(2027, 5, 25))) == [world.member]
