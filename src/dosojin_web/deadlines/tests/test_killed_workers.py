"""2,000 timers, 3 workers in processes of their own, SIGKILL at random moments: each fires once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

SCRIPT = Path(__file__).with_name("timer_process.py")
TIMERS = 2000
WORKERS = 3
KILLS = 4
SECONDS_MAX = 60
DEADLY = TIMERS // 400


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of processes that share a database: the tests' kind, but their own."""
    url = os.environ.get("DATABASE_URL", "")
    markers = tmp_path / "markers"
    markers.mkdir()
    environment = {**os.environ, "TIMER_MARKERS": str(markers)}
    if not url:
        yield environment | {"DOSOJIN_DATABASE": str(tmp_path / "timers.sqlite3")}
        return
    name = f"timers_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield environment | {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=SECONDS_MAX
    ).stdout


def start(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(SCRIPT), "work"], env=environment)


def work_and_kill(environment: Mapping[str, str]) -> int:
    """Three workers until all is done; whoever is killed is replaced. Returns how many died."""
    luck = random.Random()
    workers = [start(environment) for _ in range(WORKERS)]
    died = 0
    kills_left = KILLS
    next_kill = time.monotonic() + luck.uniform(0.4, 1.2)
    give_up_at = time.monotonic() + SECONDS_MAX
    try:
        while any(worker.poll() is None for worker in workers):
            assert time.monotonic() < give_up_at, "the workers did not come to an end"
            if kills_left and time.monotonic() >= next_kill:
                luck.choice(workers).kill()
                kills_left -= 1
                next_kill = time.monotonic() + luck.uniform(0.1, 0.6)
            time.sleep(0.005)
            for place, worker in enumerate(workers):
                if worker.poll() not in (None, 0):
                    died += 1
                    workers[place] = start(environment)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    return died


def test_each_fires_once_whoever_is_killed(own_database: dict[str, str]) -> None:
    run(own_database, "prepare", str(TIMERS))
    died = work_and_kill(own_database)
    found = json.loads(run(own_database, "report"))
    assert (found["firings"], found["timers"], found["done"]) == (TIMERS, TIMERS, TIMERS), found
    assert died >= DEADLY and found["retried"] >= DEADLY, (died, found)
    assert found["workers"] > WORKERS, found
