"""Processes that live and die together.

Each gets a group of its own, so that Ctrl-C reaches only us and we end them in order, and so that
what a process has started goes with it. Where the kernel can (Linux), they are told to stop even
if we are killed outright.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

SET_PARENT_DEATH_SIGNAL = 1  # prctl(2), PR_SET_PDEATHSIG
POLL_SECONDS = 0.2
GENTLE_SECONDS = 8.0
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(slots=True)
class Together:
    """The processes by name; ``is_stopping`` is set by a signal."""

    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    is_stopping: bool = False

    def start(self, name: str, command: Sequence[str]) -> None:
        """One more process."""
        self.running[name] = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_dying_with(os.getpid()),
        )

    def wait(self, is_ready: Callable[[], bool] = lambda: False) -> str:
        """The name of the first process that ended; "" if we are stopping, or ``is_ready``."""
        while not self.is_stopping:
            for name, process in self.running.items():
                if process.poll() is not None:
                    return name
            if is_ready():
                return ""
            time.sleep(POLL_SECONDS)
        return ""

    def stop(self) -> None:
        """End them all, and whatever they started: first asked, then made to."""
        self._signal(signal.SIGTERM)
        give_up_at = time.monotonic() + GENTLE_SECONDS
        while time.monotonic() < give_up_at and any(map(_is_alive, self.running.values())):
            time.sleep(POLL_SECONDS / 4)
        self._signal(signal.SIGKILL)
        for process in self.running.values():
            process.wait()

    def _signal(self, number: signal.Signals) -> None:
        for process in self.running.values():
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                continue


def _is_alive(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is None


def _dying_with(parent: int) -> Callable[[], None] | None:
    """What a new process does first: ask to be told to stop when ``parent`` is gone."""
    libc = _LIBC
    if libc is None:
        return None

    def ask() -> None:
        libc.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)  # It died before we asked.

    return ask


@contextmanager
def together(environment: Mapping[str, str]) -> Iterator[Together]:
    """Processes that are all gone when the block ends, however it ends."""
    house = Together(environment)

    def stop(number: int, frame: FrameType | None) -> None:
        house.is_stopping = True

    before = {number: signal.signal(number, stop) for number in STOPPING}
    try:
        yield house
    finally:
        house.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
