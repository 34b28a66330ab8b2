"""A process of the test that kills workers: prepares timers, lets them fire, or counts.

``timer_process.py prepare COUNT``, ``work``, ``report``. DATABASE_URL or DOSOJIN_DATABASE says
where. A firing is a row that its handler writes, in a table that forgives two rows for one timer.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from dosojin_web.settings.base import DATABASES

LEASE = timedelta(seconds=1)
# These kill their worker after the effect and before the commit, each once.
DEADLY_EVERY = 400


def set_up() -> None:
    settings.configure(
        DATABASES=DATABASES,
        INSTALLED_APPS=["dosojin_web.deadlines"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def fire(payload: dict[str, Any], now: datetime) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO firing VALUES (%s, %s)", [payload["number"], os.getpid()])
    if payload["number"] % DEADLY_EVERY == 0:
        marker = Path(os.environ["TIMER_MARKERS"], str(payload["number"]))
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)


def prepare(count: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from dosojin_web.deadlines.models import Deadline

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE firing (number integer, pid integer)")
    now = timezone.now()
    Deadline.objects.bulk_create(
        Deadline(
            kind="test.timer", key=str(number), payload={"number": number}, due_at=now, try_at=now
        )
        for number in range(count)
    )


def work() -> None:
    from dosojin_web.deadlines.models import WAITS, Deadline
    from dosojin_web.deadlines.worker import Worker, stopped_by_signals

    vars(import_module("dosojin_web.deadlines.operations.run_due"))["LEASE"] = LEASE
    worker = Worker()
    with stopped_by_signals(worker.stopping):
        while not worker.stopping.is_set() and Deadline.objects.filter(WAITS).exists():
            worker.turn()
            time.sleep(0.02)


def report() -> dict[str, int]:
    from django.db import connection

    from dosojin_web.deadlines.models import Deadline

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT number), count(DISTINCT pid) FROM firing")
        firings, timers, workers = cursor.fetchone()
    done = Deadline.objects.exclude(done_at=None)
    retried = done.filter(attempts__gt=1).count()
    found = {"firings": firings, "timers": timers, "workers": workers, "retried": retried}
    return found | {"done": done.count()}


if __name__ == "__main__":
    set_up()
    from dosojin_web.deadlines.kinds import deadline_kind

    deadline_kind("test.timer")(fire)
    match sys.argv[1:]:
        case ["prepare", count]:
            prepare(int(count))
        case ["work"]:
            work()
        case ["report"]:
            print(json.dumps(report()))
