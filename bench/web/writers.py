"""Students who enrol at the same time: so many writers, each with applications of its own.

In:  prepared applications, and how many threads in how many processes write them.
Out: how long it took, processor time, and what went wrong.
Never: a retry; an error is an error.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Barrier

from django.db import connections
from django.utils import timezone
from prepare import Shown

from dosojin_web.accounts.actors import Actor
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.submit_application import submit_application

CARD = "card-clearing"
ENDED_WITHIN_SECONDS = 300
ERRORS_SHOWN = 3


@dataclass(slots=True)
class Written:
    """What one writer did, or all of them: seconds of each enrolment and errors in words."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    processor: float = 0
    clock: float = 0


def enrol(shown: Shown) -> None:
    """The price is fixed, and the premium has come: two transactions, as on the site."""
    application = Application.objects.get(pk=shown.application)
    now = timezone.now()
    student = Actor(1_000_000 + application.member_id, "student", "student")
    submitted = submit_application(application, application.version, shown.total, student, now)
    enrol_student(submitted, f"bench-{application.pk}", CARD, now)


def write_all(prepared: Sequence[Shown], processes: int, threads: int) -> Written:
    """Enrol them all in ``processes`` with so many ``threads`` each; they begin together."""
    connections.close_all()
    context = get_context("fork")
    barrier = context.Barrier(processes + 1)
    started = []
    for place in range(processes):
        here, there = context.Pipe(duplex=False)
        part = prepared[place::processes]
        process = context.Process(target=_write, args=(part, threads, barrier, there))
        process.start()
        started.append((process, here))
    barrier.wait(ENDED_WITHIN_SECONDS)
    begun = time.perf_counter()
    total = Written()
    for _, here in started:
        # A process that says nothing has died, or hangs: both are errors.
        said = here.recv() if here.poll(ENDED_WITHIN_SECONDS) else Written(errors=["silent"])
        total.seconds += said.seconds
        total.errors += said.errors
        total.processor += said.processor
    total.clock = time.perf_counter() - begun
    for process, _ in started:
        process.join(10)
        if process.is_alive():
            process.kill()
    return total


def _write(part: Sequence[Shown], threads: int, barrier: object, told: Connection) -> None:
    mine = Written()
    before = resource.getrusage(resource.RUSAGE_SELF)
    with ThreadPoolExecutor(threads, initializer=_connect) as pool:
        # One task each, so that all threads and their connections are there before the start.
        gate = Barrier(threads)
        list(pool.map(lambda _: gate.wait(ENDED_WITHIN_SECONDS), range(threads)))
        barrier.wait(ENDED_WITHIN_SECONDS)  # type: ignore[attr-defined]
        list(
            pool.map(partial(_enrol_some, mine), [part[place::threads] for place in range(threads)])
        )
    after = resource.getrusage(resource.RUSAGE_SELF)
    mine.processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told.send(mine)
    told.close()
    os._exit(0)


def _connect() -> None:
    Application.objects.exists()


def _enrol_some(mine: Written, part: Sequence[Shown]) -> None:
    for shown in part:
        begun = time.perf_counter()
        try:
            enrol(shown)
        except Exception as error:
            mine.errors.append(f"{type(error).__name__}: {error}"[:200])
        mine.seconds.append(time.perf_counter() - begun)
    connections.close_all()
