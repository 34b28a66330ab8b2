"""`make bench-batch`: this project beside its peers on the same receipts, in one run.

Every contestant is a process of its own, in an environment of its own (made here). All answers are
compared, occurrence by occurrence, before anything is timed; then round 1 of everybody, round 2 of
everybody … Medians are reported.

    run.py [--quick] [--rounds N] [--only PEER …] [--json FILE] [--no-files]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from bench.batch import goals
from bench.batch.files import measure_files
from bench.batch.processes import WORKSHOP, Peer, Running
from bench.batch.workload import cached_arrays, columns_of, load_arrays, planes_of

RECEIPTS, RECEIPTS_QUICK = 10_000_000, 1_000_000
SEED = 7
QUIET = 0.5
"""A load average above this means that the machine is shared."""
PROJECT = "Dosojin"
PROJECT_WIDE = "Dosojin, 64-bit planes"
BEST = "numba, 2 threads"
PEERS = (
    Peer("plain Python", "plain_python", "numpy", rounds_most=3),
    Peer(PROJECT, "dosojin_narrow"),
    Peer(PROJECT_WIDE, "dosojin_kernels"),
    Peer("memory bandwidth", "memory_bandwidth", "bandwidth"),
    Peer("NumPy by hand", "numpy_reduceat", "numpy"),
    Peer("Polars", "polars_frames", "polars"),
    Peer("DuckDB", "duckdb_sql", "duckdb"),
    Peer("openfisca-core", "openfisca_formulas", "openfisca"),
    Peer("zen-engine", "zen_decisions", "zen", rounds_most=3),
)
Rates = dict[tuple[str, str], float]
"""Receipts a second, by contestant and form."""


def main() -> None:
    options = read_options()
    receipts = RECEIPTS_QUICK if options.quick else RECEIPTS
    rounds = options.rounds or (3 if options.quick else 7)
    arrays = cached_arrays(receipts, SEED, WORKSHOP)
    write_plane_bytes(arrays)
    machine = describe_machine()
    print("\n".join(f"{name}: {value}" for name, value in machine.items()), flush=True)
    if os.getloadavg()[0] > QUIET:
        print("Other work is running here: the figures will be worse than they are, and drift.")
    runners = [Running(peer, arrays) for peer in PEERS if wanted(peer, options.only)]
    try:
        expected = check_answers(runners)
        rates = measure(runners, rounds)
        peaks = {runner.peer.name: runner.peak() for runner in runners}
    finally:
        for runner in runners:
            runner.stop()
    versions = {runner.peer.name: runner.versions for runner in runners}
    print_rates(rates, versions, receipts, rounds)
    found = ratios(rates)
    if not options.no_files:
        found += measure_files(receipts, SEED, rounds, expected)
    print_goals(found)
    if options.json:
        write_report(Path(options.json), machine, versions, rates, peaks, found)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="1 M receipts, to see that it runs")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[], help="modules of bench/batch/peers")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--no-files", action="store_true", help="only what is in memory")
    return parser.parse_args()


def wanted(peer: Peer, only: list[str]) -> bool:
    return not only or peer.module in only or peer.name in only


def write_plane_bytes(folder: Path) -> None:
    """How many bytes this project's planes hold, for the baseline."""
    path = folder / "planes.npy"
    arrays = load_arrays(folder)
    sizes = [
        sum(plane.nbytes for plane in planes_of(columns_of(arrays, narrow=narrow)))
        for narrow in (False, True)
    ]
    np.save(path, np.array(sizes, np.int64))


def describe_machine() -> dict[str, str]:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), "?")
    memory = Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]
    load = " ".join(f"{each:.2f}" for each in os.getloadavg())
    return {
        "processor": f"{model}, {os.cpu_count()} cores",
        "memory": f"{int(memory) // 2**20} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "load before": load,
    }


