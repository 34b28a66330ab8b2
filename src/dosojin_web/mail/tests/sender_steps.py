"""A sender that is killed after the server took a letter and before that is written down.

The steps are taken in children that may be killed.
"""

from __future__ import annotations

import os
import signal
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dosojin_web.database.leases import Leases
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.mail.operations.send_queued import LEASE, send_queued

NOW = datetime(2026, 8, 20, 10, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
Asked = dict[str, Any]


def queue(asked: Asked) -> Asked:
    for number in range(asked["letters"]):
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
    return {}


def send(asked: Asked) -> Asked:
    """Send, and die instead of writing down that letter number ``dies_at`` was sent."""
    end = Leases.end
    sent = []

    def end_or_die(leases: Any, mail: Any, **marks: Any) -> bool:
        sent.append(mail)
        if len(sent) == asked["dies_at"]:
            os.kill(os.getpid(), signal.SIGKILL)
        return end(leases, mail, **marks)

    Leases.end = end_or_die  # type: ignore[method-assign]
    return {"sent": send_queued(NOW)}


def go_on(asked: Asked) -> Asked:
    """Send the rest, after the lease."""
    return {"sent": send_queued(NOW + LEASE + timedelta(seconds=30))}


STEPS = {step.__name__: step for step in (queue, send, go_on)}
