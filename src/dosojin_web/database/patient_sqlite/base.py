"""Those who want to write stand in a queue, and nobody in it is forgotten.

SQLite lets one write at a time. Who has to wait asks again after a while, up to a tenth of a second
long; whoever has just written is back within a thousandth, and finds it free. With 16 busy writers
one transaction in 200 slept through its ten seconds like this. Asking SQLite more often is no way
out: each question keeps it from clearing its log away, and then every commit waits for the disk.

So they ask for a lock on a file beside the database, a hundred times a second and more, and
whoever has it asks SQLite. The lock orders, it protects nothing: that remains SQLite's own affair.
"""

import fcntl
import os
import random
import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

SLEEP_SECONDS_FIRST, SLEEP_SECONDS_LAST = 0.001, 0.032
SECONDS_MAX = 5.0
"""As long as Django waits if the setting ``timeout`` says nothing."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection as Django's, but for how it waits when a transaction begins."""

    _pen: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        """BEGIN, once it is our turn; OperationalError after ``timeout`` seconds."""
        if not self.is_in_memory_db():
            self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._pen is not None:
                # Closing the file gives the lock back.
                os.close(self._pen)
                self._pen = None

    def _take_turn(self) -> None:
        if self._pen is None:
            path = f"{self.settings_dict['NAME']}-queue"
            self._pen = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        last = time.monotonic() + float(self.settings_dict["OPTIONS"].get("timeout", SECONDS_MAX))
        sleep = SLEEP_SECONDS_FIRST
        while True:
            try:
                fcntl.flock(self._pen, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > last:
                    raise OperationalError("database is locked: others kept writing") from None
            # Of different lengths, so that those who wait do not go on knocking all at once.
            time.sleep(sleep * random.uniform(0.5, 1.0))
            sleep = min(2 * sleep, SLEEP_SECONDS_LAST)

    def _end_turn(self) -> None:
        if self._pen is not None:
            fcntl.flock(self._pen, fcntl.LOCK_UN)
