"""What is due happens: in order, once, whole or not at all, and again after a failure."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.audit.models import Event
from dosojin_web.database.leases import ATTEMPTS_MAX, Leases
from dosojin_web.deadlines.kinds import deadline_kind
from dosojin_web.deadlines.models import Deadline, Progress
from dosojin_web.deadlines.operations.cancel_deadline import cancel_deadline
from dosojin_web.deadlines.operations.list_failed import list_failed
from dosojin_web.deadlines.operations.retry_deadline import retry_deadline
from dosojin_web.deadlines.operations.run_due import LEASE, Outcome, run_due, run_next
from dosojin_web.deadlines.operations.set_deadline import set_deadline

pytestmark = pytest.mark.django_db
Calls = list[tuple[dict[str, Any], datetime]]
SECOND = timedelta(seconds=1)


def test_it_happens_when_it_is_due_and_in_order(now: datetime, fired: Calls) -> None:
    for minutes in (3, 1, 2):
        set_deadline("test.note", str(minutes), now + timedelta(minutes=minutes), {"in": minutes})
    assert run_due(now) == 0
    at = now + timedelta(minutes=2)
    assert run_due(at) == 2
    assert fired == [({"in": 1}, at), ({"in": 2}, at)]


def test_a_limit_leaves_the_rest_for_later(now: datetime, fired: Calls) -> None:
    for number in range(5):
        set_deadline("test.note", str(number), now)
    assert [run_due(now, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_handler_may_set_the_next_one(now: datetime) -> None:
    @deadline_kind("test.chain")
    def chain(payload: dict[str, Any], at: datetime) -> None:
        if payload["left"]:
            left = payload["left"] - 1
            set_deadline("test.chain", f"left {left}", at, {"left": left})

    set_deadline("test.chain", "left 3", now, {"left": 3})
    assert run_due(now) == 4


def test_a_failure_undoes_the_effect_and_comes_again(now: datetime) -> None:
    @deadline_kind("test.half")
    def half(payload: dict[str, Any], at: datetime) -> None:
        Deadline.objects.create(kind="effect", key="half", due_at=at, try_at=at)
        raise ValueError("no such plan")

    set_deadline("test.half", "a", now)
    assert run_due(now) == 0
    assert not Deadline.objects.filter(kind="effect").exists()
    kept = Deadline.objects.get()
    assert kept.progress is Progress.WAITING and kept.attempts == 1
    assert kept.last_error.startswith("ValueError: no such plan (in ")
    assert kept.due_at == now and kept.try_at > now


def test_a_fault_of_the_database_is_a_failure_like_others(now: datetime) -> None:
    @deadline_kind("test.twice")
    def twice(payload: dict[str, Any], at: datetime) -> None:
        for _ in range(2):
            Deadline.objects.create(kind="effect", key="one", due_at=at, try_at=at)

    set_deadline("test.twice", "a", now)
    assert run_next(now) is Outcome.FAILED
    assert Deadline.objects.get().last_error.startswith(IntegrityError.__name__)


def test_a_kind_that_is_gone_fails_visibly(now: datetime, fired: Calls) -> None:
    Deadline.objects.create(kind="test.gone", key="a", due_at=now, try_at=now)
    set_deadline("test.note", "b", now)
    assert run_due(now) == 1
    assert "no deadline kind test.gone" in Deadline.objects.get(kind="test.gone").last_error


def test_what_fails_once_does_not_hold_up_the_others(
    now: datetime, fired: Calls, broken: list[str]
) -> None:
    set_deadline("test.broken", "a", now - SECOND)
    set_deadline("test.note", "b", now)
    assert run_due(now) == 1 and len(fired) == 1
    broken.clear()
    assert run_due(now + timedelta(minutes=1)) == 1


def fail_until_given_up(now: datetime) -> tuple[datetime, list[timedelta]]:
    """Run it whenever it may be tried; returns the last moment and the pauses in between."""
    pauses = []
    for _ in range(ATTEMPTS_MAX):
        assert run_next(now) is Outcome.FAILED
        kept = Deadline.objects.get()
        if kept.failed_at is None:
            pauses.append(kept.try_at - now)
            assert run_next(kept.try_at - SECOND) is None
            now = kept.try_at
    return now, pauses


def test_the_pauses_double_and_then_a_person_must_look(now: datetime, broken: list[str]) -> None:
    set_deadline("test.broken", "a", now)
    assert list(list_failed()) == []
    last, pauses = fail_until_given_up(now)
    assert len(pauses) == ATTEMPTS_MAX - 1
    assert all(later == 2 * sooner for sooner, later in pairwise(pauses))
    [failed] = list_failed()
    assert failed.progress is Progress.FAILED and failed.failed_at == last
    assert "the tariff is missing" in failed.last_error
    assert run_next(last + timedelta(days=365)) is None


def test_what_was_given_up_can_be_tried_again_or_cancelled(
    now: datetime, broken: list[str]
) -> None:
    set_deadline("test.broken", "a", now)
    assert not retry_deadline("test.broken", "a", SYSTEM, now)
    last, _ = fail_until_given_up(now)
    assert retry_deadline("test.broken", "a", SYSTEM, last)
    broken.clear()
    assert run_due(last) == 1 and list(list_failed()) == []
    assert not retry_deadline("test.broken", "a", SYSTEM, last)
    assert [event.act for event in Event.objects.all()] == ["deadline.retried"]

    broken.append("again")
    Deadline.objects.all().delete()
    set_deadline("test.broken", "a", now)
    fail_until_given_up(now)
    assert cancel_deadline("test.broken", "a", last) and list(list_failed()) == []


def lease_of_another(now: datetime) -> None:
    Deadline.objects.update(lease_holder="another", lease_until=now + LEASE, attempts=1)


def test_what_another_worker_holds_is_left_to_it(now: datetime, fired: Calls) -> None:
    set_deadline("test.note", "a", now)
    lease_of_another(now)
    assert Deadline.objects.get().progress is Progress.RUNNING
    assert run_next(now + LEASE - SECOND) is None and fired == []


def test_after_its_lease_another_takes_over(now: datetime, fired: Calls) -> None:
    set_deadline("test.note", "a", now)
    lease_of_another(now)
    assert run_next(now + LEASE) is Outcome.DONE and len(fired) == 1


def test_a_worker_whose_lease_was_taken_over_does_nothing(
    now: datetime, fired: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stood still between leasing and running, and woke up too late."""
    set_deadline("test.note", "a", now)
    take = Leases.take

    def overslept(leases: Leases[Deadline], at: datetime) -> Deadline | None:
        deadline = take(leases, at)
        lease_of_another(at + LEASE)
        return deadline

    monkeypatch.setattr(Leases, "take", overslept)
    assert run_next(now) is Outcome.TAKEN_OVER and fired == []
    kept = Deadline.objects.get()
    assert kept.lease_holder == "another" and kept.last_error == "" and kept.done_at is None


def test_one_that_kills_every_worker_is_given_up(now: datetime, fired: Calls) -> None:
    set_deadline("test.note", "a", now)
    Deadline.objects.update(attempts=ATTEMPTS_MAX, lease_holder="dead", lease_until=now)
    assert run_next(now) is Outcome.FAILED and fired == []
    assert "worker stopped" in list_failed()[0].last_error
    assert run_next(now) is None
