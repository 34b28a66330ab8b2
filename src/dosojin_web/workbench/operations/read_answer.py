"""Reads the answer to one question as it was sent, into what a claim file would say."""

from collections.abc import Callable
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from dosojin_web.components.shapes import NONE_OF_THESE, UNKNOWN
from dosojin_web.workbench.mapping import Fact, Kind, Owner, Raw, Slot
from dosojin_web.workbench.operations.read_figures import (
    not_a_number,
    plain_digits,
    read_amount,
    read_count,
    read_duration,
    read_yen,
)
from dosojin_web.workbench.questions import split_set

Answers = MultiValueDict[str, str]


class Unreadable(Exception):
    """An answer that cannot be read; the message says why and what to do."""

    def __init__(self, message: str, field: str = "answer") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def read_answer(answers: Answers, slot: Slot, raw: Raw) -> Any:
    """The value for the claim file, None to take the answer back. Raises Unreadable."""
    state = answers.get("state", "")
    if state == "clear":
        return None
    if state == "unknown" or UNKNOWN in answers.getlist("answer"):
        return _unknown(answers, slot, raw)
    if state == "running":
        return {"from": answers.get("answer") or raw["as_of"]}
    if state == "none":
        return _none(slot.fact)
    kind = slot.fact.kind
    if kind is Kind.FLAG:
        return {"yes": True, "no": False}[_one(answers, ("yes", "no"))]
    if kind is Kind.CHOICE:
        return _one(answers, [choice.value for choice in slot.fact.choices or ()])
    if kind is Kind.CHOICES:
        return _set(answers, slot, raw)
    if kind is Kind.DAY:
        return _day(answers)
    if kind in (Kind.GRADES, Kind.PERSONS):
        return _words(answers, kind)
    return _number(answers, slot, raw)


def _unknown(answers: Answers, slot: Slot, raw: Raw) -> Any:
    """Not known; of a set, what is known of other members stays."""
    if slot.fact.kind is not Kind.CHOICES:
        return UNKNOWN
    ticked = set(answers.getlist("answer")) - {UNKNOWN}
    if ticked:
        raise Unreadable(
            gettext("Something is ticked, and “I don’t know” as well. Keep one of the two.")
        )
    return UNKNOWN


def _none(fact: Fact) -> Any:
    if fact.kind is Kind.PERSONS:
        return NONE_OF_THESE
    return "irreparable" if fact.owner is Owner.LINE else "unlimited"


def _one(answers: Answers, words: Any) -> str:
    given = answers.get("answer", "")
    if given not in words:
        raise Unreadable(gettext("Choose an answer, or “I don’t know”."))
    return str(given)


def _set(answers: Answers, slot: Slot, raw: Raw) -> Any:
    """What applies; of the members that were shown, the others do not."""
    ticked = answers.getlist("answer")
    shown = answers.get("shown", "").split()
    words = [choice.value for choice in slot.fact.choices or ()]
    if NONE_OF_THESE in ticked and len(ticked) > 1:
        raise Unreadable(
            gettext("Something is ticked, and “None of these apply” as well. Keep one of the two.")
        )
    if not ticked:
        raise Unreadable(
            gettext("Tick what applies, or “None of these apply”, or say you do not know.")
        )
    before, denied = split_set(slot.read(raw))
    if slot.read(raw) == NONE_OF_THESE:
        denied = words
    has = [w for w in words if w in ticked or (w in before and w not in shown)]
    has_not = [w for w in words if w not in has and (w in shown or w in denied)]
    if len(has) + len(has_not) == len(words):
        return has or NONE_OF_THESE
    return {"has": has, "not": has_not}


def _day(answers: Answers) -> Any:
    day = plain_digits(answers.get("answer", ""))
    time = plain_digits(answers.get("time", ""))
    first, last = (plain_digits(answers.get(name, "")) for name in ("first", "last"))
    if day and (first or last):
        raise Unreadable(gettext("There is a day, and a range as well. Keep one of the two."))
    if first or last:
        ends = {"from": first, "to": last}
        return {name: end for name, end in ends.items() if end}
    if not day:
        raise Unreadable(gettext("Enter a day, or say that you do not know."))
    if not time:
        return day
    offset = answers.get("offset", "")
    if not offset:
        raise Unreadable(
            gettext("A time needs the offset from UTC of its place. Choose it."), "offset"
        )
    return f"{day}T{time}{offset}"


def _words(answers: Answers, kind: Kind) -> Any:
    typed = answers.get("answer", "").replace("、", ",").replace("，", ",")
    words = [word.strip() for word in typed.split(",") if word.strip()]
    if not words:
        raise Unreadable(gettext("Write at least one, or say that you do not know."))
    if kind is Kind.PERSONS:
        return words
    grades = [read_count(word.removesuffix("級")) for word in words]
    if None in grades:
        raise Unreadable(gettext("Write the grades in digits, for example 7, 12."))
    return grades


def _number(answers: Answers, slot: Slot, raw: Raw) -> Any:
    typed, first, last = (answers.get(n, "").strip() for n in ("answer", "first", "last"))
    read = _reader(slot, raw)
    if typed and (first or last):
        raise Unreadable(gettext("There is a number, and a range as well. Keep one of the two."))
    if first or last:
        return {
            name: _read_or_refuse(read, end) for name, end in (("from", first), ("to", last)) if end
        }
    if not typed:
        raise Unreadable(gettext("Enter a number, or say that you do not know."))
    return _read_or_refuse(read, typed)


def _reader(slot: Slot, raw: Raw) -> Callable[[str], Any]:
    if slot.fact.kind is Kind.DURATION:
        return read_duration
    if slot.fact.kind is Kind.COUNT:
        return read_count
    if slot.line is not None:
        currency = str(raw["expenses"][slot.line].get("currency", "JPY"))
        return lambda typed: read_amount(typed, currency)
    return read_yen


def _read_or_refuse(read: Callable[[str], Any], typed: str) -> Any:
    value = read(typed)
    if value is None:
        if read is read_duration:
            said = gettext("“%(typed)s” is not a length of time. Write it like 6:30.")
            raise Unreadable(said % {"typed": typed})
        raise Unreadable(not_a_number(typed))
    return value
