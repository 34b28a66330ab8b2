"""What a document costs: `.venv/bin/python bench/documents.py`. Each sheet is set once only, as in
life: typst remembers what it has set, so that the same sheet again would cost next to nothing.
"""

from __future__ import annotations

import resource
import statistics
import time
from dataclasses import replace

from dosojin_web.documents.kinds import CertificateSheet, EnglishCertificate, Sheet
from dosojin_web.documents.operations.render_document import render
from dosojin_web.documents.specimens import specimens

ROUNDS = 100
WARM_UP = 10
GOAL_MS = 30
FAMILIES = "佐藤鈴木高橋田中伊藤渡辺山本中村小林加藤"
GIVEN = "春夏秋冬花鳥風月海空"


def make_another(sheet: Sheet, number: int) -> Sheet:
    """The sheet of another person with another certificate."""
    other = replace(sheet, certificate_number=f"K26-{number:06d}")
    if isinstance(other, CertificateSheet | EnglishCertificate):
        family = FAMILIES[number % 20] + FAMILIES[number // 20 % 20]
        insured = replace(
            other.insured,
            name=f"{family} {GIVEN[number % 10]}",
            name_roman=f"PERSON Number {number}",
            student_number=f"S{number:07d}",
        )
        other = replace(
            other, insured=insured, check_url=f"https://certificates.example/check/{number:012d}"
        )
    return other


def measure(sheet: Sheet, first: int) -> list[float]:
    """Milliseconds of each round, the warm-up left out, in order of size."""
    taken: list[float] = []
    for number in range(first, first + WARM_UP + ROUNDS):
        other = make_another(sheet, number)
        start = time.perf_counter()
        render(other)
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken[WARM_UP:])


def main() -> None:
    for place, (name, sheet) in enumerate(specimens().items()):
        taken = measure(sheet, place * 1000)
        median = statistics.median(taken)
        met = "met" if median <= GOAL_MS else "missed"
        print(
            f"{name:22} median {median:5.1f} ms   95 of 100 within {taken[94]:5.1f} ms   "
            f"goal {GOAL_MS} ms {met}",
            flush=True,
        )
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
