"""``dosojin-web work``: what is due, the rounds, and a clean end."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from dosojin_web.deadlines.kinds import deadline_kind
from dosojin_web.deadlines.models import Deadline
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.deadlines.rounds import every
from dosojin_web.deadlines.worker import Worker, stopped_by_signals

pytestmark = pytest.mark.django_db
Calls = list[tuple[dict[str, Any], datetime]]


def test_once_does_all_there_is(now: datetime, fired: Calls) -> None:
    for number in range(3):
        set_deadline("test.note", str(number), now)
    set_deadline("test.note", "far", timezone.now() + timedelta(days=1))
    call_command("work", "--once")
    assert len(fired) == 3 and Deadline.objects.filter(done_at=None).count() == 1


def test_a_round_goes_on_while_it_finds_something() -> None:
    queue = list(range(5))

    @every(seconds=60)
    def take_two(at: datetime) -> int:
        taken = queue[:2]
        del queue[:2]
        return len(taken)

    worker = Worker()
    worker.turn()
    assert queue == []
    queue.append(6)
    worker.turn()
    assert queue == [6], "its time comes again in a minute"


def test_a_round_that_fails_stops_nobody(fired: Calls, now: datetime) -> None:
    seen = []

    @every(seconds=1)
    def fail(at: datetime) -> int:
        raise RuntimeError("no answer")

    @every(seconds=1)
    def go_on(at: datetime) -> int:
        seen.append(at)
        return 0

    set_deadline("test.note", "a", now)
    Worker().turn()
    assert len(seen) == 1 and len(fired) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_finishes_what_runs_and_no_more(now: datetime, number: int) -> None:
    ran = []

    @deadline_kind("test.signalled")
    def signalled(payload: dict[str, Any], at: datetime) -> None:
        os.kill(os.getpid(), number)
        time.sleep(0.01)
        ran.append(at)

    for key in "ab":
        set_deadline("test.signalled", key, now)
    before = signal.getsignal(number)
    call_command("work", "--once")
    assert len(ran) == 1 and Deadline.objects.exclude(done_at=None).count() == 1
    assert signal.getsignal(number) is before


def test_a_second_signal_is_not_waited_for() -> None:
    stopping = threading.Event()
    with pytest.raises(KeyboardInterrupt), stopped_by_signals(stopping):
        signal.raise_signal(signal.SIGINT)
        assert stopping.is_set()
        signal.raise_signal(signal.SIGINT)
