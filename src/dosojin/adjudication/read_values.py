"""From what people write to what is known of a variable; a refusal says where and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from dosojin.adjudication.case import Known
from dosojin.terms.lowered import Variable
from dosojin.values.moments import (
    EARLIEST_DAY,
    LATEST_DAY,
    days_between,
    moment,
    offset_minutes,
)
from dosojin.values.money import UNBOUNDED, YEN_MAX
from dosojin.values.problems import Problem
from dosojin.values.text import Text

UNKNOWN = "unknown"
GRADES = range(1, 15)
_DURATION = re.compile(r"(\d{1,5}):([0-5]\d)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)")
Number = Callable[[Any, str], int]


def shown(raw: Any) -> str:
    """A value as it is quoted in a message: short, on one line."""
    text = " ".join(str(raw).split())
    return text if len(text) <= 60 else text[:57] + "…"


def wrong_type(place: str, raw: Any, ja: str, en: str) -> Problem:
    return Problem(
        "value.type",
        place,
        Text(f"「{shown(raw)}」は読み取れません。", f"{shown(raw)!r} cannot be read here."),
        Text(f"{ja}を書いてください。", f"Write {en}."),
    )


def unknown_word(place: str, raw: Any, words: Sequence[str]) -> Problem:
    near = get_close_matches(str(raw), words, n=1)
    some = ", ".join(words[:30])
    return Problem(
        "value.word",
        place,
        Text(f"「{shown(raw)}」は選べません。", f"{shown(raw)!r} is not one of the choices."),
        Text(
            f"「{near[0]}」ではありませんか。" if near else f"次から選んでください: {some}。",
            f"Did you mean {near[0]!r}?" if near else f"Choose one of: {some}.",
        ),
    )


def reversed_range(raw: Any, place: str) -> Problem:
    """What a person is told of a range that ends before it begins."""
    return wrong_type(place, raw, "from が to 以下の範囲", "a range whose from is not above its to")


class ValueReader:
    """Reads values of one claim: it knows the day of knowledge and the offset of the place."""

    def __init__(self, as_of: int, place_offset: int | None) -> None:
        self.as_of = as_of
        self.place_offset = place_offset

    def domain(self, variable: Variable) -> Known:
        """What is known of a variable before anything is said."""
        kind = variable.kind
        if kind == "flag":
            return 2
        if kind == "choice":
            return (1 << len(variable.choices)) - 1
        if kind == "choices":
            return (0, 0)
        if kind in ("grades", "persons"):
            return None
        if kind == "day":
            last = self._last_day(variable)
            when = days_between(EARLIEST_DAY, last, self._offset(variable))
            return (when.day_first, when.day_last, when.minute_first, when.minute_last)
        least = 0 if variable.least is None else variable.least
        return (least, UNBOUNDED if variable.most is None else variable.most)

    def _last_day(self, variable: Variable) -> int:
        return LATEST_DAY if variable.may_run or variable.owner == "policy" else self.as_of

    def _offset(self, variable: Variable) -> int | None:
        return self.place_offset if variable.utc_offset is None else variable.utc_offset

    def read(self, variable: Variable, raw: Any, place: str) -> Known:
        """What a claim's word for a variable makes known; "unknown" leaves its whole domain."""
        if raw == UNKNOWN:
            return self.domain(variable)
        if raw is None:
            raise Problem(
                "value.empty",
                place,
                Text("値がありません。", "There is no value."),
                Text(
                    "値を書くか、分からないときは unknown と書いてください。",
                    'Write the value, or "unknown" if nobody knows it.',
                ),
            )
        kinds: dict[str, Callable[[Variable, Any, str], Known]] = {
            "flag": self._flag,
            "choice": self._choice,
            "choices": self._choices,
            "day": self._day,
            "count": self._count,
            "duration": self._duration,
            "yen": self._yen,
            "grades": self._grades,
            "persons": self._persons,
        }
        return kinds[variable.kind](variable, raw, place)

    def _flag(self, variable: Variable, raw: Any, place: str) -> Known:
        words = {"yes": 3, "no": 0, "true": 3, "false": 0}
        if isinstance(raw, bool):
            return 3 if raw else 0
        if isinstance(raw, str) and raw in words:
            return words[raw]
        raise wrong_type(
            place, raw, "true か false（または unknown）", "true or false (or unknown)"
        )

    def _word(self, variable: Variable, raw: Any, place: str) -> int:
        if not isinstance(raw, str) or raw not in variable.choices:
            raise unknown_word(place, raw, variable.choices)
        return 1 << variable.choices.index(raw)

    def _words(self, variable: Variable, raw: Any, place: str) -> int:
        if isinstance(raw, (str, bytes, Mapping)) or not isinstance(raw, Sequence):
            raise wrong_type(place, raw, "語の一覧（[a, b]）", "a list of words such as [a, b]")
        mask = 0
        for number, word in enumerate(raw):
            mask |= self._word(variable, word, f"{place}[{number}]")
        return mask

    def _choice(self, variable: Variable, raw: Any, place: str) -> Known:
        if isinstance(raw, Mapping):
            only_keys(raw, ("one_of",), place)
            mask = self._words(variable, raw.get("one_of"), f"{place}.one_of")
            if not mask:
                raise wrong_type(place, raw, "一つ以上の選択肢", "at least one choice")
            return mask
        return self._word(variable, raw, place)

    def _choices(self, variable: Variable, raw: Any, place: str) -> Known:
        everything = (1 << len(variable.choices)) - 1
        if raw == "none":
            return (0, everything)
        if isinstance(raw, Mapping):
            only_keys(raw, ("has", "not"), place)
            inside = self._words(variable, raw.get("has", []), f"{place}.has")
            outside = self._words(variable, raw.get("not", []), f"{place}.not")
            if inside & outside:
                raise wrong_type(
                    place, raw, "has と not のどちらか一方", "each word under has or not, not both"
                )
            return (inside, outside)
        inside = self._words(variable, raw, place)
        return (inside, everything & ~inside)

    def _range(self, variable: Variable, raw: Any, place: str, number: Number) -> Known:
        domain = self.domain(variable)
        least, most = domain[0], domain[1]
        if isinstance(raw, Mapping):
            only_keys(raw, ("from", "to"), place)
            lo = number(raw["from"], f"{place}.from") if "from" in raw else least
            hi = number(raw["to"], f"{place}.to") if "to" in raw else most
        else:
            lo = hi = number(raw, place)
        if lo > hi:
            raise reversed_range(raw, place)
        if lo < least or hi > most:
            ends = f"{least}…" if most >= UNBOUNDED else f"{least}…{most}"
            raise Problem(
                "value.range",
                place,
                Text(f"「{shown(raw)}」は範囲の外です。", f"{shown(raw)!r} is out of range."),
                Text(f"{ends} の値を書いてください。", f"Write a value within {ends}."),
            )
        return (lo, hi)

    def _count(self, variable: Variable, raw: Any, place: str) -> Known:
        def whole(value: Any, where: str) -> int:
            if isinstance(value, bool) or not isinstance(value, int):
                raise wrong_type(where, value, "整数", "a whole number")
            return value

        return self._range(variable, raw, place, whole)

    def _duration(self, variable: Variable, raw: Any, place: str) -> Known:
        def minutes(value: Any, where: str) -> int:
            found = _DURATION.fullmatch(value) if isinstance(value, str) else None
            if not found:
                raise wrong_type(
                    where, value, "「6:30」のような時間と分", 'hours and minutes such as "6:30"'
                )
            return int(found[1]) * 60 + int(found[2])

        return self._range(variable, raw, place, minutes)

    def _yen(self, variable: Variable, raw: Any, place: str) -> Known:
        if raw == "unlimited" and variable.owner == "policy":
            return (UNBOUNDED, UNBOUNDED)
        if raw == "irreparable" and variable.name == "repair_cost":
            return (UNBOUNDED, UNBOUNDED)
        return self._range(variable, raw, place, whole_yen)

    def _grades(self, variable: Variable, raw: Any, place: str) -> Known:
        if isinstance(raw, int) and not isinstance(raw, bool):
            raw = [raw]
        if not isinstance(raw, Sequence) or isinstance(raw, (str, bytes)) or not raw:
            raise wrong_type(
                place, raw, "1〜14 級の一覧（[7, 12]）", "a list of grades 1–14 such as [7, 12]"
            )
        for number, grade in enumerate(raw):
            if isinstance(grade, bool) or not isinstance(grade, int) or grade not in GRADES:
                raise wrong_type(
                    f"{place}[{number}]", grade, "1〜14 の等級", "a grade from 1 to 14"
                )
        return tuple(sorted(raw))

    def _persons(self, variable: Variable, raw: Any, place: str) -> Known:
        if raw == "none":
            return ()
        if not isinstance(raw, Sequence) or isinstance(raw, (str, bytes)):
            raise wrong_type(place, raw, "人の名前の一覧", "a list of persons")
        for number, name in enumerate(raw):
            if not isinstance(name, str) or not name:
                raise wrong_type(f"{place}[{number}]", name, "人の名前", "a person's name")
        return tuple(raw)

    def _day(self, variable: Variable, raw: Any, place: str) -> Known:
        offset = self._offset(variable)
        if isinstance(raw, Mapping):
            only_keys(raw, ("from", "to"), place)
            domain = self.domain(variable)
            first = self._ends(raw["from"], f"{place}.from", offset) if "from" in raw else domain
            last = self._ends(raw["to"], f"{place}.to", offset) if "to" in raw else domain
            known = (first[0], last[1], first[2], last[3])
        else:
            known = self._ends(raw, place, offset)
        if known[0] > known[1] or known[2] > known[3]:
            raise wrong_type(
                place, raw, "from が to 以前の範囲", "a range whose from is not after its to"
            )
        self._refuse_later(variable, known, raw, place)
        return known

    def _refuse_later(self, variable: Variable, known: Known, raw: Any, place: str) -> None:
        if known[1] > self._last_day(variable) or known[0] < EARLIEST_DAY:
            latest = date.fromordinal(self.as_of).isoformat()
            raise Problem(
                "date.later",
                place,
                Text(
                    f"「{shown(raw)}」は、確認日（as_of {latest}）の後か、1900年より前です。",
                    f"{shown(raw)!r} is later than as_of ({latest}), or before 1900.",
                ),
                Text(
                    "日付を確かめるか、as_of を新しくしてください。",
                    "Check the date, or give a later as_of.",
                ),
            )

    def _ends(self, raw: Any, place: str, offset: int | None) -> tuple[int, int, int, int]:
        value = read_day(raw, place)
        if isinstance(value, datetime):
            when = moment(value)
        else:
            when = days_between(value.toordinal(), value.toordinal(), offset)
        return (when.day_first, when.day_last, when.minute_first, when.minute_last)


