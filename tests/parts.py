"""What every test shares: Hypothesis profiles, and an account of the parts that could not run.

A test that needs more than Python carries the marker of its part (`browser`, `spark`). Where the
part is missing the test is skipped, and the last page of the run counts what was skipped and says
how to have it: a part that could not run is never silent. A whole run can be a part too: the one
on PostgreSQL, which `tests/postgres.py` starts.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from dataclasses import dataclass
from glob import glob

import pytest
from hypothesis import HealthCheck, settings

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# Derandomized: the same commit gives the same examples, so a red run is a fact about the commit.
# Slow draws are the machine's affair, not the test's.
settings.register_profile(
    "ci",
    max_examples=2000,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("dev", max_examples=100, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("DOSOJIN_PROFILE", "dev"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the suite that needs a program of the system.

    ``off_path`` is where Debian keeps the program, if it is not on the PATH.
    """

    marker: str
    needs: str
    programs: tuple[str, ...]
    install: str
    off_path: str = ""

    def program(self) -> str | None:
        """The first of its programs that is installed."""
        off_path = glob(self.off_path) if self.off_path else []
        return next(filter(None, [*map(shutil.which, self.programs), *off_path]), None)


BROWSER = Part(
    marker="browser",
    needs="Chromium",
    programs=CHROMIUM_NAMES,
    install="apt-get install -y --no-install-recommends chromium",
)
SPARK = Part(
    marker="spark",
    needs="Java",
    programs=("java",),
    install="apt-get install -y --no-install-recommends openjdk-17-jre-headless",
)
POSTGRESQL = Part(
    marker="postgresql",
    needs="PostgreSQL",
    programs=("postgres",),
    install="apt-get install -y --no-install-recommends postgresql",
    off_path="/usr/lib/postgresql/*/bin/postgres",
)
PARTS = (BROWSER, SPARK, POSTGRESQL)

# By these a test asks the database; `database` marks those that do it in processes of their own.
DATABASE_FIXTURES = {"db", "transactional_db"}
DATABASE_MARKERS = ("django_db", "database", "postgresql")

# Names the part without which a whole run makes no sense; `tests/postgres.py` sets it.
MISSING = os.environ.get("DOSOJIN_MISSING", "")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is, for `playwright.chromium.launch(executable_path=…)`."""
    path = BROWSER.program()
    if path is None:
        pytest.skip(f"{BROWSER.needs} is missing")
    return path


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgresql: needs a PostgreSQL that it can start")
    config.addinivalue_line("markers", "database: asks the database in processes of its own")


def asks_database(item: pytest.Item) -> bool:
    """Whether the answer of a test can be another on another database."""
    marked = any(item.get_closest_marker(name) for name in DATABASE_MARKERS)
    return marked or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("DATABASE_URL") and not MISSING:
        # The second run of the suite, on PostgreSQL: what asks no database was held by the first.
        config.hook.pytest_deselected(items=[item for item in items if not asks_database(item)])
        items[:] = [item for item in items if asks_database(item)]
    for part in PARTS:
        if part.marker == MISSING:
            for item in items:
                item.add_marker(part.marker)
        if part.marker == MISSING or part.program() is None:
            for item in items:
                if item.get_closest_marker(part.marker):
                    item.add_marker(pytest.mark.skip(reason=f"{part.needs} is missing"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print which parts could not run, how many tests that is, and how to have them."""
    skipped = terminalreporter.getreports("skipped")
    count_by_part: Counter[Part | None] = Counter(
        next((part for part in PARTS if part.marker in report.keywords), None) for report in skipped
    )
    terminalreporter.section("parts that could not run")
    for part, count in count_by_part.items():
        if part is None:
            terminalreporter.line(f"{count} tests were skipped for the reasons above.")
        else:
            missing = f"{part.marker}: {count} tests did not run, {part.needs} is missing."
            terminalreporter.line(f"{missing} To have them: {part.install}")
    if not count_by_part:
        terminalreporter.line("None: every part ran.")
