"""A part of the suite that could not run is counted and named on the last page of the run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.tidy.source_tree import ROOT

TESTS = """
import pytest

@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_page(width): ...

@pytest.mark.browser
def test_journey(chromium_path): ...

def test_plain(): ...
"""


def run_beside_parts(folder: Path, programs: Path, *options: str, missing: str = "") -> str:
    """What pytest prints for TESTS when only `programs` is searched for programs.

    `missing` names a part that the whole run needs and does not have.
    """
    shutil.copy(ROOT / "tests/parts.py", folder / "conftest.py")
    (folder / "test_walk.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(folder)]
    command += ["-p", "no:cacheprovider", "-p", "no:django", *options, str(folder)]
    environment = {key: value for key, value in os.environ.items() if "PYTEST" not in key}
    environment |= {"PATH": str(programs), "DOSOJIN_MISSING": missing}
    outcome = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


def test_a_missing_browser_is_counted_and_named(tmp_path: Path) -> None:
    for options in ((), ("-n", "1")):
        page = run_beside_parts(tmp_path, tmp_path / "nothing", *options)
        assert "1 passed, 3 skipped" in page
        assert "browser: 3 tests did not run, Chromium is missing" in page
        assert "apt-get install -y --no-install-recommends chromium" in page


def test_with_a_browser_every_part_runs(tmp_path: Path) -> None:
    chromium = tmp_path / "chromium"
    chromium.write_text("#!/bin/sh\n", encoding="utf-8")
    chromium.chmod(0o755)
    page = run_beside_parts(tmp_path, tmp_path)
    assert "4 passed" in page
    assert "None: every part ran." in page


def test_a_run_without_its_database_is_counted_and_named(tmp_path: Path) -> None:
    chromium = tmp_path / "chromium"
    chromium.write_text("#!/bin/sh\n", encoding="utf-8")
    chromium.chmod(0o755)
    for options in (("-k", "plain"), ("-k", "plain", "-n", "1")):
        page = run_beside_parts(tmp_path, tmp_path, *options, missing="postgresql")
        assert "1 skipped" in page
        assert "postgresql: 1 tests did not run, PostgreSQL is missing" in page
        assert "apt-get install -y --no-install-recommends postgresql" in page
