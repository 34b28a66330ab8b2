"""How workers share the rows of a table: each is tried by one at a time, and none is lost.

A worker leases a row in a short transaction: ``lease_holder`` names that one attempt, and until
``lease_until`` nobody else takes it. How the attempt ended is written through a fence: only if the
row is still leased to it. A worker that is killed writes nothing; once its lease has run out,
another starts anew. What failed waits, longer each time. After the last attempt it is given up, and
stays in the table with its error until a person has it tried again.

What the attempt itself does is up to the slice. If it is the database that changes, it is done in
the transaction that goes through the fence, and so once (``deadlines``); what leaves the house
cannot be, and may be done again after a kill (``mail``).
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from django.db import connection, models, transaction
from django.db.models import Q, QuerySet

ATTEMPTS_MAX = 12
ERROR_LENGTH_MAX = 2000
LONGEST_PAUSE = timedelta(hours=6)
STOPPED = "The worker stopped in the middle of every attempt."
UNLEASED: Final[dict[str, Any]] = {"lease_holder": "", "lease_until": None}


class Leased(models.Model):
    """What workers try until it ends. ``try_at`` is when it is tried next."""

    try_at = models.DateTimeField()
    lease_holder = models.CharField(max_length=48, default="")
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(default="")
    failed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Leased)


@dataclass(frozen=True, slots=True)
class Leases(Generic[Row]):
    """How one table is shared.

    ``waits`` says which rows have neither ended nor been given up, ``order`` who comes first. The
    lease is longer than an attempt takes; ``first_pause`` follows the first failure, and doubles.
    """

    model: type[Row]
    waits: Q
    lease: timedelta
    first_pause: timedelta
    order: tuple[str, ...] = ("try_at", "id")

    def due(self, now: datetime) -> QuerySet[Row]:
        """What may be tried now and is leased to nobody, in order."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        rows: QuerySet[Row] = self.model._default_manager.filter(self.waits, free, try_at__lte=now)
        return rows.order_by(*self.order)

    def take(self, now: datetime) -> Row | None:
        """Lease the next row that is due; None when none is.

        One whose last attempt neither ended nor failed is given up instead: ``failed_at`` is set.
        One at a time, so that a crash counts against no other.
        """
        # On SQLite a transaction holds the only pen: do not take it to find that there is no work.
        if connection.vendor == "sqlite" and not self.due(now).exists():
            return None
        with transaction.atomic():
            row = self.due(now).select_for_update(skip_locked=True).first()
            if row is None:
                return None
            if row.attempts >= ATTEMPTS_MAX:
                row.failed_at, row.last_error = now, row.last_error or STOPPED
                row.lease_holder, row.lease_until = "", None
            else:
                row.attempts += 1
                row.lease_holder = f"{os.getpid()}:{secrets.token_hex(16)}"
                row.lease_until = now + self.lease
            row.save(update_fields=[field.attname for field in Leased._meta.fields])
            return row

    def held(self, row: Row) -> QuerySet[Row]:
        """The row, as long as its lease is the one that ``row`` was given: the fence."""
        rows: QuerySet[Row] = self.model._default_manager.filter(self.waits)
        return rows.filter(pk=row.pk, lease_holder=row.lease_holder)

    def end(self, row: Row, **marks: Any) -> bool:
        """Write ``marks`` and give the lease back. False: another has taken over, nothing is said.

        In the transaction that also does what is owed, this comes first: it locks the row, and
        nobody takes over while the rest is written, however long that takes.
        """
        return bool(self.held(row).update(**marks, **UNLEASED))

    def fail(self, row: Row, now: datetime, words: str, attempts_max: int = ATTEMPTS_MAX) -> None:
        """Write down what went wrong, and when to try again; after ``attempts_max``, never."""
        self.held(row).update(
            last_error=words[:ERROR_LENGTH_MAX],
            try_at=now + wait_after(row.attempts, self.first_pause),
            failed_at=now if row.attempts >= attempts_max else None,
            **UNLEASED,
        )

    def try_again(self, rows: QuerySet[Row], now: datetime) -> bool:
        """Whether one of ``rows`` had been given up; it is due again, with all its attempts."""
        given_up = rows.exclude(failed_at=None)
        return bool(given_up.update(failed_at=None, attempts=0, try_at=now))


def wait_after(attempts: int, first: timedelta, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """The pause after failure number ``attempts``, which counts from 1: doubled, up to a cap.

    Twelve attempts from 10 seconds span a little less than 6 hours.
    """
    # The exponent is bounded: a large count makes no number beyond what a timedelta holds.
    doublings = min(attempts - 1, 30)
    return min(first * (1 << doublings), longest)


def describe_error(error: BaseException) -> str:
    """Kind, words and place of an error: what the person needs who looks at it later."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", "?")
        place = f" (in {module}.{code.co_name}, line {trace.tb_lineno})"
    return f"{type(error).__name__}: {error}"[: ERROR_LENGTH_MAX - len(place)] + place
