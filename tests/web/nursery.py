"""A process that takes each step of a test in a child, so that the child can be killed.

Comes in: the module that has the steps. Goes out: what a child reported, or the signal that ended
it. Never: a step in the process of the tests, or in a database that another test has meanwhile.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).parents[2]
STOP_SECONDS_MAX = 10


@dataclass(frozen=True, slots=True)
class Nursery:
    """The process, as long as it runs."""

    process: subprocess.Popen[str]

    def ask(self, do: str, **asked: str | int) -> dict[str, Any]:
        """What the child reported who took the step ``do``; ``{"signal": 9}`` if it was killed.

        ``failpoint`` names the place at which it is killed; ``together=6`` has six children at once
        take the step, each with its ``number``, and gives their ``answers``.
        """
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, **asked}) + "\n")
        self.process.stdin.flush()
        answer = dict(json.loads(self.process.stdout.readline()))
        assert "error" not in answer, answer
        return answer


@pytest.fixture(scope="module")
def nursery_environment() -> dict[str, str]:
    """What the process is told besides its database; a module may have its own."""
    return {}


@pytest.fixture(scope="module")
def nursery(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
    nursery_environment: dict[str, str],
) -> Iterator[Nursery]:
    """The nursery of a module of tests, which names its steps in ``STEPS``.

    It has a database of its own, and on PostgreSQL, that of the tests. A test that asks for it is
    marked ``django_db``, and itself writes nothing.
    """
    folder = tmp_path_factory.mktemp("nursery")
    with django_db_blocker.unblock():
        database = database_environment(folder)
    environment = {"DOSOJIN_VAR": str(folder), **database, **nursery_environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.nursery_process", request.module.STEPS],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Nursery(process)
    assert process.stdin is not None
    process.stdin.close()
    process.wait(timeout=STOP_SECONDS_MAX)
    if connection.vendor == "postgresql":
        # The children committed to the database that the other tests have too.
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)


def database_environment(folder: Path) -> dict[str, str]:
    """On SQLite a copy of the database of the tests in a file; on PostgreSQL that database."""
    assert not connection.in_atomic_block, "the steps would not see what the test has written"
    if connection.vendor == "sqlite":
        path = folder / "killed.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return {"DOSOJIN_DATABASE": str(path), "DATABASE_URL": ""}
    at = connection.settings_dict
    host = quote(at["HOST"], safe="") + (f":{at['PORT']}" if at["PORT"] else "")
    secret = f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
    return {"DATABASE_URL": f"postgres://{at['USER']}{secret}@{host}/{at['NAME']}"}
