"""Who decides the partitions of a run on one machine: threads, or processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from functools import partial

from dosojin.batch.runs.decide_partition import Read, decide_read, read_partition
from dosojin.batch.runs.manifest import Done
from dosojin.batch.runs.run_batch import Runner, Task, do_task, write_partition
from dosojin.values.problems import Problem
from dosojin.values.text import Text

_AHEAD = 1
"""Tasks that wait for the next who is free; what they read is not in memory yet."""
TASKS_A_PROCESS = 64
"""From how many partitions each on processes are worth their start, which takes more than a second.

Measured with 16 partitions (1.1 million receipts) on two cores that others used too: threads 4.8 s,
processes 6.6 s; kernels and Arrow let go of the interpreter's lock.
"""
Refusal = tuple[str, str, Text, Text]
"""A Problem on its way between processes."""


def runner_for(jobs: int) -> Runner:
    """Decides up to `jobs` partitions at the same time; the bytes are the same for any number."""
    return partial(_as_fits, jobs=jobs)


def _as_fits(tasks: Sequence[Task], *, jobs: int) -> Iterator[tuple[int, Done]]:
    """Processes if there is enough to do for them to be worth their start, else threads."""
    if jobs == 1 or len(tasks) <= 1:
        yield from in_turn(tasks, threads=jobs)
    elif len(tasks) >= jobs * TASKS_A_PROCESS:
        yield from in_processes(tasks, jobs=jobs)
    else:
        yield from in_threads(tasks, jobs=jobs)


def in_turn(tasks: Sequence[Task], *, threads: int = 1) -> Iterator[tuple[int, Done]]:
    """One after the other; while one is decided, a thread reads the next."""
    with ThreadPoolExecutor(1, "read") as pool:

        def begin(place: int) -> Future[Read] | None:
            if place >= len(tasks):
                return None
            return pool.submit(read_partition, tasks[place].partition, tasks[place].options)

        coming = begin(0)
        for place, task in enumerate(tasks):
            assert coming is not None
            read = coming.result()
            coming = begin(place + 1)
            decided = decide_read(read, task.options, threads=threads)
            yield task.partition.number, write_partition(task, decided)


def in_threads(tasks: Sequence[Task], *, jobs: int) -> Iterator[tuple[int, Done]]:
    """Several at a time in this process."""
    with ThreadPoolExecutor(jobs, "decide") as pool:
        yield from _as_they_end(pool, tasks, jobs)


def in_processes(tasks: Sequence[Task], *, jobs: int) -> Iterator[tuple[int, Done]]:
    """Several at a time, each in a process of its own."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    jobs = min(jobs, len(tasks))
    if jobs <= 1:
        yield from in_turn(tasks)
        return
    # forked children of a process with threads (Arrow's) can hang; a fresh one cannot
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _leave_with_parent)
    try:
        yield from _as_they_end(pool, tasks, jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def _as_they_end(pool: Executor, tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, Done]]:
    waiting = list(reversed(tasks))
    running: dict[Future[Done | Refusal], int] = {}
    while waiting or running:
        while waiting and len(running) < jobs + _AHEAD:
            task = waiting.pop()
            running[pool.submit(attempt, task)] = task.partition.number
        ended, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in sorted(ended, key=running.__getitem__):
            found = future.result()
            if not isinstance(found, Done):
                raise Problem(*found)
            yield running.pop(future), found


def attempt(task: Task) -> Done | Refusal:
    """Does a task, or says why it cannot be done."""
    try:
        return do_task(task)
    except Problem as problem:
        return problem.code, problem.place, problem.message, problem.remedy


def _leave_with_parent() -> None:
    """A process that was started for a run ends with it, even if that was killed.

    An interrupt from the terminal is for the run, which waits for what is being written.
    """
    import signal
    from multiprocessing import parent_process
    from multiprocessing.connection import wait as wait_for

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            wait_for([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
