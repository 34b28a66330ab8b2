"""A worker that is killed after the server took a letter and before that is written down.

``killed_sender.py queue 2`` queues three letters and dies after the second; ``go on`` sends the
rest, after the lease. The environment says where database and server are.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import django

NOW = datetime(2026, 8, 20, 10, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


def die_after(count: int) -> None:
    """Replace the note that a letter was sent: the ``count``-th time it kills."""
    sending: Any = import_module("dosojin_web.mail.operations.send_queued")
    mark_sent = sending._mark_sent
    calls = []

    def mark_or_die(mail: Any, now: datetime) -> int:
        calls.append(mail)
        if len(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return int(mark_sent(mail, now))

    sending._mark_sent = mark_or_die


def queue_three() -> None:
    from django.core.management import call_command

    from dosojin_web.mail.models import OutgoingMail

    call_command("migrate", "mail", verbosity=0)
    for number in range(3):
        OutgoingMail.objects.create(
            queue_key=str(number),
            to=f"student{number}@univ.example",
            template="",
            language="ja",
            subject="件名",
            body="本文\n",
            queued_at=NOW,
            try_at=NOW,
        )


if __name__ == "__main__":
    django.setup()
    from dosojin_web.mail.operations.send_queued import LEASE, send_queued

    if sys.argv[1] == "queue":
        queue_three()
        die_after(int(sys.argv[2]))
        send_queued(NOW)
    else:
        send_queued(NOW + LEASE + timedelta(seconds=30))
