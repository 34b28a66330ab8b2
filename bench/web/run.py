"""`make bench-web`: the speed of the site on loopback, each figure beside its goal.

Prepares databases of its own below var/bench-web, starts the site as `make run` does, asks it, and
stops it. `--short` takes a fifth of the time, for a look while working; `--postgres` adds the
enrolments on a PostgreSQL, as information. Ends by itself within some minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dosojin_web.demo.processes import Together, together
from dosojin_web.demo.run import answers, find_free_port

HERE = Path(__file__).resolve().parent
VAR = HERE.parents[1] / "var" / "bench-web"
HOST = "127.0.0.1"
PYTHON = sys.executable
# What must not come from outside: the bench meets nothing real.
NOT_TAKEN = ("DATABASE_URL", "DOSOJIN_DATABASE", "DOSOJIN_SMTP", "DOSOJIN_HTTPS", "DOSOJIN_HOSTS")
CONNECTIONS, RATE = 16, 300
# Sixteen writers as a site has them, two processes of eight threads, and each a process of its own.
AS_A_SITE, EACH_ALONE = (2, 8), (16, 1)
STEP_SECONDS_MAX = 600


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    load_seconds: int
    applications: int
    roster_rows: int
    views: int


FULL, SHORT = Size(20, 2_000, 20_000, 100), Size(4, 320, 2_000, 20)


def row(
    name: str, figure: str, goal: str = "", met: float | None = None, processor: float | None = None
) -> None:
    """A line of the table; ``met`` is the figure as a multiple of what is allowed: 1 just meets."""
    verdict = ""
    if met is not None:
        verdict = "met" if met <= 1 else f"missed by a factor of {met:.2f}"
    used = f"{processor:7.2f} s" if processor is not None else ""
    print(f"{name:<58} {figure:>22}  {goal:>12}  {used:>9}  {verdict}", flush=True)


def environment(folder: Path, url: str = "") -> dict[str, str]:
    """What every process of the bench gets: a folder of its own, empty at the start."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if name not in NOT_TAKEN}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "dosojin_web.settings.run",
        "DOSOJIN_VAR": str(folder),
        **({"DATABASE_URL": url} if url else {}),
    }


