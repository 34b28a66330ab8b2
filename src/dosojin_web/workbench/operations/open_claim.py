"""Opens a new claim, or puts one that is there on another contract."""

from copy import deepcopy
from typing import Any

from dosojin_web.workbench.mapping import Raw, check
from dosojin_web.workbench.models import ClaimDraft

FORM_KEYS = ("inception", "expiry", "premium_paid_on", "riders", "sums")
"""What the first page asks of the policy; the rest is asked when it matters, and kept."""


def with_contract(claim: Raw, entries: dict[str, Any]) -> Raw:
    """The claim on the contract that ``entries`` describe. Problem if the engine refuses it."""
    changed = deepcopy(claim)
    kept = {k: v for k, v in changed.get("policy", {}).items() if k not in FORM_KEYS}
    changed.pop("place_offset", None)
    head = {**entries, "policy": entries["policy"] | kept}
    body = {key: value for key, value in changed.items() if key not in head}
    result = {**head, "facts": {}, "expenses": [], **body}
    check(result)
    return result


def open_claim(entries: dict[str, Any]) -> ClaimDraft:
    """A claim that says nothing yet but which contract it is made on."""
    return ClaimDraft.objects.create(claim=with_contract({}, entries))


def move_claim(draft: ClaimDraft, entries: dict[str, Any]) -> ClaimDraft:
    """The claim on another contract; all other answers stay."""
    draft.claim = with_contract(draft.claim, entries)
    draft.save()
    return draft
