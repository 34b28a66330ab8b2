"""`make bench`: each speed beside its goal, in one run; medians of repeated rounds.

Figures drift from machine to machine; the goals are those of the issue that set them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from claims import BOSTON, EVERYTHING, without
from mixed import mixed_case

from dosojin.adjudication.bounds import Splitter
from dosojin.adjudication.decide import Adjudication, decide
from dosojin.adjudication.rank_questions import rank_questions
from dosojin.adjudication.read_claim import read_claim

ROUNDS = 9


def median(work: Callable[[], object], repeat: int) -> int:
    """Nanoseconds for one call, the median of several rounds of `repeat` calls."""
    work()
    rounds: list[int] = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        for _ in range(repeat):
            work()
        rounds.append((time.perf_counter_ns() - start) // repeat)
    return int(statistics.median(rounds))


def shown(nanoseconds: int) -> str:
    for unit, size in (("s", 10**9), ("ms", 10**6), ("µs", 10**3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds} ns"


def report(name: str, measured: int, goal: int | None = None) -> None:
    if goal is None:
        print(f"{name:<66} {shown(measured):>9}   no goal set", flush=True)
        return
    met = "met" if measured <= goal else f"missed, {measured / goal:.1f} times the goal"
    print(f"{name:<66} {shown(measured):>9}   goal {shown(goal):>8}   {met}", flush=True)


def bench_tree() -> None:
    """Truths of every clause and the flow through every node of the medical & rescue benefit."""
    claim = read_claim(BOSTON)
    evaluator, case = claim.evaluator, claim.case
    units = [unit for unit in evaluator.units if unit.benefit.id == "medical_rescue"]
    open_parts = evaluator.open_parts(case)
    measured = median(lambda: evaluator.run(case, units, open_parts), 2000)
    report("medical & rescue tree, full trace, 4 receipts", measured, 20_000)


def bench_decision() -> None:
    claim = read_claim(BOSTON)
    measured = median(lambda: decide(claim), 100)
    report("whole decision, every fact known", measured, 1_000_000)
    measured = median(lambda: decide(claim).digest, 100)
    report("  … and its digest", measured)
    everything = read_claim(EVERYTHING)
    measured = median(lambda: decide(everything, with_questions=False), 50)
    count = len(decide(everything, with_questions=False).benefits)
    report(f"  … of {count} claimed benefits, some facts open, no questions", measured)
    measured = median(lambda: decide(read_claim(BOSTON)), 50)
    report("  … reading the claim first", measured)


def bench_open() -> None:
    """Split bounds and ranked questions."""
    early = read_claim(
        without(BOSTON, "cause", "circumstances", "deductions", "discharged_on", "borne_by_family")
    )
    measured = median(lambda: decide(early), 10)
    report("a desk's first call: five facts not asked yet", measured)
    for mixed, goal in ((6, 20_000_000), (12, 100_000_000)):
        evaluator, case = mixed_case(mixed, others=12 - mixed)
        splitter = Splitter(evaluator, case, *_units(evaluator, case))
        assert splitter.is_split and splitter.count == 2**mixed, splitter.count

        def work(evaluator=evaluator, case=case):  # type: ignore[no-untyped-def]
            done = Adjudication(evaluator, case)
            assert done.splitter is not None and done.explored is not None
            return rank_questions(done.splitter, done.explored)

        assert len(work()) == 12
        name = f"split bounds and questions, 12 unknown facts, {mixed} mixed"
        report(name, median(work, 1), goal)


def _units(evaluator, case):  # type: ignore[no-untyped-def]
    open_parts = evaluator.open_parts(case)
    units = evaluator.claimed(open_parts)
    return units, evaluator.run(case, units, open_parts)


def bench_quote() -> None:
    command = [
        str(Path(sys.executable).with_name("dosojin")), "quote", "gakkensai-2026", "--plan", "C",
        "--start", "2026-06-01", "--end", "2026-06-08", "--json",
    ]  # fmt: skip

    def work() -> None:
        subprocess.run(command, check=True, capture_output=True)

    report("dosojin quote, start to finish", median(work, 1), 250_000_000)


if __name__ == "__main__":
    bench_tree()
    bench_decision()
    bench_open()
    bench_quote()
