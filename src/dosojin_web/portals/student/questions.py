"""The five questions before a contract, a page each, and what was answered so far.

In:  forms of one page each; the disclosure of an application.
Out: what is wrong with a page; the whole as a ``Disclosure``; answers in words.
Never: an answer that was not given: what is missing is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import NONE_OF_THESE, UNKNOWN, Choice, Fault
from dosojin_web.policies.disclosure import (
    Cover,
    Disclosure,
    Hazard,
    SchoolDemand,
    find_faults,
)

YES, NO = "yes", "no"
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One page: ``field`` holds the choice, ``note`` the words beside it, "" if there are none."""

    slug: str
    field: str
    note: str
    label: str | Promise
    short: str | Promise


QUESTIONS = (
    Question(
        "return",
        "return_planned",
        "",
        gettext_lazy("Do you plan to come back to Japan after this trip?"),
        gettext_lazy("Coming back to Japan"),
    ),
    Question(
        "sports",
        "sports",
        "sports_note",
        gettext_lazy("Will you do any of these sports on the trip?"),
        gettext_lazy("Dangerous sports"),
    ),
    Question(
        "work",
        "dangerous_work",
        "work_note",
        gettext_lazy("Will you do dangerous work on the trip?"),
        gettext_lazy("Dangerous work"),
    ),
    Question(
        "cover",
        "similar_cover",
        "similar_note",
        gettext_lazy("Do you have similar cover elsewhere?"),
        gettext_lazy("Similar cover elsewhere"),
    ),
    Question(
        "school",
        "school_demands",
        "school_note",
        gettext_lazy("Does your school abroad have any requirements for your insurance?"),
        gettext_lazy("What the school requires"),
    ),
)
BY_SLUG = {question.slug: question for question in QUESTIONS}
SEVERAL = frozenset({"sports", "school_demands"})

CHOOSE = gettext_lazy("Choose an answer.")
EITHER = gettext_lazy(
    "“None of these” and “I don’t know” cannot be combined with other answers. Choose again."
)


def list_choices(question: Question) -> list[Choice]:
    """The answers to choose from, without "none of these" and "I don't know"."""
    if question.slug == "sports":
        return [Choice(hazard.value, str(hazard.label)) for hazard in Hazard]
    if question.slug == "school":
        return [
            Choice(
                SchoolDemand.MINIMUM.value,
                str(SchoolDemand.MINIMUM.label),
                gettext("Compare them with the sums of your plan before you pay."),
            ),
            Choice(
                SchoolDemand.LOCAL.value,
                str(SchoolDemand.LOCAL.label),
                gettext("This insurance does not replace it: you may need both."),
            ),
        ]
    return [Choice(YES, gettext("Yes")), Choice(NO, gettext("No"))]


def read_page(question: Question, sent: QueryDict) -> Values:
    """What was sent, right or wrong."""
    chosen: Any = sent.get(question.field, "")
    if question.field in SEVERAL:
        chosen = sent.getlist(question.field)
    values = {question.field: chosen}
    if question.note:
        values[question.note] = sent.get(question.note, "").strip()
    return values


def check_page(question: Question, values: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with one page."""
    known = {choice.value for choice in list_choices(question)}
    chosen = values.get(question.field)
    if question.field in SEVERAL:
        ticked = set(chosen or [])
        alone = ticked & {NONE_OF_THESE, UNKNOWN}
        if not ticked or not ticked <= known | {NONE_OF_THESE, UNKNOWN}:
            return [Fault(question.field, str(CHOOSE))]
        if alone and len(ticked) > 1:
            return [Fault(question.field, str(EITHER))]
        if question.slug == "sports" and UNKNOWN in ticked:
            return [Fault(question.field, str(CHOOSE))]
    elif chosen not in known | ({UNKNOWN} if question.slug == "cover" else set()):
        return [Fault(question.field, str(CHOOSE))]
    disclosure = build_disclosure({**values_of(Disclosure(return_planned=True)), **values})
    return [fault for fault in find_faults(disclosure) if fault.field == question.note]


def is_answered(question: Question, values: Mapping[str, Any]) -> bool:
    """Whether this page was answered."""
    return bool(values.get(question.field))


def next_unanswered(values: Mapping[str, Any]) -> Question | None:
    """The first page without an answer."""
    return next((each for each in QUESTIONS if not is_answered(each, values)), None)


def build_disclosure(values: Mapping[str, Any]) -> Disclosure:
    """The whole, of pages that were checked."""
    demands = values["school_demands"]
    return Disclosure(
        return_planned=values["return_planned"] == YES,
        sports=tuple(hazard for hazard in Hazard if hazard.value in values["sports"]),
        sports_note=values.get("sports_note", ""),
        dangerous_work=values["dangerous_work"] == YES,
        work_note=values.get("work_note", ""),
        similar_cover=Cover(values["similar_cover"]),
        similar_note=values.get("similar_note", ""),
        school_demands=tuple(each for each in SchoolDemand if each.value in demands),
        school_unknown=UNKNOWN in demands,
        school_note=values.get("school_note", ""),
    )


def values_of(disclosure: Disclosure | None) -> Values:
    """The pages as they were answered; nothing of nothing."""
    if disclosure is None:
        return {}
    demands = [demand.value for demand in disclosure.school_demands]
    return {
        "return_planned": YES if disclosure.return_planned else NO,
        "sports": [sport.value for sport in disclosure.sports] or [NONE_OF_THESE],
        "sports_note": disclosure.sports_note,
        "dangerous_work": YES if disclosure.dangerous_work else NO,
        "work_note": disclosure.work_note,
        "similar_cover": disclosure.similar_cover.value,
        "similar_note": disclosure.similar_note,
        "school_demands": demands or [UNKNOWN if disclosure.school_unknown else NONE_OF_THESE],
        "school_note": disclosure.school_note,
    }


def say_answer(question: Question, values: Mapping[str, Any]) -> str:
    """A page's answer in words; "" without one."""
    if not is_answered(question, values):
        return ""
    chosen = values[question.field]
    words = {choice.value: choice.label for choice in list_choices(question)} | {
        NONE_OF_THESE: gettext("None of these"),
        UNKNOWN: gettext("I don’t know"),
    }
    ticked = chosen if isinstance(chosen, list) else [chosen]
    said = gettext(", ").join(str(words.get(each, each)) for each in ticked)
    note = values.get(question.note, "") if question.note else ""
    return gettext("%(answer)s: %(note)s") % {"answer": said, "note": note} if note else said


def compare_answers(mine: Mapping[str, Any], saved: Disclosure | None) -> list[ConflictRow]:
    """Both versions, page by page."""
    theirs = values_of(saved)
    return [
        ConflictRow(str(each.short), say_answer(each, mine), say_answer(each, theirs))
        for each in QUESTIONS
    ]
