"""Timers, and workers that are killed while they let them fire; each step is taken in a child.

A firing is a row that a timer's handler writes, in a table that forgives two rows for one timer.
"""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from dosojin_web.deadlines.kinds import deadline_kind
from dosojin_web.deadlines.models import WAITS, Deadline
from dosojin_web.deadlines.rounds import ROUNDS
from dosojin_web.deadlines.worker import Worker

LEASE = timedelta(seconds=1)
DEADLY_EVERY = 200
"""These timers kill their worker after the effect and before the commit, each once."""
KILLS = 4
"""So many workers are killed from outside, at random moments."""
SECONDS_MAX = 240
Asked = dict[str, Any]


@deadline_kind("test.timer")
def fire(payload: dict[str, Any], now: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO firing VALUES (%s, %s)", [payload["number"], os.getpid()])
    marker = Path(settings.VAR, f"killed-by-{payload['number']}")
    if payload["number"] % DEADLY_EVERY == 0 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def prepare(asked: Asked) -> Asked:
    """So many timers, all due."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE firing (number integer, pid integer)")
    now = timezone.now()
    Deadline.objects.bulk_create(
        Deadline(
            kind="test.timer", key=str(number), payload={"number": number}, due_at=now, try_at=now
        )
        for number in range(asked["timers"])
    )
    return {}


def work(asked: Asked) -> Asked:
    """Workers until all is done; whoever is killed is replaced. How many died."""
    ROUNDS.clear()
    run_due = vars(import_module("dosojin_web.deadlines.operations.run_due"))
    run_due["LEASES"] = replace(run_due["LEASES"], lease=LEASE)
    luck = random.Random()
    workers = [start_worker() for _ in range(asked["workers"])]
    died, kills_left = 0, KILLS
    next_kill = time.monotonic() + luck.uniform(0.1, 0.5)
    give_up_at = time.monotonic() + SECONDS_MAX
    while workers and time.monotonic() < give_up_at:
        if kills_left and time.monotonic() >= next_kill:
            os.kill(luck.choice(workers), signal.SIGKILL)
            kills_left -= 1
            next_kill = time.monotonic() + luck.uniform(0.1, 0.5)
        time.sleep(0.005)
        for worker in list(workers):
            ended, status = os.waitpid(worker, os.WNOHANG)
            if ended:
                workers.remove(worker)
                died += status != 0
                workers += [start_worker()] if status else []
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    return {"died": died}


def start_worker() -> int:
    """A worker that ends when nothing waits; its process."""
    child = os.fork()
    if child:
        return child
    status = 1
    with suppress(Exception):
        while Deadline.objects.filter(WAITS).exists():
            Worker().turn()
            time.sleep(0.02)
        status = 0
    os._exit(status)


def report(asked: Asked) -> Asked:
    """How often what has happened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT number), count(DISTINCT pid) FROM firing")
        firings, timers, workers = cursor.fetchone()
        cursor.execute("DROP TABLE firing")
    done = Deadline.objects.exclude(done_at=None)
    retried = done.filter(attempts__gt=1).count()
    found = {"firings": firings, "timers": timers, "workers": workers, "retried": retried}
    return found | {"done": done.count()}


STEPS = {step.__name__: step for step in (prepare, work, report)}
