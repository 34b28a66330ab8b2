"""Let what is due happen, once.

A worker first leases a deadline. Then one transaction does all the rest: it marks the deadline done
if the lease is still this worker's, and runs the handler. If the worker is killed, both are undone,
and after the lease has run out another worker starts anew. If the lease was taken over in between,
the mark finds nothing to mark, and the handler is not called.
"""

import logging
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from dosojin_web.database.leases import Leases, describe_error
from dosojin_web.deadlines.kinds import find_handler
from dosojin_web.deadlines.models import WAITS, Deadline

LEASE = timedelta(minutes=2)
LEASES = Leases(Deadline, WAITS, LEASE, first_pause=timedelta(seconds=10))

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of one deadline that was due."""

    DONE = "done"
    FAILED = "failed"
    TAKEN_OVER = "taken over"


def run_due(now: datetime, limit: int = 100) -> int:
    """How many of at most ``limit`` due deadlines have happened; a failed one does not count.

    Every worker may call this at any time. Handlers are told ``now``.
    """
    done = 0
    for _ in range(limit):
        outcome = run_next(now)
        if outcome is None:
            break
        done += outcome is Outcome.DONE
    return done


def run_next(now: datetime) -> Outcome | None:
    """What became of the deadline that has been due longest; None when none is due."""
    deadline = LEASES.take(now)
    if deadline is None:
        return None
    if deadline.failed_at:
        return Outcome.FAILED
    try:
        with transaction.atomic():
            if not LEASES.end(deadline, done_at=now):
                return Outcome.TAKEN_OVER
            find_handler(deadline.kind)(deadline.payload, now)
    except Exception as error:
        log.warning("deadline %s failed, attempt %d", deadline, deadline.attempts, exc_info=error)
        LEASES.fail(deadline, now, describe_error(error))
        return Outcome.FAILED
    return Outcome.DONE