def ask(command: Sequence[str], around: Mapping[str, str]) -> dict[str, Any]:
    """What a script of ours reported in its last line."""
    done = subprocess.run(
        [PYTHON, *command], env=around, capture_output=True, text=True, timeout=STEP_SECONDS_MAX
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def site(around: Mapping[str, str]):  # type: ignore[no-untyped-def]
    """The address of the site and its process id, until the block ends."""
    port = find_free_port(8470)
    with together(around) as house:
        house.start("the site", granian(port))
        if ended := house.wait(lambda: answers(port)):
            sys.exit(f"{ended} did not start")
        time.sleep(2)  # Tariffs and wordings are read in a thread of their own.
        yield f"http://{HOST}:{port}", house


def granian(port: int) -> list[str]:
    """The site's command, as in `make run`."""
    return [
        *(str(Path(PYTHON).with_name("granian")), "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port), "--workers", "1", "--blocking-threads", "4"),
        *("--log-level", "warning", "dosojin_web.wsgi:application"),
    ]


def processor_of(house: Together) -> float:
    """Seconds of processor time that the site and its worker have taken so far."""
    ticks = 0
    for process in house.running.values():
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            # In its session: state, parent, group, session, …, user and system time.
            if int(fields[3]) == process.pid:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(
    base: str, questions: Sequence[tuple[str, dict[str, str]]], seconds: float, rate: float, at: int
) -> dict[str, Any]:
    """The report of a generator in a process of its own."""
    file = VAR / "questions.json"
    file.write_text(json.dumps(questions))
    command = [str(HERE / "load.py"), base, str(file), str(seconds), str(rate), str(at)]
    return ask(command, os.environ)


def percentile(ordered: Sequence[float], percent: float) -> float:
    """Milliseconds within which ``percent`` of the answers came."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] * 1000


def list_quotes() -> list[tuple[str, dict[str, str]]]:
    """Two hundred different trips, every second answer compressed."""
    start = date.today() + timedelta(days=60)
    found = []
    for number in range(200):
        first = start + timedelta(days=number % 20)
        last = first + timedelta(days=3 + number * 2 % 180)
        path = f"/api/v1/quotes?product=gakkensai-2026&start={first}&end={last}"
        found.append((path, {"Accept-Encoding": "gzip" if number % 2 else "identity"}))
    return found


def bench_quotes(base: str, house: Together, size: Size) -> None:
    """At 300 a second, then as fast as it goes."""
    quotes = list_quotes()
    load(base, quotes, 1, 0, CONNECTIONS)
    for name, rate in (("quotes, 300 asked for a second", RATE), ("quotes, unthrottled", 0)):
        before = processor_of(house)
        found = load(base, quotes, size.load_seconds, rate, CONNECTIONS)
        used = processor_of(house) - before
        count, taken = len(found["taken"]), found["taken"]
        speed = count / found["clock"]
        # The last answer comes a little after the last question.
        goal = RATE * 0.99 if rate else RATE
        row(name, f"{speed:,.0f}/s", f"{RATE}/s", goal / speed, used)
        p99 = percentile(taken, 99)
        row(
            "  99 of 100 within",
            f"{p99:.1f} ms",
            "25 ms" if rate else "",
            p99 / 25 if rate else None,
        )
        row("  half within; longest", f"{percentile(taken, 50):.1f}; {taken[-1] * 1000:.0f} ms")
        row("  errors", f"{len(found['errors'])} of {count:,}", "0", 2.0 * bool(found["errors"]))
        for error in found["errors"][:3]:
            print(f"    {error}")


def bench_pages(base: str, house: Together, pages: Mapping[str, str], size: Size) -> None:
    """The whole page, one reader at a time."""
    for path, cookie in pages.items():
        questions = [(path, {"Cookie": cookie, "Accept-Encoding": "gzip"})]
        load(base, questions, 1, 5, 1)
        before = processor_of(house)
        found = load(base, questions, size.views / 10, 10, 1)
        used = processor_of(house) - before
        middle = percentile(found["taken"], 50)
        row(f"page {path}, half within", f"{middle:.1f} ms", "100 ms", middle / 100, used)
        if found["errors"]:
            row("  errors", f"{len(found['errors'])}", "0", 2.0)


def bench_enrolments(size: Size, url: str = "") -> None:
    """16 writers enrol prepared students; then the books are checked."""
    _bench_writers(size, url, *AS_A_SITE)
    _bench_writers(size, url, *EACH_ALONE)


def _bench_writers(size: Size, url: str, processes: int, threads: int) -> None:
    where = "PostgreSQL" if url else "SQLite"
    around = environment(VAR / f"enrolments-{where.lower()}-{processes}", url)
    script = str(HERE / "enrolments.py")
    found = ask([script, *map(str, (size.applications, processes, threads))], around)
    speed = found["per_second"]
    has_goal = not url and (processes, threads) == AS_A_SITE
    goal = ("100/s", 100 / speed) if has_goal else ("", None)
    row(
        f"enrolments on {where}, writers: {processes} × {threads}",
        f"{speed:,.0f}/s",
        *goal,
        found["processor"],
    )
    times = f"{found['median'] * 1000:.0f}; {found['longest'] * 1000:,.0f} ms"
    row("  half within; longest", times)
    row("  errors", f"{len(found['errors'])}", "0", 2.0 * bool(found["errors"]))
    wrong = len(found["faults"])
    state = f"{wrong} faults" if wrong else "whole"
    row("  books afterwards", state, "whole", 2.0 * bool(wrong))
    for line in [*found["errors"][:3], *found["faults"]]:
        print(f"    {line}")
    row("audit log verified", f"{found['events'] / found['audit_seconds']:,.0f} events/s")


def bench_roster(size: Size) -> None:
    """What bench/roster.py says of a new roster."""
    command = [PYTHON, str(HERE.parent / "roster.py"), str(size.roster_rows)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=STEP_SECONDS_MAX)
    line = re.search(r"rows, new\s+([\d.]+) s\s+processor\s+([\d.]+) s", done.stdout)
    if done.returncode or line is None:
        sys.exit(f"roster.py failed:\n{done.stdout}{done.stderr}")
    seconds, allowed = float(line[1]), 20 * size.roster_rows / FULL.roster_rows
    row(
        f"roster of {size.roster_rows:,} rows",
        f"{seconds:.1f} s",
        f"{allowed:g} s",
        seconds / allowed,
        float(line[2]),
    )


def bench_documents() -> None:
    """What bench/documents.py says of each document."""
    command = [PYTHON, str(HERE.parent / "documents.py")]
    around = environment(VAR / "documents")
    done = subprocess.run(
        command, env=around, capture_output=True, text=True, timeout=STEP_SECONDS_MAX
    )
    lines = re.findall(r"^(\S+)\s+median\s+([\d.]+) ms", done.stdout, re.MULTILINE)
    if done.returncode or not lines:
        sys.exit(f"documents.py failed:\n{done.stdout}{done.stderr}")
    for name, median in lines:
        goal = ("30 ms", float(median) / 30) if name.startswith("certificate") else ("", None)
        row(f"PDF {name}, median", f"{median} ms", *goal)


def bench_postgres(size: Size) -> None:
    """The enrolments beside a PostgreSQL of their own: this script once more, told to do that."""
    command = [PYTHON, "-m", "tests.postgres", "--", PYTHON, str(HERE / "run.py")]
    short = ["--short"] * (size == SHORT)
    subprocess.run(
        [*command, "--enrolments", *short], cwd=HERE.parents[1], timeout=STEP_SECONDS_MAX
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-web")
    parser.add_argument("--short", action="store_true", help="a fifth of the time")
    parser.add_argument("--postgres", action="store_true", help="enrolments on PostgreSQL as well")
    parser.add_argument("--enrolments", action="store_true", help="nothing but the enrolments")
    given = parser.parse_args()
    size = SHORT if given.short else FULL
    if given.enrolments:
        bench_enrolments(size, os.environ.get("DATABASE_URL", ""))
        return
    begun, before = time.perf_counter(), os.getloadavg()[0]
    print(f"{os.cpu_count()} cores; load before: {before:.1f}")
    row("measure", "figure", "goal")
    around = environment(VAR / "site")
    pages = ask([str(HERE / "desk.py")], around)
    with site(around) as (base, house):
        bench_quotes(base, house, size)
        bench_pages(base, house, pages, size)
    bench_enrolments(size)
    bench_roster(size)
    bench_documents()
    if given.postgres:
        bench_postgres(size)
    print(f"{time.perf_counter() - begun:.0f} s in all; load after: {os.getloadavg()[0]:.1f}")
    if before > 1:
        print("The machine was shared when this began: the figures are too low.")


if __name__ == "__main__":
    main()
