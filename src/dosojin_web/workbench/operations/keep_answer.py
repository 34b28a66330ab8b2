"""Keeps what was said of a claim: an answer, what happened, receipts."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from dosojin_web.workbench.mapping import Raw, Slot, check
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.situations import opening_facts


def keep_answer(draft: ClaimDraft, slot: Slot, value: Any) -> None:
    """Put an answer into the claim (None takes it back). Problem if the engine refuses it."""
    changed = deepcopy(draft.claim)
    slot.write(changed, value)
    check(changed)
    draft.claim = changed
    draft.trail = [key for key in draft.trail if key != slot.key]
    if value is not None:
        draft.trail.append(slot.key)
    draft.save()


def keep_happened(draft: ClaimDraft, chosen: Sequence[str]) -> None:
    """State what the chosen situations say; what a person answered since stays as it is.

    Problem if that cannot go together with the other answers.
    """
    before, after = opening_facts(draft.happened), opening_facts(chosen)
    changed = deepcopy(draft.claim)
    facts = changed.setdefault("facts", {})
    for name in {**before, **after}:
        if before.get(name) == after.get(name) and name in facts:
            continue
        if name in after:
            facts[name] = after[name]
        elif facts.get(name) == before.get(name):
            facts.pop(name, None)
    check(changed)
    draft.claim = changed
    draft.happened = list(chosen)
    draft.save()


def keep_receipts(draft: ClaimDraft, changed: Raw) -> None:
    """The claim with other receipts, which the engine has read."""
    lines = len(changed.get("expenses", ()))
    draft.claim = changed
    draft.trail = [
        key for key in draft.trail if not key.startswith("expenses[") or _line(key) < lines
    ]
    draft.save()


def _line(key: str) -> int:
    return int(key.split("[")[1].split("]")[0])
