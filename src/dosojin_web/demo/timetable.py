"""What happens when: acts in the order of time, deadlines between them as they fall due.

Everything is done in the order in which it would have happened, so that the audit trail, the
ledger, the numbers of certificates and the outbox read as if the months had passed.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from dosojin_web.deadlines.operations.run_due import run_due

Act = Callable[[datetime], object]
LOOK_EVERY = timedelta(hours=6)


@dataclass(slots=True)
class Timetable:
    """Acts yet to come, and the latest moment at which one may happen.

    ``before_deadlines`` is told the moment before the deadlines of it are run.
    """

    end: datetime
    before_deadlines: Act
    waiting: list[tuple[datetime, int, Act]] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)
    looked: datetime | None = None

    def at(self, moment: datetime, act: Act) -> None:
        """Do this at that moment; at the end, if it lies later."""
        heapq.heappush(self.waiting, (min(moment, self.end), next(self.numbers), act))

    def run(self, progress: Callable[[], None]) -> None:
        """Let everything happen; acts may put further acts in. ``progress`` is told of each."""
        while self.waiting:
            moment, _, act = heapq.heappop(self.waiting)
            self._look(moment)
            act(moment)
            progress()
        self.run_deadlines(self.end)

    def _look(self, moment: datetime) -> None:
        if self.looked is None or moment - self.looked >= LOOK_EVERY:
            self.run_deadlines(moment)
            self.looked = moment

    def run_deadlines(self, moment: datetime) -> None:
        """Everything that is due by then."""
        self.before_deadlines(moment)
        while run_due(moment):
            pass
