"""The PostgreSQL of the tests starts for one command and is gone after it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests import postgres

ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-m", "tests.postgres", "--"]
ASK = """
import os, psycopg
url = os.environ["DATABASE_URL"]
with psycopg.connect(url) as connection:
    print(connection.execute("SHOW listen_addresses").fetchone()[0] or "nowhere", url)
"""

pytestmark = pytest.mark.postgresql


def folder_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).hostname or ""))


def start(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen([*START, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_the_command_has_a_database_to_itself() -> None:
    run = start("python", "-c", ASK)
    said, _ = run.communicate(timeout=60)
    listens, url = said.split()
    assert (run.returncode, listens) == (0, "nowhere")
    assert folder_of(url).name.startswith("dosojin-postgres-")
    assert not folder_of(url).exists()


def test_the_exit_status_is_that_of_the_command() -> None:
    run = start("python", "-c", "raise SystemExit(7)")
    run.communicate(timeout=60)
    assert run.returncode == 7


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_run_leaves_nothing(signum: signal.Signals) -> None:
    run = start(
        *("python", "-u", "-c"),
        "import os, time; print(os.getpid(), os.environ['DATABASE_URL']); time.sleep(60)",
    )
    assert run.stdout is not None
    command, url = run.stdout.readline().split()
    server = int((folder_of(url) / "files" / "postmaster.pid").read_text().split()[0])
    run.send_signal(signum)
    run.communicate(timeout=60)
    assert run.returncode == 128 + signum
    assert not folder_of(url).exists()
    for process in (int(command), server):
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_without_postgresql_the_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_programs", lambda: None)
    told = "import os; assert os.environ['DOSOJIN_MISSING'] == 'postgresql'"
    assert postgres.main(["--", "python", "-c", told]) == 0


def test_a_command_is_needed() -> None:
    with pytest.raises(SystemExit, match="Name a command"):
        postgres.main(["--"])
