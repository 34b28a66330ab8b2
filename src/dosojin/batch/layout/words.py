"""The words of one cell: what a claim file says of a variable, as a short text and back.

`unknown` stands for "stated as not known"; an empty cell says nothing and never comes here.

    flag      yes · no                      choice   word · a|b (one of these)
    choices   none · a|b (exactly these) · a|~b|? (a, not b, the rest open)
    count     3 · 3..5 · 3.. · ..5          yen      the same; unlimited, irreparable
    duration  6:30 · 390 (minutes) · ranges day      2026-06-02 · 2026-06-02T03:10-04:00 · ranges
    grades    7|12                          persons  none · names joined by |, \\| and \\\\ escaped

A text only says what a claim may say; whether the value is in range is for `ValueReader` to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dosojin.adjudication.read_values import UNKNOWN, read_day, unknown_word, wrong_type
from dosojin.terms.lowered import Variable
from dosojin.values.problems import Problem
from dosojin.values.text import Text

NONE = "none"
REST_OPEN = "?"
MINUTE_DIGITS_MAX = 9
YEN_WORDS = ("unlimited", "irreparable")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DURATION = re.compile(r"[0-9]{1,5}:[0-5][0-9]")
_FLAGS = {"yes": True, "no": False, "true": True, "false": False}
_NAME_PART = re.compile(r"(?:[^\\|]|\\.)*", re.DOTALL)


def raw_of_text(variable: Variable, text: str) -> Any:
    """What a claim file would say for the text of a cell; Problem, without a place, if nothing."""
    if text.strip() == UNKNOWN:
        return UNKNOWN
    if not text.strip():
        raise _empty()
    return _FROM_TEXT[variable.kind](variable, text)


def text_of_raw(variable: Variable, raw: Any) -> str:
    """The text of a cell for what a claim file says; the inverse of `raw_of_text` in meaning.

    `raw` must be something that `ValueReader.read` takes.
    """
    if raw == UNKNOWN:
        return UNKNOWN
    return _TO_TEXT[variable.kind](variable, raw)


def _empty() -> Problem:
    return Problem(
        "value.empty",
        "",
        Text("値がありません。", "There is no value."),
        Text(
            "値を書くか、何も述べないときは空欄（null）にしてください。",
            "Write the value, or leave the cell null if nothing is stated.",
        ),
    )


# flag, choice, choices ------------------------------------------------------------------------


def _flag_of(_: Variable, text: str) -> Any:
    word = text.strip().lower()
    if word not in _FLAGS:
        raise wrong_type("", text, "yes か no（または unknown）", "yes or no (or unknown)")
    return _FLAGS[word]


def _flag_text(_: Variable, raw: Any) -> str:
    return "yes" if raw is True or raw in ("yes", "true") else "no"


def _word(variable: Variable, word: str) -> str:
    if word not in variable.choices:
        raise unknown_word("", word, variable.choices)
    return word


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split("|")]


def _choice_of(variable: Variable, text: str) -> Any:
    words = [_word(variable, word) for word in _split(text)]
    return words[0] if len(words) == 1 else {"one_of": words}


def _choice_text(variable: Variable, raw: Any) -> str:
    if isinstance(raw, Mapping):
        return _listed(variable, raw["one_of"], (UNKNOWN,))
    return str(raw)


def _listed(variable: Variable, words: Iterable[str], reserved: Sequence[str]) -> str:
    """Words in the order of the list; one that has a meaning of its own here is written twice."""
    given = set(words)
    text = "|".join(word for word in variable.choices if word in given)
    return f"{text}|{text}" if text in reserved else text


def _choices_of(variable: Variable, text: str) -> Any:
    words = _split(text)
    if words == [NONE]:
        return NONE
    denied = [_word(variable, word[1:].strip()) for word in words if word.startswith("~")]
    given = [word for word in words if not word.startswith("~") and word != REST_OPEN]
    has = [_word(variable, word) for word in given]
    if not denied and REST_OPEN not in words:
        return has
    both = set(has) & set(denied)
    if both:
        raise wrong_type(
            "", text, "語ごとに有無のどちらか一方", "each word with or without ~, not both"
        )
    found: dict[str, Any] = {}
    if has:
        found["has"] = has
    if denied:
        found["not"] = denied
    return found


def _choices_text(variable: Variable, raw: Any) -> str:
    if not isinstance(raw, Mapping):
        inside = () if raw == NONE else tuple(raw)
        return _listed(variable, inside, (NONE, UNKNOWN)) if inside else NONE
    has, denied = set(raw.get("has", ())), set(raw.get("not", ()))
    said = [word for word in variable.choices if word in has]
    said += [f"~{word}" for word in variable.choices if word in denied]
    return "|".join([*said, REST_OPEN])


# ranges ---------------------------------------------------------------------------------------


def _range_of(text: str, end: Callable[[str], Any]) -> Any:
    first, dots, last = text.strip().partition("..")
    if not dots:
        return end(first)
    found: dict[str, Any] = {}
    if first.strip():
        found["from"] = end(first.strip())
    if last.strip():
        found["to"] = end(last.strip())
    return found


def _range_text(raw: Any, end: Callable[[Any], str]) -> str:
    if not isinstance(raw, Mapping):
        return end(raw)
    first = end(raw["from"]) if "from" in raw else ""
    last = end(raw["to"]) if "to" in raw else ""
    return f"{first}..{last}"


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise wrong_type(
            "", text, "整数、または 3..5 のような範囲", "a whole number, or a range such as 3..5"
        )
    return int(text)


def _duration(text: str) -> str:
    if text.isascii() and text.isdigit() and len(text) < MINUTE_DIGITS_MAX:
        return f"{int(text) // 60}:{int(text) % 60:02}"
    if not _DURATION.fullmatch(text):
        raise wrong_type("", text, "「6:30」のような時間と分", 'hours and minutes such as "6:30"')
    return text


def _day(text: str) -> str:
    read_day(text, "")
    return text


def _count_of(_: Variable, text: str) -> Any:
    return _range_of(text, _whole)


def _yen_of(_: Variable, text: str) -> Any:
    return text.strip() if text.strip() in YEN_WORDS else _range_of(text, _whole)


def _duration_of(_: Variable, text: str) -> Any:
    return _range_of(text, _duration)


def _day_of(_: Variable, text: str) -> Any:
    return _range_of(text, _day)


def _number_text(_: Variable, raw: Any) -> str:
    return _range_text(raw, str)


def _day_text(_: Variable, raw: Any) -> str:
    def end(value: Any) -> str:
        if isinstance(value, datetime):
            return value.isoformat(timespec="minutes")
        return value.isoformat() if isinstance(value, date) else str(value)

    return _range_text(raw, end)


# grades, persons ------------------------------------------------------------------------------


def _grades_of(_: Variable, text: str) -> Any:
    return [_whole(grade) for grade in _split(text)]


def _grades_text(_: Variable, raw: Any) -> str:
    return str(raw) if isinstance(raw, int) else "|".join(str(grade) for grade in raw)


def _persons_of(_: Variable, text: str) -> Any:
    if text.strip() == NONE:
        return NONE
    names = []
    at = -1
    while at < len(text):
        part = _NAME_PART.match(text, at + 1)
        assert part is not None  # it matches nothing at all, too
        at = part.end()
        names.append(re.sub(r"\\(.)", r"\1", part[0], flags=re.DOTALL))
        if not names[-1] or text[at : at + 1] == "\\":
            raise wrong_type("", text, "| で区切った人の名前", "names of persons joined by |")
    return names


def _persons_text(_: Variable, raw: Any) -> str:
    if raw == NONE or not raw:
        return NONE
    text = "|".join(re.sub(r"([\\|])", r"\\\1", name) for name in raw)
    # a person may be called "none", or by nothing but a space: escaped, it is a name again
    return f"\\{text}" if text.strip() in (NONE, UNKNOWN, "") else text


_FROM_TEXT: Mapping[str, Callable[[Variable, str], Any]] = {
    "flag": _flag_of,
    "choice": _choice_of,
    "choices": _choices_of,
    "count": _count_of,
    "yen": _yen_of,
    "duration": _duration_of,
    "day": _day_of,
    "grades": _grades_of,
    "persons": _persons_of,
}
_TO_TEXT: Mapping[str, Callable[[Variable, Any], str]] = {
    "flag": _flag_text,
    "choice": _choice_text,
    "choices": _choices_text,
    "count": _number_text,
    "yen": _number_text,
    "duration": _number_text,
    "day": _day_text,
    "grades": _grades_text,
    "persons": _persons_text,
}
