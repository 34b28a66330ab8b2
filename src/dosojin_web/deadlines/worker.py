"""The loop that lets deadlines happen and repeats the rounds, until it is told to stop."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from django.db import close_old_connections
from django.utils import timezone

from dosojin_web.deadlines.operations.run_due import run_next
from dosojin_web.deadlines.rounds import ROUNDS, Round

log = logging.getLogger(__name__)
SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(slots=True)
class Worker:
    """One worker; several may run beside each other, on one machine or on many."""

    stopping: threading.Event = field(default_factory=threading.Event)
    comes_at: dict[str, float] = field(default_factory=dict)

    def run(self, poll_seconds: float) -> None:
        """Work until ``stopping`` is set, looking every ``poll_seconds`` for what is due."""
        while not self.stopping.is_set():
            close_old_connections()
            self.turn()
            self.stopping.wait(poll_seconds)

    def turn(self) -> None:
        """Everything that is due now: deadlines first, then the rounds whose time has come."""
        self._drain("deadlines", lambda: run_next(timezone.now()) is not None)
        for each in ROUNDS:
            if time.monotonic() >= self.comes_at.get(each.name, 0):
                self._go_round(each)
                self.comes_at[each.name] = time.monotonic() + each.seconds

    def _go_round(self, each: Round) -> None:
        self._drain(each.name, lambda: each.work(timezone.now()) > 0)

    def _drain(self, name: str, do_some: Callable[[], bool]) -> None:
        """Go on while there is something to do. What fails is logged and tried next time."""
        try:
            while not self.stopping.is_set() and do_some():
                pass
        except Exception:
            log.exception("the worker could not go on with %s; it tries again", name)


@contextmanager
def stopped_by_signals(stopping: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set ``stopping``: what runs is finished. A second signal kills."""

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()
        for each in SIGNALS:
            signal.signal(each, before[each])

    before = {each: signal.signal(each, stop) for each in SIGNALS}
    try:
        yield
    finally:
        for each in SIGNALS:
            signal.signal(each, before[each])
