"""Let what is due happen, once.

A worker first leases a deadline, in a short transaction of its own. Then one transaction does all
the rest: it marks the deadline done if the lease is still this worker's, and runs the handler. The
mark comes first, because it locks the row: nobody can take over while the effect is being written,
however long that takes. If the worker is killed, both are undone, and after the lease has run out
another worker starts anew. If the lease was taken over in between, the mark finds nothing to mark,
and the handler is not called.
"""

import logging
import os
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from dosojin_web.deadlines.backoff import ATTEMPTS_MAX, describe_error, wait_after
from dosojin_web.deadlines.kinds import find_handler
from dosojin_web.deadlines.models import WAITS, Deadline

LEASE = timedelta(minutes=2)
STOPPED = "The worker stopped in the middle of every attempt."

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
    deadline = _lease(now)
    if deadline is None:
        return None
    if deadline.failed_at:
        return Outcome.FAILED
    try:
        with transaction.atomic():
            if not _mark_done(deadline, now):
                return Outcome.TAKEN_OVER
            find_handler(deadline.kind)(deadline.payload, now)
    except Exception as error:
        log.warning("deadline %s failed, attempt %d", deadline, deadline.attempts, exc_info=error)
        _keep_failure(deadline, now, error)
        return Outcome.FAILED
    return Outcome.DONE


def _due(now: datetime) -> QuerySet[Deadline]:
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    return Deadline.objects.filter(WAITS, free, try_at__lte=now).order_by("try_at", "id")


def _lease(now: datetime) -> Deadline | None:
    """Take the next one that is due. One at a time: a crash then counts against nobody else."""
    # On SQLite a transaction holds the only pen: do not take it to find that there is no work.
    if connection.vendor == "sqlite" and not _due(now).exists():
        return None
    with transaction.atomic():
        deadline = _due(now).select_for_update(skip_locked=True).first()
        if deadline is None:
            return None
        if deadline.attempts >= ATTEMPTS_MAX:
            _give_up(deadline, now)
            return deadline
        deadline.attempts += 1
        deadline.lease_holder = f"{os.getpid()}:{secrets.token_hex(16)}"
        deadline.lease_until = now + LEASE
        deadline.save(update_fields=["attempts", "lease_holder", "lease_until"])
        return deadline


def _give_up(deadline: Deadline, now: datetime) -> None:
    """Its last attempt neither ended nor failed: the worker died of it, each time."""
    deadline.failed_at = now
    deadline.last_error = deadline.last_error or STOPPED
    deadline.lease_holder = ""
    deadline.lease_until = None
    deadline.save(update_fields=["failed_at", "last_error", "lease_holder", "lease_until"])


def _held(deadline: Deadline) -> QuerySet[Deadline]:
    """The row, as long as the lease is the one that we hold: the fence."""
    return Deadline.objects.filter(WAITS, pk=deadline.pk, lease_holder=deadline.lease_holder)


def _mark_done(deadline: Deadline, now: datetime) -> bool:
    """Mark it done, if its lease is still ours."""
    return bool(_held(deadline).update(done_at=now, lease_holder="", lease_until=None))


def _keep_failure(deadline: Deadline, now: datetime, error: Exception) -> None:
    """Write down what went wrong, and when to try again; after the last attempt, never."""
    _held(deadline).update(
        last_error=describe_error(error),
        try_at=now + wait_after(deadline.attempts),
        failed_at=now if deadline.attempts >= ATTEMPTS_MAX else None,
        lease_holder="",
        lease_until=None,
    )
