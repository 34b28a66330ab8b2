"""Asks a server on this machine, and times each answer; a process of its own.

    python load.py BASE PATHS.json SECONDS RATE CONNECTIONS

In:  where, what, how long, how many a second (0: each connection asks again once it is answered).
Out: a line of JSON: seconds of each answer in order of size, errors, and the processor time taken.
Never: longer than SECONDS and the time-out.

At a fixed rate an answer is timed from the moment its question was due, so that a server that
falls behind cannot hide it by being asked less.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 20
Question = tuple[str, dict[str, str]]


class Connection:
    """One connection that is kept open: a question, its answer, the next question."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, headers: dict[str, str], body: bytes = b"") -> int:
        """The status of the answer, once all of it is here."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        assert self.reader is not None
        method = "POST" if body else "GET"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if "transfer-encoding: chunked" in head:
            while size := int(await self.reader.readline(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readexactly(2)
        elif "content-length: " in head:
            length = head.split("content-length: ", 1)[1].split("\r\n", 1)[0]
            await self.reader.readexactly(int(length))
        return int(head.split(" ", 2)[1])

    def close(self) -> None:
        """Begin anew with the next question."""
        if self.writer is not None:
            self.writer.close()
            self.writer = None


class Load:
    """What is being asked and what came of it."""

    def __init__(self, base: str, questions: Sequence[Question], seconds: float, rate: float):
        self.host = urlsplit(base).hostname or "127.0.0.1"
        self.port = urlsplit(base).port or 80
        self.questions = cycle(questions)
        self.seconds, self.rate = seconds, rate
        self.taken: list[float] = []
        self.errors: list[str] = []

    async def run(self, connections: int) -> float:
        """The seconds that it took until the last answer."""
        begun = time.perf_counter() + 0.1
        moments = iter(self._moments(begun))
        workers = [self._work(moments, begun + self.seconds) for _ in range(connections)]
        await asyncio.gather(*workers)
        return time.perf_counter() - begun

    def _moments(self, begun: float) -> Iterator[float]:
        """When each question is due; without a rate, at once."""
        if not self.rate:
            while True:
                yield begun
        for number in range(int(self.seconds * self.rate)):
            yield begun + number / self.rate

    async def _work(self, moments: Iterator[float], end: float) -> None:
        connection = Connection(self.host, self.port)
        for due in moments:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if not self.rate and time.perf_counter() > end:
                break
            path, headers = next(self.questions)
            start = due if self.rate else time.perf_counter()
            try:
                status = await asyncio.wait_for(connection.ask(path, headers), TIMEOUT_SECONDS)
                if status != 200:
                    self.errors.append(f"{status} {path}")
            except (OSError, EOFError, TimeoutError) as error:
                self.errors.append(f"{type(error).__name__} {path}")
                connection.close()
            self.taken.append(time.perf_counter() - start)
        connection.close()


def main(base: str, file: str, seconds: str, rate: str, connections: str) -> None:
    questions = [(path, headers) for path, headers in json.loads(Path(file).read_text())]
    load = Load(base, questions, float(seconds), float(rate))
    clock = asyncio.run(load.run(int(connections)))
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "clock": clock,
        "taken": sorted(load.taken),
        "errors": load.errors,
        "processor": used.ru_utime + used.ru_stime,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
