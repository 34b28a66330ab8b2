"""What the desk shows: the question, those that follow, the answers, the panel."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.desk import desk_context, list_answers
from dosojin_web.workbench.mapping import find_slot, judge
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.questions import (
    Entry,
    answer_order,
    describe_questions,
    describe_slot,
    fill_entry,
)


def question_context(
    draft: ClaimDraft,
    key: str,
    faults: Sequence[Fault],
    typed: MultiValueDict[str, str] | None,
) -> dict[str, Any]:
    """The page for question ``key``; without one, for the question that matters most."""
    judgement = judge(draft.claim)
    questions = describe_questions(judgement, draft.claim)
    slot = find_slot(draft.claim, key) if key else None
    asked = describe_slot(judgement, draft.claim, slot) if slot else None
    if asked is None and questions:
        asked = questions[0]
        slot = find_slot(draft.claim, asked.key)
    entry = None
    current = None
    if asked is not None and slot is not None:
        current = slot.read(draft.claim)
        entry = fill_entry(asked, draft.claim, current)
        if typed is not None:
            entry = _as_typed(entry, typed)
    before = answer_order(draft.trail, asked.key if asked else "")
    return desk_context(draft, judgement, "claim") | {
        "asked": asked,
        "entry": entry,
        "is_answered": current is not None,
        "questions": [question for question in questions if asked and question.key != asked.key],
        "count": len(questions),
        "answers": list_answers(draft),
        "faults": faults,
        "error": {fault.field: fault.message for fault in faults},
        "back": _address_before(draft, before),
    }


def _address_before(draft: ClaimDraft, before: str) -> str:
    if before and find_slot(draft.claim, before) is not None:
        return f"{reverse('workbench:claim', args=[draft.key])}?ask={before}"
    return reverse("workbench:receipts", args=[draft.key])


def _as_typed(entry: Entry, typed: MultiValueDict[str, str]) -> Entry:
    """The fields as they were sent, right or wrong."""
    return replace(
        entry,
        value=typed.get("answer", ""),
        values=tuple(typed.getlist("answer")),
        time=typed.get("time", ""),
        offset=typed.get("offset", ""),
        first=typed.get("first", ""),
        last=typed.get("last", ""),
        needs_time=entry.needs_time or bool(typed.get("time")),
    )
