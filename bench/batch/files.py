"""Whole runs from files to files: beside decoding alone, on Spark, and the memory they hold."""

from __future__ import annotations

import shutil
import statistics
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.batch import goals
from bench.batch.processes import WORKSHOP, Peer, Running
from bench.batch.shadow_tree import make_tree
from bench.batch.workload import cached_large_portfolio, cached_portfolio

PARTS = 10
RUNS = Peer("Dosojin, files", "parquet_runs")
ON_SPARK = Peer("Dosojin, Spark", "spark_runs")
DECODING = "decoding the input"
LOCAL = "Parquet to Parquet, 2 jobs"
IN_TURN = "Parquet to Parquet, 1 job"
SPARK = "Parquet to Parquet, Spark local[2]"
GIB = 2**30
Found = list[tuple[goals.Goal, float]]


def measure_files(receipts: int, seed: int, rounds: int, expected: Any) -> Found:
    """Ratios of whole runs over the claims that the contestants in memory had.

    expected: (lo, hi) by occurrence as everybody in memory found them, None if nobody was asked.
    """
    tree = make_tree()
    folder = cached_portfolio(receipts, seed, PARTS, WORKSHOP)
    seconds = _seconds(folder, tree, rounds, expected)
    print(f"\n{receipts:,} receipts in {PARTS} partitions, medians of {rounds} rounds")
    for name, spent in seconds.items():
        median = statistics.median(spent)
        print(f"{name:<58} {median:>8.3f} s {receipts / median / 1e6:>9.2f} M receipts/s")
    median_of = {name: statistics.median(spent) for name, spent in seconds.items()}
    local = min(median_of[LOCAL], median_of[IN_TURN])
    found: Found = [(goals.DECODING, local / median_of[DECODING])]
    if SPARK in median_of:
        found.append((goals.SPARK, local / median_of[SPARK]))
    return [*found, *_memory(receipts, seed, tree)]


def _seconds(
    folder: Path, tree: dict[str, str], rounds: int, expected: Any
) -> dict[str, list[float]]:
    peers = [RUNS]
    if shutil.which("java"):
        peers.append(ON_SPARK)
    else:
        print("Spark is left out: Java is missing (on Debian: openjdk-17-jre-headless)")
    runners = [Running(peer, folder, **tree) for peer in peers]
    seconds: dict[str, list[float]] = {}
    try:
        for runner in runners:
            _check(runner, expected)
        for number in range(rounds):
            for runner in runners:
                for form in runner.forms:
                    for name, spent in runner.run(form).items():
                        seconds.setdefault(name, []).append(spent)
            print(f"files: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    finally:
        for runner in runners:
            runner.stop()
    return seconds


def _check(runner: Running, expected: Any) -> None:
    """The decisions in the files are those found in memory; it also warms everything up."""
    for form, about in runner.forms.items():
        if not about["answers"]:
            runner.run(form)
            continue
        found = runner.answer(form)
        if expected is None:
            continue
        both = min(found.shape[1], expected.shape[1])
        if not np.array_equal(found[:, :both], expected[:, :both]):
            raise SystemExit(f"{runner.peer.name} ({form}) wrote other decisions than in memory")
        print(f"equal in {both:,} occurrences: {runner.peer.name}, {form}", flush=True)


def _memory(receipts: int, seed: int, tree: dict[str, str]) -> Found:
    """One run over ten times as many receipts in a fresh process, and the most it held."""
    folder = cached_large_portfolio(receipts, seed, 10, WORKSHOP)
    runner = Running(RUNS, folder, **tree)
    try:
        spent = runner.run(LOCAL)[LOCAL]
        peak = runner.peak() / GIB
    finally:
        runner.stop()
    total = 10 * receipts
    print(
        f"{total:,} receipts in 10 partitions, kernels compiled before: {spent:.1f} s, "
        f"{total / spent / 1e6:.2f} M receipts/s, most memory held {peak:.2f} GiB"
    )
    return [(replace(goals.MEMORY, name=f"{total // 10**6} M receipts, most memory held"), peak)]
