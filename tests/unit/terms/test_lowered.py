"""The lowered form is data: kept as JSON and read again, it decides the same to the byte."""

from __future__ import annotations

import json
from dataclasses import replace
from unittest.mock import patch

from dosojin.adjudication import read_claim
from dosojin.adjudication.decide import decide
from dosojin.terms.lowered import Lowered, lowered_from_json
from tests.unit.adjudication.small_edition import (
    EDITIONS,
    SMALL,
    Cost,
    bill,
    claim_file,
    decided,
    estimate,
    in_force,
    lowered_of,
)

CLAIM = {
    "facts": {"accident_on": "2026-06-02", "died": "unknown", "deductions": ["refund"]},
    "expenses": [
        bill(Cost.CARE, 90, on="2026-06-03", refunded=20),
        estimate(Cost.ROOM, 100, nights=20, person="mother"),
    ],
}


def kept(lowered: Lowered) -> Lowered:
    return lowered_from_json(json.loads(json.dumps(lowered.to_json())))


def test_kept_as_json_and_read_again_it_is_the_same() -> None:
    lowered = lowered_of(SMALL)
    assert kept(lowered) == lowered
    assert kept(lowered).digest == lowered.digest


def test_it_decides_the_same_bytes() -> None:
    again = kept(lowered_of(SMALL))
    with (
        in_force(),
        patch.object(read_claim, "load_lowered", lambda product: again),
        patch.object(read_claim, "load_edition", EDITIONS.__getitem__),
    ):
        claim = read_claim.read_claim(claim_file(SMALL, **CLAIM))
        assert claim.evaluator.lowered is again
        second = decide(claim)
    first = decided(SMALL, **CLAIM)
    assert first.to_json() == second.to_json()
    assert first.questions


def test_its_fingerprint_covers_figures_revision_and_semantics() -> None:
    lowered = lowered_of(SMALL)
    steps = list(lowered.numbers)
    place = steps.index(("constant", 180))
    steps[place] = ("constant", 181)
    changed = [
        replace(lowered, numbers=tuple(steps)),
        replace(lowered, revision=2),
        replace(lowered, semantics=lowered.semantics + 1),
        replace(lowered, checks=lowered.checks[1:]),
    ]
    assert len({lowered.digest, *(one.digest for one in changed)}) == 5
