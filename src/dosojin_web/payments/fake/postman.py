"""Sends the events: signed as the provider signs, and as well or badly as a test wants.

In:  events from the till. Out: POST requests to the webhook, from a thread of its own.
Never: an event sent anywhere but to this machine.
"""

import hashlib
import hmac
import json
import queue
import secrets
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    """How events travel."""

    PROMPT = "prompt"
    DELAYED = "delayed"
    REPEATED = "repeated"
    OUT_OF_ORDER = "out_of_order"
    DROPPED = "dropped"


TRIES = 4
PAUSE_SECONDS = 0.5
GATHER_SECONDS = 0.3
TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Letter:
    """An event as it goes over the wire."""

    id: str
    kind: str
    body: bytes


def sign(body: bytes, secret: str, at: int | None = None) -> str:
    """The signature header for a body, signed at a time in seconds since 1970; now, if None."""
    at = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={digest.hexdigest()}"


@dataclass
class Postman:
    """``written`` holds every event; ``address`` gets them, unless it is empty.

    ``clock`` dates them, in seconds since 1970; their signatures are of the real time.
    """

    secret: str
    address: str = ""
    mode: Mode = Mode.PROMPT
    delay_seconds: float = 3.0
    clock: Callable[[], float] = time.time
    written: list[Letter] = field(default_factory=list)
    waiting: "queue.Queue[Letter]" = field(default_factory=queue.Queue)

    def write(self, kind: str, about: dict[str, Any]) -> None:
        """Put an event into the post."""
        event_id = f"evt_{secrets.token_hex(12)}"
        event = {
            "id": event_id,
            "object": "event",
            "type": kind,
            "created": int(self.clock()),
            "livemode": False,
            "data": {"object": about},
        }
        letter = Letter(event_id, kind, json.dumps(event).encode())
        self.written.append(letter)
        if self.address:
            self.waiting.put(letter)

    def start(self) -> None:
        """Deliver from now on, in a thread that ends with the process."""
        threading.Thread(target=self._work, name="postman", daemon=True).start()

    def wait(self) -> None:
        """Return once everything written has been delivered or given up."""
        self.waiting.join()

    def _work(self) -> None:
        while True:
            letters = [self.waiting.get()]
            if self.mode is Mode.OUT_OF_ORDER:
                time.sleep(GATHER_SECONDS)
                letters = [*reversed([*letters, *self._at_hand()])]
            for letter in letters:
                self._carry(letter)
                self.waiting.task_done()

    def _at_hand(self) -> Iterator[Letter]:
        while True:
            try:
                yield self.waiting.get_nowait()
            except queue.Empty:
                return

    def _carry(self, letter: Letter) -> None:
        if self.mode is Mode.DROPPED:
            return
        if self.mode is Mode.DELAYED:
            time.sleep(self.delay_seconds)
        for _ in range(2 if self.mode is Mode.REPEATED else 1):
            for _ in range(TRIES):
                if self._deliver(letter):
                    break
                time.sleep(PAUSE_SECONDS)

    def _deliver(self, letter: Letter) -> bool:
        headers = {
            "Content-Type": "application/json",
            "Stripe-Signature": sign(letter.body, self.secret),
        }
        request = urllib.request.Request(self.address, letter.body, headers, method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                return bool(200 <= answer.status < 300)
        except (urllib.error.URLError, OSError):
            return False
