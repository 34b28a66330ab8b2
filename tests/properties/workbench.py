"""The engine on random wordings: reads and decides a filing under an edition made a moment ago.

The engine finds editions by id; while one of these is under test it is found under "example-1".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from dosojin.adjudication import decide as deciding
from dosojin.adjudication import evaluation, read_claim
from dosojin.adjudication.decide import Adjudication, decide
from dosojin.adjudication.decision import Decision
from dosojin.adjudication.read_claim import Claim
from dosojin.terms.editions import Edition
from dosojin.terms.lower_edition import lower
from dosojin.values.money import Span, bounded


@contextmanager
def in_force(edition: Edition, *, with_digests: bool = False) -> Iterator[None]:
    """Within, the product "example-1" is this edition; nothing of it is kept afterwards.

    The fingerprint of an edition that lives for one decision costs more than the decision.
    """
    lowered = lower(edition)
    if not with_digests:
        deciding._DIGESTS[id(lowered)] = (lowered, "sha256:none")
        deciding._WORDINGS[id(edition)] = (edition, "sha256:none")
    try:
        with (
            patch.object(read_claim, "load_edition", lambda product: edition),
            patch.object(read_claim, "load_lowered", lambda product: lowered),
        ):
            yield
    finally:
        evaluation._EVALUATORS.clear()
        deciding._DIGESTS.clear()
        deciding._WORDINGS.clear()


def read(raw: Mapping[str, Any]) -> Claim:
    return read_claim.read_claim(raw)


def decided(raw: Mapping[str, Any], *, questions: bool = False) -> Decision:
    return decide(read(raw), with_questions=questions)


def plain_span(claim: Claim) -> Span:
    """The bounds of one two-plane pass."""
    work = Adjudication(claim.evaluator, claim.case)
    roots = [unit.benefit.root for unit in work.units]
    return Span(sum(work.run.lo[i] for i in roots), bounded(sum(work.run.hi[i] for i in roots)))


def is_within(inner: Span, outer: Span) -> bool:
    """Whether one span lies in another; no bound is above every bound."""
    if inner.lo < outer.lo:
        return False
    return outer.hi is None or (inner.hi is not None and inner.hi <= outer.hi)
