"""Opens a claim from the bytes of a claim file, or of a worked case."""

from typing import Any

from django.utils.translation import gettext

from dosojin_web.workbench.mapping import check, is_edition, parse, plain
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.situations import SITUATIONS

NAME = "claim"
CASE_KEYS = ("title", "expect", "work", "then")


class NotOneClaim(Exception):
    """The file holds no claim, or more than one; the message says what to do."""


def read_claim_file(content: bytes) -> ClaimDraft:
    """A new claim like the one in the file. Problem or NotOneClaim if there is none to open."""
    if not content.strip():
        raise NotOneClaim(gettext("Choose a file, or paste the text of one."))
    claim = _one_claim(parse(content, NAME))
    check(claim)
    return ClaimDraft.objects.create(claim=plain(claim), happened=_happened(claim))


def _one_claim(data: Any) -> Any:
    """The claim itself; of a worked case its first claim, without what is expected."""
    if isinstance(data, list):
        cases = [entry for entry in data if isinstance(entry, dict) and "defaults" not in entry]
        if len(cases) != 1:
            said = gettext("There are %(count)s worked cases in it. Open one at a time.")
            raise NotOneClaim(said % {"count": len(cases)})
        data = cases[0]
    if isinstance(data, dict) and "expect" in data:
        data = {key: value for key, value in data.items() if key not in CASE_KEYS}
        if isinstance(data.get("product"), list):
            data["product"] = next(filter(is_edition, map(str, data["product"])), "")
    return data


def _happened(claim: dict[str, Any]) -> list[str]:
    """The situations that the claim speaks of, by its facts and its costs."""
    facts = claim.get("facts") or {}
    costs = {
        entry.get("category") for entry in claim.get("expenses") or () if isinstance(entry, dict)
    }
    return [
        situation.id
        for situation in SITUATIONS
        if any(facts.get(name) == value for name, value in situation.states.items())
        or (not situation.states and costs & {*situation.ready})
    ]
