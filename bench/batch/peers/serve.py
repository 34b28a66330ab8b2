"""A contestant as a process of its own: one command a line on stdin, one JSON answer a line.

A contestant module gives `contestant(folder)`: it loads what it needs from the .npy files there and
returns its forms, each a function that decides every occurrence once, with `answer`, which turns
what a form returned into (lo, hi) arrays in the order of the occurrences. Only the form is timed.

Commands: `forms` · `run FORM` → {"seconds": {name: …}} · `answer FORM FILE` decides once and writes
what it found · `peak` → the most memory it has held, in bytes · `quit`.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

Answer = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to decide everything.

    work: returns what `answer` understands. receipts: how many it decides. answer: None for a
    baseline, which decides nothing. parts: seconds of named stretches of the last run, where it
    measures some itself.
    """

    work: Callable[[], Any]
    receipts: int
    answer: Callable[[Any], Answer] | None = None
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contestant:
    versions: str
    forms: Mapping[str, Form]


def load(folder: Path) -> dict[str, Any]:
    return {path.stem: np.load(path) for path in sorted(folder.glob("*.npy"))}


def peak_bytes() -> int:
    """The most memory that this process has held."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def run(form: Form, name: str) -> dict[str, float]:
    """Seconds of one call, after another that is not counted.

    While the others had their turn, what this contestant holds went cold, caches and pages alike.
    """
    form.work()
    gc.collect()
    start = time.perf_counter()
    held = form.work()
    seconds = time.perf_counter() - start
    del held
    return {name: seconds, **{f"{name}, {part}": time for part, time in form.parts.items()}}


def carry_out(contestant: Contestant, line: str) -> dict[str, Any]:
    command, *rest = line.split("\t")
    if command == "forms":
        forms = {
            name: {"receipts": form.receipts, "answers": form.answer is not None}
            for name, form in contestant.forms.items()
        }
        return {"forms": forms, "versions": contestant.versions}
    if command == "run":
        return {"seconds": run(contestant.forms[rest[0]], rest[0])}
    if command == "answer":
        form = contestant.forms[rest[0]]
        assert form.answer is not None
        lo, hi = form.answer(form.work())
        np.save(rest[1], np.stack([np.asarray(lo, np.int64), np.asarray(hi, np.int64)]))
        return {}
    if command == "peak":
        return {"bytes": peak_bytes()}
    raise SystemExit(0)


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    module = importlib.import_module(f"bench.batch.peers.{sys.argv[1]}")
    contestant = module.contestant(Path(sys.argv[2]))
    for line in sys.stdin:
        answers.write(json.dumps(carry_out(contestant, line.rstrip("\n"))) + "\n")
        answers.flush()


if __name__ == "__main__":
    # The classes of this file are those that contestants import, not a second pair.
    from bench.batch.peers.serve import main as served

    served()
