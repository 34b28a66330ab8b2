"""Claims on the tiny edition as columns, and what columns say of them in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dosojin.adjudication.case import Case
from dosojin.adjudication.evaluation import Evaluator, evaluator
from dosojin.batch.columns import UNLIMITED_FROM, Columns, Decided
from dosojin.batch.decide_columns import decide_columns
from dosojin.batch.through_scalar import columns_of
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import Node
from tests.unit.adjudication.small_edition import edition_paying, lowered_of, read

Claim = Mapping[str, Any]
NO_BOUND = None


def evaluator_of(edition: Edition) -> Evaluator:
    return evaluator(lowered_of(edition))


def cases_of(edition: Edition, *claims: Claim) -> list[Case]:
    """Each claim opens the cover by a delay, unless it says otherwise."""
    found = []
    for claim in claims:
        facts = {"delayed": True, "deductions": "none", **claim.get("facts", {})}
        found.append(read(edition, **{**claim, "facts": facts}).case)
    return found


def columns(edition: Edition, *claims: Claim, certificates: Sequence[int] | None = None) -> Columns:
    """Claims as columns, each a certificate of its own unless told otherwise."""
    lowered = lowered_of(edition)
    made = columns_of(lowered, evaluator_of(edition).program, cases_of(edition, *claims))
    if certificates is None:
        return made
    return replace(made, certificate=np.array(certificates, np.int64))


def decided(
    edition: Edition, *claims: Claim, certificates: Sequence[int] | None = None, **more: Any
) -> Decided:
    found = columns(edition, *claims, certificates=certificates)
    return decide_columns(found, **{"back_end": "numpy", **more})


def amounts(decided: Decided) -> list[tuple[int | None, int | None]]:
    """Yen at worst and at best, entry by entry; None has no bound."""
    ends = (decided.lo.tolist(), decided.hi.tolist())
    return [(bounded(lo), bounded(hi)) for lo, hi in zip(*ends, strict=True)]


def bounded(amount: int) -> int | None:
    return NO_BOUND if amount >= UNLIMITED_FROM else amount


def plain(money: Node, *claims: Claim, **more: Any) -> list[tuple[int | None, int | None]]:
    """What a tree brings claim by claim, all of it worked out by the kernel."""
    found = decided(edition_paying(money), *claims, **more)
    assert not found.through_scalar.any(), "no claim was left to the single evaluator"
    return amounts(found)


def bills(*expenses: Claim, **facts: Any) -> dict[str, Any]:
    """A claim of these receipts."""
    return {"expenses": list(expenses), "facts": facts}
