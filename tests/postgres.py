"""Runs a command beside a PostgreSQL that lives as long as the command.

    python -m tests.postgres -- pytest -n 2 src/dosojin_web

Comes in: a command. Goes out: the command's exit status. The server keeps its files in a temporary
folder, listens on a socket in it and nowhere else, and does not wait for the disk; DATABASE_URL
tells the command where it is. It is stopped however the command ends, also by Ctrl-C or SIGTERM.
Never: touches a PostgreSQL that already runs.

Without PostgreSQL the command runs with DOSOJIN_MISSING=postgresql, by which the tests count
themselves as not run.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import psycopg

PACKAGED = Path("/usr/lib/postgresql")
OWNER = "postgres"
DATABASE = "dosojin"
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 10
COMMAND_STOP_SECONDS_MAX = 30

# What would keep the files whole after a power cut only costs time here.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


def find_programs() -> Path | None:
    """The folder of the newest server: Debian keeps them beside each other and off the PATH."""
    packaged = [path for path in PACKAGED.glob("*/bin") if (path / "postgres").is_file()]
    if packaged:
        return max(packaged, key=lambda path: [int(part) for part in path.parent.name.split(".")])
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def owner() -> str | None:
    """Whom the server runs as: PostgreSQL refuses to run as root."""
    return OWNER if os.geteuid() == 0 else None


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """A server with an empty database; its DATABASE_URL."""
    # Not below TMPDIR: the path of a socket may have about a hundred letters.
    folder = Path(tempfile.mkdtemp(prefix="dosojin-postgres-", dir="/tmp"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if user := owner():
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        make_cluster(programs, folder)
        server = start(programs, folder)
        wait_for(server, folder)
        yield f"postgres://{OWNER}@{quote(str(folder), safe='')}/{DATABASE}"
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(programs: Path, folder: Path) -> None:
    """Write the files of an empty server; its words sort by their code points, as in SQLite."""
    command = [str(programs / "initdb"), "--pgdata", str(folder / "files"), "--username", OWNER]
    command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    made = subprocess.run(command, user=owner(), cwd=folder, capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"PostgreSQL could not be set up:\n{made.stdout}{made.stderr}")


def start(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    """The server's process, with a log in its folder."""
    command = [str(programs / "postgres"), "-D", str(folder / "files"), "-k", str(folder)]
    for name, value in OPTIONS.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C reaches the tests first, and the server when they are done.
        return subprocess.Popen(
            command, user=owner(), cwd=folder, stdout=log, stderr=log, start_new_session=True
        )


def wait_for(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the server answers, and make the database."""
    give_up_at = time.monotonic() + START_SECONDS_MAX
    while True:
        try:
            with psycopg.connect(
                host=str(folder), user=OWNER, dbname="postgres", autocommit=True
            ) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > give_up_at:
                sys.exit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
            time.sleep(0.05)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server without waiting for those who are still connected."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def run(command: Sequence[str], **environment: str) -> int:
    """Run the command, with programs of this Python's folder before others; its exit status."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    child = subprocess.Popen(command, env=os.environ | {"PATH": path} | environment)
    try:
        return child.wait()
    finally:
        # Interrupted: the command has had its Ctrl-C from the terminal, but no SIGTERM.
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(COMMAND_STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def leave(signum: int, frame: FrameType | None) -> None:
    """A signal as an exception, so that every `finally` on the way out is walked."""
    sys.exit(128 + signum)


def main(arguments: Sequence[str]) -> int:
    """Run what stands after `--`."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        sys.exit("Name a command: python -m tests.postgres -- pytest src/dosojin_web")
    programs = find_programs()
    if programs is None:
        return run(command, DOSOJIN_MISSING="postgresql")
    try:
        with running(programs) as url:
            return run(command, DATABASE_URL=url)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    for ended_by in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ended_by, leave)
    sys.exit(main(sys.argv[1:]))