def check_answers(runners: list[Running]) -> Any:
    """Every form of everybody gives the same lo and hi, which it returns, or nothing is timed."""
    first: Any = None
    for runner in runners:
        for form, about in runner.forms.items():
            if not about["answers"]:
                continue
            found = runner.answer(form)
            if first is None:
                first, first_name = found, f"{runner.peer.name} ({form})"
                continue
            both = min(first.shape[1], found.shape[1])
            different = np.flatnonzero((first[:, :both] != found[:, :both]).any(axis=0))
            if len(different):
                row = int(different[0])
                raise SystemExit(
                    f"{runner.peer.name} ({form}) and {first_name} differ in {len(different)} of "
                    f"{both} occurrences; occurrence {row}: {found[:, row]} and {first[:, row]}"
                )
            print(f"equal in {both:,} occurrences: {runner.peer.name}, {form}", flush=True)
            if found.shape[1] > first.shape[1]:
                first, first_name = found, f"{runner.peer.name} ({form})"
    return first


def measure(runners: list[Running], rounds: int) -> Rates:
    """Medians over interleaved rounds."""
    seconds: dict[tuple[str, str], list[float]] = {}
    receipts: dict[tuple[str, str], int] = {}
    for number in range(rounds):
        for runner in runners:
            if number >= runner.peer.rounds_most:
                continue
            for form, about in runner.forms.items():
                for name, spent in runner.run(form).items():
                    seconds.setdefault((runner.peer.name, name), []).append(spent)
                    receipts[runner.peer.name, name] = about["receipts"]
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return {key: receipts[key] / statistics.median(spent) for key, spent in seconds.items()}


def best(rates: Rates, contestant: str, form: str | None = None) -> float | None:
    """Receipts a second of a contestant's fastest form, or of one form."""
    found = [
        rate for (name, own), rate in rates.items() if name == contestant and form in (None, own)
    ]
    return max(found) if found else None


def ratios(rates: Rates) -> list[tuple[goals.Goal, float]]:
    """This project, compiled and on two threads, beside each peer's best."""
    project = best(rates, PROJECT, BEST)
    pairs = (
        (goals.BANDWIDTH, best(rates, "memory bandwidth", "2 threads, narrow planes")),
        (goals.BANDWIDTH_COMPACT, best(rates, "memory bandwidth", "2 threads")),
        (goals.POLARS, best(rates, "Polars")),
        (goals.DUCKDB, best(rates, "DuckDB")),
        (goals.OPENFISCA, best(rates, "openfisca-core", "simulation")),
        (goals.ZEN, best(rates, "zen-engine")),
    )
    return [(goal, project / rate) for goal, rate in pairs if project and rate]


def print_rates(rates: Rates, versions: dict[str, str], receipts: int, rounds: int) -> None:
    project = best(rates, PROJECT, BEST)
    bandwidth = best(rates, "memory bandwidth", "2 threads")
    print(f"\n{receipts:,} receipts, lo and hi of every occurrence, medians of {rounds} rounds")
    print(f"{'':<58} {'M receipts/s':>12} {'Dosojin ÷ it':>13} {'of bandwidth':>13}")
    for (name, form), rate in rates.items():
        ratio = f"{goals.shown(project / rate)}" if project else ""
        share = f"{rate / bandwidth:.4f}" if bandwidth else ""
        label = f"{name}: {form}"
        print(f"{label:<58} {rate / 1e6:>12.2f} {ratio:>13} {share:>13}")
    for name, version in versions.items():
        print(f"  {name}: {version}")


def print_goals(found: list[tuple[goals.Goal, float]]) -> None:
    print()
    for goal, value in found:
        print(goal.line(value))


def write_report(
    path: Path,
    machine: dict[str, str],
    versions: dict[str, str],
    rates: Rates,
    peaks: dict[str, int],
    found: list[tuple[goals.Goal, float]],
) -> None:
    a_second = {f"{name}: {form}": round(rate) for (name, form), rate in rates.items()}
    report = {
        "machine": machine,
        "versions": versions,
        "receipts_a_second": a_second,
        "peak_bytes": peaks,
        "goals": [
            {"goal": goal.name, "wanted": goal.wanted, "found": value, "met": goal.is_met(value)}
            for goal, value in found
        ],
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
