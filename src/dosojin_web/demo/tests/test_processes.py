"""Processes that live and die together: nothing is left behind, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).with_name("house.py")
SECONDS_MAX = 10


def is_running(pid: int) -> bool:
    """Whether there is such a process that has not ended; one that nobody waits for has."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until_gone(pids: list[int]) -> list[int]:
    """The processes that are still there when patience ends."""
    give_up_at = time.monotonic() + SECONDS_MAX
    while time.monotonic() < give_up_at:
        left = [pid for pid in pids if is_running(pid)]
        if not left:
            return []
        time.sleep(0.05)
    return left


@pytest.fixture
def house(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(HOUSE), str(tmp_path / "grandchild")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    yield running
    running.kill()
    running.wait()


def read_ids(house: subprocess.Popen[str]) -> list[int]:
    assert house.stdout is not None
    return [int(word) for word in house.stdout.readline().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_takes_everybody_with_it(
    house: subprocess.Popen[str], number: signal.Signals
) -> None:
    ids = read_ids(house)
    assert all(map(is_running, ids))
    house.send_signal(number)
    said, _ = house.communicate(timeout=SECONDS_MAX)
    assert said.strip() == "ended: asked to"
    assert wait_until_gone(ids) == []


@pytest.mark.parametrize(("place", "name"), [(0, "quiet"), (1, "parent")])
def test_when_one_dies_the_others_go(house: subprocess.Popen[str], place: int, name: str) -> None:
    ids = read_ids(house)
    os.kill(ids[place], signal.SIGKILL)
    said, _ = house.communicate(timeout=SECONDS_MAX)
    assert said.strip() == f"ended: {name}"
    # Also what the killed one had started.
    assert wait_until_gone(ids) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent")
def test_killed_outright_its_processes_are_told_to_stop(house: subprocess.Popen[str]) -> None:
    quiet, parent, grandchild = read_ids(house)
    house.kill()
    house.wait()
    assert wait_until_gone([quiet, parent]) == []
    # What a shell left behind nobody can reach; our three processes end their own.
    if is_running(grandchild):
        os.kill(grandchild, signal.SIGKILL)
