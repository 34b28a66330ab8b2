"""Puts an answer into a claim file: a new claim, the old one untouched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from dosojin.adjudication.decision import Question
from dosojin.adjudication.read_claim import Claim
from dosojin.adjudication.read_values import UNKNOWN
from dosojin.facts.declaration import Fact, Kind, Owner
from dosojin.values.problems import Problem
from dosojin.values.text import Text

NONE_OF_THESE = "0"
_YES = {"y", "yes", "1", "はい", "true", "ja", "h"}
_NO = {"n", "no", "2", "いいえ", "false", "i"}
_RANGE = re.compile(r"(.*?)\s*(?:\.\.\.?|…|〜|~)\s*(.*)")


def with_answer(claim: Claim, question: Question, fact: Fact | None, answer: Any) -> dict[str, Any]:
    """The claim file with `answer` where the question points: policy, facts or a receipt."""
    raw = dict(claim.source)
    if question.line is not None:
        lines = [dict(entry) for entry in raw.get("expenses") or ()]
        lines[question.line][question.fact] = answer
        raw["expenses"] = lines
        return raw
    if fact is not None and fact.owner is Owner.POLICY:
        raw["policy"] = _policy_with(raw.get("policy") or {}, fact, answer)
        return raw
    facts = dict(raw.get("facts") or {})
    facts[question.fact] = answer
    raw["facts"] = facts
    return raw


def _policy_with(policy: Mapping[str, Any], fact: Fact, answer: Any) -> dict[str, Any]:
    changed = dict(policy)
    if fact.name.startswith("sums."):
        changed["sums"] = {**(policy.get("sums") or {}), fact.name.removeprefix("sums."): answer}
    else:
        changed[fact.name.removeprefix("policy_")] = answer
    return changed


def read_answer(
    text: str, question: Question, fact: Fact | None, words: Sequence[str], so_far: Any
) -> Any:
    """What a typed answer means in a claim file; Problem if it means nothing.

    "?" is "I do not know". Words of a list are given by number ("2", "1,3"), 0 for none of a set;
    ranges as "3..10", "3..", "..10". `so_far`: what the claim says of a set already.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if typed == "?":
        return UNKNOWN
    kind = Kind.YEN if fact is None else fact.kind
    if kind is Kind.FLAG:
        return _flag(typed)
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return _words(typed, kind, words, so_far)
    if kind in (Kind.GRADES, Kind.PERSONS):
        return _several(typed, kind)
    found = _RANGE.fullmatch(typed)
    if found and (found[1] or found[2]):
        ends = {"from": found[1].strip(), "to": found[2].strip()}
        return {name: _one(end, kind) for name, end in ends.items() if end}
    return _one(typed, kind)


def _refused(typed: str, ja: str, en: str) -> Problem:
    return Problem(
        "answer.unread",
        "",
        Text(f"「{typed}」は読み取れません。", f"{typed!r} cannot be read here."),
        Text(ja, en),
    )


def _flag(typed: str) -> bool:
    if typed.lower() in _YES:
        return True
    if typed.lower() in _NO:
        return False
    raise _refused(typed, "はい（y）か、いいえ（n）で答えてください。", "Answer y or n.")


def _words(typed: str, kind: Kind, words: Sequence[str], so_far: Any) -> Any:
    numbers = [part for part in re.split(r"[,、\s]+", typed) if part]
    if kind is Kind.CHOICES and numbers == [NONE_OF_THESE]:
        return _members((), words, so_far)
    chosen: list[str] = []
    for number in numbers:
        if number in words:
            chosen.append(number)
        elif number.isdecimal() and 1 <= int(number) <= len(words):
            chosen.append(words[int(number) - 1])
        else:
            raise _refused(
                number,
                f"1から{len(words)}の番号で答えてください。",
                f"Answer with numbers from 1 to {len(words)}.",
            )
    if not chosen:
        raise _refused(typed, "番号で答えてください。", "Answer with a number.")
    if kind is Kind.CHOICES:
        return _members(chosen, words, so_far)
    return chosen[0] if len(chosen) == 1 else {"one_of": list(dict.fromkeys(chosen))}


def _members(chosen: Sequence[str], words: Sequence[str], so_far: Any) -> dict[str, list[str]]:
    """The members named apply, the others that were shown do not; the rest stays as it was."""
    before = so_far if isinstance(so_far, Mapping) else {}
    has = [*before.get("has", ()), *chosen]
    outside = [*before.get("not", ()), *(word for word in words if word not in chosen)]
    return {
        "has": list(dict.fromkeys(has)),
        "not": [word for word in dict.fromkeys(outside) if word not in has],
    }


def _several(typed: str, kind: Kind) -> Any:
    parts = [part.strip() for part in re.split(r"[,、]", typed) if part.strip()]
    if kind is Kind.PERSONS:
        return "none" if parts in (["0"], ["none"]) else parts
    if not parts or not all(part.isdecimal() for part in parts):
        raise _refused(
            typed, "「7, 12」のように等級で答えてください。", "Give grades such as 7, 12."
        )
    return [int(part) for part in parts]


def _one(typed: str, kind: Kind) -> Any:
    if not typed:
        raise _refused(
            typed,
            "値を入れるか、? で「分からない」と答えてください。",
            "Give a value, or ? for unknown.",
        )
    if kind in (Kind.DAY, Kind.DURATION):
        return _day(typed) if kind is Kind.DAY else typed
    digits = re.sub(r"[,\s]", "", typed).removesuffix("円").removesuffix("yen")
    if digits.isdecimal() and len(digits) < 20:
        return int(digits)
    if kind is Kind.YEN and typed in ("unlimited", "irreparable"):
        return typed
    raise _refused(
        typed,
        "数字で答えてください（例 12、幅は 3..10）。",
        "Give a number (12; a range is 3..10).",
    )


def _day(typed: str) -> str:
    """2026/6/2 and 2026年6月2日 are days too."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", typed)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else typed
