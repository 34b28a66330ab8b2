"""How far a run is: a bar with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TextIO

from dosojin.batch.runs.summary import Counts
from dosojin.values.text import Language, Text

_LINE_EVERY_NS = 10 * 10**9
_SECOND_NS = 10**9
_DECIDING = Text("判断しています", "Deciding")
_RATE = Text("領収書 {rate}/秒", "{rate} receipts/s")
_LEFT = Text("残り", "left")
_LINE = Text(
    "{done}/{parts} 区画（{percent}%）、領収書 {receipts} 件、{rate}/秒",
    "{done}/{parts} partitions ({percent} %), {receipts} receipts, {rate}/s",
)


class Progress(Protocol):
    """What a run tells while it goes on."""

    def advance(self, weight: int, counts: Counts) -> None:
        """One more partition is done; `counts` are its rows, none if an earlier run decided it."""


class Silence:
    """Says nothing."""

    def advance(self, weight: int, counts: Counts) -> None:
        pass


class Stopwatch:
    """Receipts a second since it was made."""

    def __init__(self) -> None:
        self.started = time.monotonic_ns()
        self.receipts = 0

    def rate(self) -> int:
        passed = max(time.monotonic_ns() - self.started, 1)
        return self.receipts * _SECOND_NS // passed


@contextmanager
def shown_progress(
    parts: int, weight: int, language: Language, stream: TextIO | None = None
) -> Iterator[Progress]:
    """Shows how far `parts` partitions of this weight together are, until it is left."""
    to = stream or sys.stderr
    if not to.isatty():
        yield Lines(parts, weight, language, to)
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), TextColumn(_LEFT.in_(language)),
    )  # fmt: skip
    with Bar(*columns, console=Console(file=to), transient=True) as bar:
        yield _OnBar(bar, bar.add_task(_DECIDING.in_(language), total=weight, rate=""), language)


class _OnBar:
    """Moves the bar of a terminal."""

    def __init__(self, bar: Any, task: Any, language: Language) -> None:
        self.bar, self.task, self.language = bar, task, language
        self.watch = Stopwatch()

    def advance(self, weight: int, counts: Counts) -> None:
        self.watch.receipts += counts.receipts_in
        rate = _RATE.in_(self.language).format(rate=f"{self.watch.rate():,}")
        self.bar.update(self.task, advance=weight, rate=rate)


class Lines:
    """Writes a line now and then, for a log."""

    def __init__(self, parts: int, weight: int, language: Language, to: TextIO) -> None:
        self.parts, self.weight, self.language, self.to = parts, max(weight, 1), language, to
        self.done = self.passed = 0
        self.watch = Stopwatch()
        self.said = self.watch.started

    def advance(self, weight: int, counts: Counts) -> None:
        self.done += 1
        self.passed += weight
        self.watch.receipts += counts.receipts_in
        now = time.monotonic_ns()
        if now - self.said < _LINE_EVERY_NS:
            return
        self.said = now
        line = _LINE.in_(self.language).format(
            done=self.done, parts=self.parts, percent=self.passed * 100 // self.weight,
            receipts=f"{self.watch.receipts:,}", rate=f"{self.watch.rate():,}",
        )  # fmt: skip
        print(line, file=self.to, flush=True)
