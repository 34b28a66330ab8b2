"""Students who enrol at the same time: so many processes, each with applications of its own.

In:  the ids of prepared applications.
Out: how long it took, processor time, and what went wrong.
Never: a retry; an error is an error.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection

from django.db import connections
from django.utils import timezone

from dosojin_web.accounts.actors import Actor
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.submit_application import submit_application, tariff_premium

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


def enrol(application_id: int) -> None:
    """The price is fixed, and the premium has come: two transactions, as on the site."""
    application = Application.objects.select_related("member__programme__master").get(
        pk=application_id
    )
    now = timezone.now()
    total = tariff_premium(application)
    student = Actor(1_000_000 + application.member_id, "student", "student")
    submitted = submit_application(application, application.version, total, student, now)
    enrol_student(submitted, f"bench-{application_id}", CARD, now)


def write_all(ids: Sequence[int], writers: int) -> Written:
    """Enrol them all, ``writers`` at a time, each a process; they begin together."""
    connections.close_all()
    context = get_context("fork")
    barrier = context.Barrier(writers + 1)
    started = []
    for place in range(writers):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_write, args=(ids[place::writers], barrier, there))
        process.start()
        started.append((process, here))
    barrier.wait(ENDED_WITHIN_SECONDS)
    begun = time.perf_counter()
    total = Written()
    for _, here in started:
        # A writer that says nothing has died, or hangs: both are errors.
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


def _write(ids: Sequence[int], barrier: object, told: Connection) -> None:
    mine = Written()
    before = resource.getrusage(resource.RUSAGE_SELF)
    # The connection and its settings are there before the start.
    Application.objects.filter(pk=ids[0]).exists()
    barrier.wait(ENDED_WITHIN_SECONDS)  # type: ignore[attr-defined]
    for application_id in ids:
        begun = time.perf_counter()
        try:
            enrol(application_id)
        except Exception as error:
            mine.errors.append(f"{type(error).__name__}: {error}"[:200])
        mine.seconds.append(time.perf_counter() - begun)
    after = resource.getrusage(resource.RUSAGE_SELF)
    mine.processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told.send(mine)
    told.close()
    connections.close_all()
    os._exit(0)
