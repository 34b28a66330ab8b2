"""Workers that take leased rows beside each other, and may be killed while they hold one."""

from __future__ import annotations

import os
import signal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from dosojin_web.database.tests.leased_things import LEASES, Thing, create_table, write_effect

Asked = dict[str, Any]


def prepare(asked: Asked) -> Asked:
    """So many rows, all due."""
    create_table()
    now = timezone.now()
    Thing.objects.bulk_create(Thing(name=str(n), try_at=now) for n in range(asked["things"]))
    return {}


def work(asked: Asked) -> Asked:
    """Do what is due after ``later`` leases; killed while it holds number ``dies_at``. How many."""
    now = timezone.now() + asked.get("later", 0) * LEASES.lease
    done = 0
    while thing := LEASES.take(now):
        with transaction.atomic():
            if LEASES.end(thing, done_at=now):
                write_effect(thing)
                done += 1
            if done == asked.get("dies_at"):
                os.kill(os.getpid(), signal.SIGKILL)
    return {"done": done}


def report(asked: Asked) -> Asked:
    """The names for which the effect stands, once for each time; then all is taken away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM effects")
        names = sorted(int(name) for (name,) in cursor.fetchall())
        retried = Thing.objects.filter(attempts__gt=1).count()
        cursor.execute("DROP TABLE effects")
        cursor.execute("DROP TABLE leased_things")
    return {"names": names, "retried": retried}


STEPS = {step.__name__: step for step in (prepare, work, report)}
