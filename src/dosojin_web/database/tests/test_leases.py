"""A leased row is tried by one worker at a time, again after a failure, and never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from dosojin_web.database.leases import ATTEMPTS_MAX, LONGEST_PAUSE, describe_error, wait_after
from dosojin_web.database.tests.leased_things import LEASE, LEASES, PAUSE, Thing, create_table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    create_table()


def add(name: str = "a", **fields: Any) -> Any:
    return Thing.objects.create(name=name, **{"try_at": NOW, **fields})


def take(now: datetime = NOW) -> Any:
    taken = LEASES.take(now)
    assert taken is not None
    return taken


def test_the_longest_due_comes_first_and_nothing_before_its_time() -> None:
    for name, minutes in (("late", 2), ("soon", 1), ("far", 3)):
        add(name, try_at=NOW + timedelta(minutes=minutes))
    assert LEASES.take(NOW) is None
    later = NOW + timedelta(minutes=2)
    assert [take(later).name, take(later).name] == ["soon", "late"]
    assert LEASES.take(later) is None


def test_two_workers_never_hold_the_same_row() -> None:
    add("one")
    add("other")
    assert {take().name, take().name} == {"one", "other"}
    assert LEASES.take(NOW + LEASE - SECOND) is None


def test_who_was_killed_is_followed_by_another_after_the_lease() -> None:
    add()
    killed = take()
    follower = take(NOW + LEASE)
    assert (follower.pk, follower.attempts) == (killed.pk, 2)
    assert follower.lease_holder != killed.lease_holder


def test_who_was_taken_over_can_write_nothing() -> None:
    add()
    slow = take()
    follower = take(NOW + LEASE)
    assert not LEASES.end(slow, done_at=NOW)
    LEASES.fail(slow, NOW, "too late")
    kept = Thing.objects.get()
    assert (kept.done_at, kept.last_error) == (None, "")
    assert kept.lease_holder == follower.lease_holder
    assert LEASES.end(follower, done_at=NOW + LEASE)
    assert not LEASES.end(follower, done_at=NOW + 2 * LEASE), "it has ended already"


def test_what_has_ended_is_not_taken_again() -> None:
    add()
    assert LEASES.end(take(), done_at=NOW)
    assert LEASES.take(NOW + timedelta(days=365)) is None
    assert Thing.objects.get().lease_holder == ""


def fail_until_given_up() -> tuple[datetime, list[timedelta]]:
    """Take it whenever it may be; the last moment, and the pauses in between."""
    add()
    now, pauses = NOW, []
    while True:
        LEASES.fail(take(now), now, "no answer")
        kept = Thing.objects.get()
        if kept.failed_at:
            return now, pauses
        pauses.append(kept.try_at - now)
        assert LEASES.take(kept.try_at - SECOND) is None
        now = kept.try_at


def test_the_pauses_double_until_it_is_given_up_and_stays() -> None:
    last, pauses = fail_until_given_up()
    assert pauses[0] == PAUSE and len(pauses) == ATTEMPTS_MAX - 1
    assert all(longer == 2 * shorter for shorter, longer in pairwise(pauses))
    kept = Thing.objects.get()
    assert (kept.failed_at, kept.last_error, kept.lease_holder) == (last, "no answer", "")
    assert LEASES.take(last + timedelta(days=365)) is None


def test_who_tries_less_often_gives_up_sooner() -> None:
    add()
    LEASES.fail(take(), NOW, "no such mailbox", attempts_max=1)
    assert Thing.objects.get().failed_at == NOW


def test_what_was_given_up_is_tried_again_if_a_person_says_so() -> None:
    assert not LEASES.try_again(Thing.objects.all(), NOW)
    last, _ = fail_until_given_up()
    assert LEASES.try_again(Thing.objects.all(), last)
    assert not LEASES.try_again(Thing.objects.all(), last), "it waits already"
    assert take(last).attempts == 1


def test_what_kills_every_worker_is_given_up_and_says_so() -> None:
    add("deadly", attempts=ATTEMPTS_MAX, lease_holder="dead", lease_until=NOW)
    given_up = take()
    assert (given_up.failed_at, given_up.lease_holder) == (NOW, "")
    assert "worker stopped" in Thing.objects.get().last_error
    assert LEASES.take(NOW + timedelta(days=365)) is None


def test_the_error_of_an_attempt_before_the_deadly_one_is_kept() -> None:
    add(attempts=ATTEMPTS_MAX, lease_holder="dead", lease_until=NOW, last_error="out of memory")
    assert take().last_error == "out of memory"


def test_the_pause_has_a_cap() -> None:
    assert wait_after(1, PAUSE) < wait_after(2, PAUSE) < LONGEST_PAUSE
    assert wait_after(100_000, PAUSE) == LONGEST_PAUSE


def test_an_error_is_described_with_its_place_and_cut() -> None:
    def fail() -> None:
        raise RuntimeError("x" * 5000)

    with pytest.raises(RuntimeError) as caught:
        fail()
    words = describe_error(caught.value)
    assert len(words) <= 2000 and ".fail, line " in words
    assert describe_error(KeyError("a")) == "KeyError: 'a'"
