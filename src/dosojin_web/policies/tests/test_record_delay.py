"""A cause for a late return is kept as it was told; nothing else changes."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dosojin_web.audit.models import Event
from dosojin_web.policies.automatic_extension import reach_of
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.record_delay import Delay, record_delay
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.policies.versions import latest_version

from .conftest import NOW, World
from .test_certificate_changes import end_early

PLANNED = datetime(2027, 7, 31, 18, 40, tzinfo=JAPAN)
LATE = Delay("transport", PLANNED, PLANNED + timedelta(hours=20))
JULY_31 = datetime(2027, 7, 31, 12, 0, tzinfo=JAPAN)
END = datetime(2027, 8, 1, 0, 0, tzinfo=JAPAN)
MINUTE = timedelta(minutes=1)


def fields_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.field for fault in refused.value.faults]


def test_cover_can_reach_72_hours_beyond_its_end(world: World, enrolled: Certificate) -> None:
    """31 July, 24:00, and 72 hours: 3 August, 24:00."""
    reach = reach_of(latest_version(enrolled))
    assert reach is not None
    assert (reach.ends_at, reach.could_reach) == (END, datetime(2027, 8, 4, 0, 0, tzinfo=JAPAN))


def test_a_cause_is_kept_and_no_date_moves(world: World, enrolled: Certificate) -> None:
    kept = record_delay(enrolled, LATE, 1, world.actor, JULY_31)
    assert (kept.cause, kept.planned_arrival, kept.recorded_at) == ("transport", PLANNED, JULY_31)
    version = latest_version(enrolled)
    assert (version.number, version.expiry) == (1, date(2027, 7, 31))


def test_the_same_again_is_the_same(world: World, enrolled: Certificate) -> None:
    first = record_delay(enrolled, LATE, 1, world.actor, JULY_31)
    assert record_delay(enrolled, LATE, 1, world.actor, JULY_31 + MINUTE) == first
    later = replace(LATE, expected_arrival=PLANNED + timedelta(hours=30))
    record_delay(enrolled, later, 1, world.actor, JULY_31 + MINUTE)
    unknown = replace(LATE, expected_arrival=None)
    twice = [record_delay(enrolled, unknown, 1, world.actor, JULY_31) for _ in range(2)]
    assert twice[0] == twice[1]
    assert enrolled.automatic_extensions.count() == 3


def test_the_audit_trail_does_not_say_who_was_ill(world: World, enrolled: Certificate) -> None:
    record_delay(enrolled, replace(LATE, cause="treatment"), 1, world.actor, JULY_31)
    event = Event.objects.get(act="certificate.delay_recorded")
    assert event.about == enrolled.about
    assert "treatment" not in str(event.detail)


@pytest.mark.parametrize(
    ("now", "taken"),
    [
        (END - timedelta(hours=72) - MINUTE, False),
        (END - timedelta(hours=72), True),
        (END + timedelta(days=30) - MINUTE, True),
        (END + timedelta(days=30), False),
    ],
)
def test_it_can_be_told_from_three_days_before_to_a_month_after(
    world: World, enrolled: Certificate, now: datetime, taken: bool
) -> None:
    if taken:
        record_delay(enrolled, LATE, 1, world.actor, now)
    else:
        with pytest.raises(Refused) as refused:
            record_delay(enrolled, LATE, 1, world.actor, now)
        assert fields_of(refused) == [""]
    assert enrolled.automatic_extensions.exists() == taken


def test_what_is_wrong_is_said_of_its_field(world: World, enrolled: Certificate) -> None:
    wrong = Delay("hangover", END + MINUTE, END)
    with pytest.raises(Refused) as refused:
        record_delay(enrolled, wrong, 1, world.actor, JULY_31)
    assert fields_of(refused) == ["cause", "planned_arrival", "expected_arrival"]
    before = datetime(2027, 5, 31, 23, 59, tzinfo=JAPAN)
    with pytest.raises(Refused) as refused:
        record_delay(enrolled, Delay("transport", before, None), 1, world.actor, JULY_31)
    assert fields_of(refused) == ["planned_arrival"]


def test_an_arrival_at_the_very_end_was_planned_in_time(
    world: World, enrolled: Certificate
) -> None:
    record_delay(enrolled, Delay("transport", END, None), 1, world.actor, JULY_31)


def test_another_version_is_stale(world: World, enrolled: Certificate) -> None:
    with pytest.raises(Stale):
        record_delay(enrolled, LATE, 2, world.actor, JULY_31)


def test_a_cancelled_certificate_is_not_extended(world: World, enrolled: Certificate) -> None:
    end_early(world, enrolled, None, NOW)
    assert reach_of(latest_version(enrolled)) is None
    with pytest.raises(Refused):
        record_delay(enrolled, LATE, 2, world.actor, JULY_31)
