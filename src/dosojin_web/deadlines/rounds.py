"""What the worker repeats besides the deadlines: the outbox, a look at the payment provider."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Work = Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Round:
    """``work(now)`` every so many seconds; it returns how many things it did."""

    name: str
    seconds: int
    work: Work


ROUNDS: list[Round] = []


def every(seconds: int) -> Callable[[Work], Work]:
    """Register a function ``work(now) -> int`` that the worker calls every ``seconds``.

    It does a bounded part of what there is and returns how much that was. While that is more than
    0 it is called again at once, so that a stopping worker need not wait for a long queue. Two
    workers may run it at the same time. An error is logged, and the round comes again in time.
    """

    def register(work: Work) -> Work:
        ROUNDS.append(Round(f"{work.__module__}.{work.__qualname__}", seconds, work))
        return work

    return register
