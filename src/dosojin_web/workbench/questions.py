"""A question as a form shows it: its words, why it is asked, its worth, its answer so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from dosojin_web.components.shapes import NONE_OF_THESE, UNKNOWN, Choice, Citation
from dosojin_web.workbench.mapping import (
    Fact,
    Judgement,
    Kind,
    Question,
    Raw,
    Slot,
    find_slot,
    option_words,
    proof_titles,
    say,
)
from dosojin_web.workbench.offsets import offset_choices
from dosojin_web.workbench.receipts import describe_row
from dosojin_web.workbench.wording_links import cite

CLAUSES_SHOWN_MAX = 3
LONG_LIST = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that its card shows; ``open`` says that it still matters."""

    key: str
    ask: str
    subject: str
    why: str
    worth: int | None
    unbounded: bool
    open: bool
    proofs: tuple[str, ...]
    clauses: tuple[tuple[Citation, str], ...]
    fact: Fact
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of a question, filled with the answer so far or with what was typed."""

    kind: str
    options: tuple[Choice, ...] = ()
    values: tuple[str, ...] = ()
    value: str = ""
    time: str = ""
    offset: str = ""
    first: str = ""
    last: str = ""
    unit: str = ""
    offsets: tuple[Choice, ...] = ()
    needs_time: bool = False
    may_run: bool = False
    none_label: str = ""
    hint: str = ""

    @property
    def is_long(self) -> bool:
        """More answers than stand well in a narrow column."""
        return len(self.options) > LONG_LIST

    @property
    def columns(self) -> int:
        """How many answers stand side by side where there is room."""
        return 2 if self.is_long else 1


def describe_questions(judgement: Judgement, raw: Raw) -> list[Asked]:
    """The questions that still matter, most yen at stake first."""
    found = []
    for question in judgement.decision.questions:
        slot = find_slot(raw, question.key)
        if slot is not None:
            found.append(_describe(judgement, raw, slot, question))
    return found


def describe_slot(judgement: Judgement, raw: Raw, slot: Slot) -> Asked:
    """The question at ``slot``, whether or not it still matters."""
    for question in judgement.decision.questions:
        if question.key == slot.key:
            return _describe(judgement, raw, slot, question)
    return _describe(judgement, raw, slot, None)


def _describe(judgement: Judgement, raw: Raw, slot: Slot, question: Question | None) -> Asked:
    fact = slot.fact
    ids = judgement.resting_on(question)[:CLAUSES_SHOWN_MAX] if question else ()
    product = raw["product"]
    return Asked(
        key=slot.key,
        ask=say(fact.ask),
        subject=describe_row(raw, slot.line) if slot.line is not None else "",
        why=say(fact.why) if fact.why is not None else "",
        worth=question.worth if question else None,
        unbounded=question is not None and question.worth is None,
        open=question is not None,
        proofs=tuple(proof_titles(product, fact)),
        clauses=tuple((cite(product, id), judgement.reading(id)) for id in ids),
        fact=fact,
        members=question.members if question else (),
    )


def fill_entry(asked: Asked, raw: Raw, current: Any) -> Entry:
    """The fields of a question with the answer that the claim holds."""
    fact = asked.fact
    builders = {
        Kind.FLAG: _flag_entry,
        Kind.CHOICE: _choice_entry,
        Kind.CHOICES: _choices_entry,
        Kind.DAY: _day_entry,
    }
    builder = builders.get(fact.kind)
    if builder is not None:
        return builder(asked, raw, current)
    kind = {Kind.GRADES: "words", Kind.PERSONS: "words"}.get(fact.kind, "number")
    shown: Any = current if not isinstance(current, dict) and current != UNKNOWN else ""
    ends = current if isinstance(current, dict) else {}
    if isinstance(shown, list):
        shown = ", ".join(map(str, shown))
    return Entry(
        kind=kind,
        value="" if shown in (None, NONE_OF_THESE) else str(shown),
        first=str(ends.get("from", "")),
        last=str(ends.get("to", "")),
        unit=_unit(asked, raw),
        hint=_hint(fact),
        none_label=_none_label(fact),
    )


def _flag_entry(asked: Asked, raw: Raw, current: Any) -> Entry:
    options = (Choice("yes", gettext("Yes")), Choice("no", gettext("No")))
    value = {True: "yes", False: "no"}.get(current, current) if current is not None else ""
    return Entry("choice", options, value=str(value))


def _choice_entry(asked: Asked, raw: Raw, current: Any) -> Entry:
    words = option_words(asked.fact)
    narrowed = current.get("one_of", ()) if isinstance(current, dict) else ()
    options = tuple(
        Choice(word, title) for word, title in words.items() if not narrowed or word in narrowed
    )
    return Entry("choice", options, value=current if isinstance(current, str) else "")


def _choices_entry(asked: Asked, raw: Raw, current: Any) -> Entry:
    """All members that still matter, and those already answered."""
    words = option_words(asked.fact)
    has, denied = split_set(current)
    settled = [*has, *denied]
    members = [w for w in words if not asked.members or w in asked.members or w in settled]
    if asked.members and not settled:
        members = [word for word in words if word in asked.members]
    ticked = tuple(has) or ((NONE_OF_THESE,) if denied and not asked.open else ())
    if current == UNKNOWN:
        ticked = (UNKNOWN,)
    if current == NONE_OF_THESE:
        ticked = (NONE_OF_THESE,)
    return Entry("choices", tuple(Choice(w, words[w]) for w in members), values=ticked)


def split_set(current: Any) -> tuple[list[str], list[str]]:
    """What a set-valued answer has, and what it says it has not."""
    if isinstance(current, list):
        return current, []
    if isinstance(current, dict):
        return list(current.get("has", ())), list(current.get("not", ()))
    return [], []


def _day_entry(asked: Asked, raw: Raw, current: Any) -> Entry:
    ends = current if isinstance(current, dict) else {}
    day = current if isinstance(current, str) and current != UNKNOWN else ""
    offset = day[16:] if len(day) > 16 else raw.get("place_offset", "")
    if asked.fact.utc_offset is not None and len(day) <= 16:
        offset = "+09:00"
    return Entry(
        kind="day",
        value=day[:10],
        time=day[11:16],
        offset=offset,
        first=str(ends.get("from", "")),
        last=str(ends.get("to", "")),
        offsets=tuple(offset_choices(offset)),
        needs_time=asked.open and len(day) == 10,
        may_run=asked.fact.may_run,
    )


def _unit(asked: Asked, raw: Raw) -> str:
    if asked.fact.kind is Kind.DURATION:
        return gettext("hours:minutes")
    if asked.fact.owner == "line" and asked.fact.kind is Kind.YEN:
        line = int(asked.key.split("[")[1].split("]")[0])
        currency = str(raw["expenses"][line].get("currency", "JPY"))
        return gettext("yen") if currency == "JPY" else currency
    units = {
        "yen": gettext("yen"),
        "days": gettext("days"),
        "nights": gettext("nights"),
        "years": gettext("years"),
        "percent": gettext("per cent"),
        "persons": gettext("persons"),
    }
    return units.get(asked.fact.unit, "")


def _hint(fact: Fact) -> str:
    if fact.kind is Kind.GRADES:
        return gettext("Grades from 1 to 14, one for each impairment, for example 7, 12.")
    if fact.kind is Kind.PERSONS:
        return gettext("Names as on the receipts, in the order that counts, with commas between.")
    return ""


def _none_label(fact: Fact) -> str:
    if fact.kind is Kind.PERSONS:
        return gettext("Nobody is named")
    if fact.name == "repair_cost":
        return gettext("It cannot be repaired")
    if fact.owner == "policy" and fact.kind is Kind.YEN:
        return gettext("Unlimited")
    return ""


def answer_order(answered: Sequence[str], key: str) -> str:
    """The question before ``key`` among those answered, or "" if it was the first."""
    if key in answered:
        place = list(answered).index(key)
        return answered[place - 1] if place else ""
    return answered[-1] if answered else ""
