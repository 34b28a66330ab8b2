"""The arithmetic beside a request is the one that is carried out."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from dosojin_web.policies.change_arithmetic import work_out
from dosojin_web.policies.japan import JAPAN, day_in_japan
from dosojin_web.policies.models import Certificate, CertificateVersion, ChangeRequest
from dosojin_web.policies.operations.decide_change import confirm_change
from dosojin_web.policies.operations.request_change import request_early_end, request_extension
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.sheets import english_certificate
from dosojin_web.policies.versions import latest_version

from .conftest import NOW, World

JULY_10 = datetime(2027, 7, 10, 9, 0, tzinfo=JAPAN)
PROXY = Proxy("佐藤一郎", "父", "+81311112222", "father@example.jp")


def base_of(change: ChangeRequest) -> CertificateVersion:
    return change.certificate.versions.get(number=change.base_version)


def test_an_extension_is_the_difference_of_two_lines(world: World, enrolled: Certificate) -> None:
    change = request_extension(
        enrolled, date(2027, 8, 31), PROXY, "", 1, world.student.actor, JULY_10
    )
    with override("en"):
        found = work_out(change, base_of(change), day_in_japan(JULY_10))
    assert [row.amounts for row in found.rows] == [(36_090,), (-26_130,)]
    assert found.total.amounts == (9_960,) and found.amount == change.premium_change
    assert all(row.note.startswith("Line of the tariff: 003 l.") for row in found.rows)


@pytest.mark.parametrize("days", [0, 1, 15, 40])
def test_a_return_is_worked_out_for_the_day_it_is_confirmed(
    world: World, enrolled: Certificate, days: int
) -> None:
    asked = datetime(2027, 6, 10, 9, 0, tzinfo=JAPAN)
    change = request_early_end(enrolled, None, "", 1, world.student.actor, asked)
    now = asked + timedelta(days=days)
    found = work_out(change, base_of(change), day_in_japan(now))
    change = confirm_change(change, change.version, world.policyholder.actor, now)
    assert found.amount == -change.premium_change
    assert found.last_day == change.last_day
    assert sum(row.amounts[0] or 0 for row in found.rows) == found.amount
    settled = work_out(change, base_of(change), day_in_japan(now) + timedelta(days=9))
    assert settled == found, "what was carried out is not worked out anew"


def test_what_never_begins_comes_back_whole(world: World, enrolled: Certificate) -> None:
    change = request_early_end(enrolled, None, "", 1, world.student.actor, NOW)
    found = work_out(change, base_of(change), day_in_japan(NOW))
    assert [row.amounts for row in found.rows] == [(26_130,)] and found.amount == 26_130


def test_a_second_early_end(world: World, enrolled: Certificate) -> None:
    """Shortened to 20 days, which no longer is a length of plan D, then cancelled."""
    now = datetime(2027, 6, 5, 9, 0, tzinfo=JAPAN)
    actor, policyholder = world.student.actor, world.policyholder.actor
    change = request_early_end(enrolled, date(2027, 6, 20), "", 1, actor, now)
    confirm_change(change, change.version, policyholder, now)
    version = latest_version(enrolled)
    second = request_early_end(enrolled, None, "", version.number, actor, now)
    found = work_out(second, base_of(second), day_in_japan(now))
    second = confirm_change(second, second.version, policyholder, now)
    assert found.amount == -second.premium_change


def test_a_longer_stay_after_an_early_end(world: World, enrolled: Certificate) -> None:
    now = datetime(2027, 6, 5, 9, 0, tzinfo=JAPAN)
    actor = world.student.actor
    change = request_early_end(enrolled, date(2027, 6, 20), "", 1, actor, now)
    confirm_change(change, change.version, world.policyholder.actor, now)
    longer = request_extension(enrolled, date(2027, 7, 10), PROXY, "", 2, actor, now)
    found = work_out(longer, base_of(longer), day_in_japan(now))
    assert (longer.plan, found.amount) == ("D", longer.premium_change)


def test_proof_of_cover_after_an_early_end(world: World, enrolled: Certificate) -> None:
    now = datetime(2027, 6, 5, 9, 0, tzinfo=JAPAN)
    change = request_early_end(enrolled, date(2027, 6, 20), "", 1, world.student.actor, now)
    confirm_change(change, change.version, world.policyholder.actor, now)
    sheet = english_certificate(enrolled, latest_version(enrolled), day_in_japan(now))
    assert sheet.period.last_day == date(2027, 6, 20)


def test_a_student_reads_it_without_the_places_of_the_tariff(
    world: World, enrolled: Certificate
) -> None:
    change = request_extension(
        enrolled, date(2027, 8, 31), PROXY, "", 1, world.student.actor, JULY_10
    )
    for language in ("ja", "en"):
        with override(language):
            found = work_out(change, base_of(change), day_in_japan(JULY_10))
            assert all("003 l." in row.note for row in found.rows)
            assert [row.note for row in found.plain_rows] == ["", ""]
