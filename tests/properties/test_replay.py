"""Law 6: the same input gives the same bytes, in this process and in any other."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from dosojin.terms.editions import Edition
from dosojin.values.canonical import canonical_bytes
from dosojin.values.problems import Problem
from tests.properties.sketches import Case
from tests.properties.test_laws import cases
from tests.properties.workbench import decided, in_force

ROOT = Path(__file__).parents[2]
FRESH_SHARE = 5
"""One in so many examples is decided by another process too."""


def bytes_of(edition: Edition, raw: Mapping[str, Any]) -> bytes:
    """The decision as it is written down, or the refusal."""
    with in_force(edition, with_digests=True):
        try:
            return canonical_bytes(decided(raw, questions=True).to_json())
        except Problem as problem:
            return str(problem).encode()


def reordered(value: Any, chance: random.Random) -> Any:
    """The same claim, the entries of every mapping in another order."""
    if isinstance(value, Mapping):
        keys = list(value)
        chance.shuffle(keys)
        return {key: reordered(value[key], chance) for key in keys}
    return [reordered(one, chance) for one in value] if isinstance(value, list) else value


@given(cases())
def test_the_same_claim_gives_the_same_bytes(case: Case) -> None:
    raw = case.filing.raw()
    first = bytes_of(case.edition, raw)
    again = bytes_of(case.edition, reordered(raw, random.Random(1)))
    assert first == again or first.startswith(b"facts")


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    found: list[tuple[Edition, dict[str, Any]]] = []

    @settings(max_examples=max(settings().max_examples // FRESH_SHARE, 20))
    @given(cases())
    def collect(case: Case) -> None:
        found.append((case.edition, case.filing.raw()))

    collect()
    stored = tmp_path / "cases.pickle"
    stored.write_bytes(pickle.dumps(found))
    here = [bytes_of(edition, raw).decode() for edition, raw in found]
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "tests.properties.test_replay", str(stored)],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        )  # fmt: skip
        there = done.stdout.decode().split("\n")[:-1]
        assert len(there) == len(here)
        for (edition, raw), one, other in zip(found, here, there, strict=True):
            assert one == other, (edition.benefits, raw)


if __name__ == "__main__":
    for one, claim in pickle.loads(Path(sys.argv[1]).read_bytes()):
        sys.stdout.buffer.write(bytes_of(one, claim) + b"\n")