def read_day(raw: Any, place: str) -> date | datetime:
    """A civil date, or a moment with its offset."""
    problem = wrong_type(
        place,
        raw,
        "「2026-06-02」、または時差つきの「2026-06-02T03:10-04:00」",
        "2026-06-02, or a moment with its offset such as 2026-06-02T03:10-04:00",
    )
    if isinstance(raw, datetime):
        if raw.tzinfo is None:
            raise problem
        return raw
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        raise problem
    try:
        if _MOMENT.fullmatch(raw):
            if not raw.endswith("Z"):
                offset_minutes(raw[-len("+09:00") :])
            return datetime.fromisoformat(raw.replace(" ", "T"))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise problem


def whole_yen(value: Any, place: str) -> int:
    """Yen: a whole number, not negative, not absurdly large."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong_type(place, value, "1円単位の整数（円）", "whole yen, without a fraction")
    if not 0 <= value <= YEN_MAX:
        raise Problem(
            "money.range",
            place,
            Text(f"「{shown(value)}」円は扱えません。", f"{shown(value)} yen cannot be taken."),
            Text("0円以上の金額を書いてください。", f"Write an amount from 0 to {YEN_MAX:,} yen."),
        )
    return value


def only_keys(raw: Mapping[Any, Any], allowed: Sequence[str], place: str) -> None:
    """Refuses a key that nobody reads."""
    for key in raw:
        if key not in allowed:
            near = get_close_matches(str(key), allowed, n=1)
            where = f"{place}.{shown(key)}" if place else shown(key)
            raise Problem(
                "key.unknown",
                where,
                Text("この項目はありません。", "There is no such entry."),
                Text(
                    f"「{near[0]}」ではありませんか。"
                    if near
                    else f"使える項目: {', '.join(allowed)}。",
                    f"Did you mean {near[0]!r}?" if near else f"Use: {', '.join(allowed)}.",
                ),
            )
