"""Yen, days and answers as people write them, in Japanese and in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dosojin.adjudication.read_values import read_day
from dosojin.facts.declaration import Fact, Kind
from dosojin.values.money import UNBOUNDED, Span, is_unbounded
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

_WEEKDAYS = Text("月火水木金土日", "Mon Tue Wed Thu Fri Sat Sun")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_UNITS = {
    "days": Text("日", "days"),
    "nights": Text("泊", "nights"),
    "persons": Text("名", "persons"),
    "years": Text("歳", "years"),
    "percent": Text("％", "per cent"),
    "yen": Text("円", "yen"),
}


def yen_text(amount: int | None, language: Language) -> str:
    """ "810,000円" or "810,000 yen"; None is an amount without an upper bound."""
    if amount is None or is_unbounded(amount):
        return Text("上限なし", "no upper limit").in_(language)
    return f"{amount:,}円" if language == "ja" else f"{amount:,} yen"


def span_text(span: Span, language: Language) -> str:
    """ "810,000円", "300,000円〜810,000円", "at least 300,000 yen, up to 810,000 yen"."""
    if span.is_certain:
        return yen_text(span.lo, language)
    if span.hi is None:
        return Text(
            f"{span.lo:,}円以上、上限は未定", f"at least {span.lo:,} yen, no upper bound yet"
        ).in_(language)
    if span.lo == 0:
        return Text(f"最大{span.hi:,}円", f"up to {span.hi:,} yen").in_(language)
    return Text(f"{span.lo:,}円から{span.hi:,}円", f"between {span.lo:,} and {span.hi:,} yen").in_(
        language
    )


def day_text(day: date, language: Language) -> str:
    """ "2026年6月1日（月）" or "Mon 1 June 2026"."""
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS.ja[day.weekday()]}）"
    weekday = _WEEKDAYS.en.split()[day.weekday()]
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_text(moment: datetime, language: Language) -> str:
    """The day, the time of day and the UTC offset of a moment."""
    offset = moment.strftime("%z")
    zone = f"UTC{offset[:3]}:{offset[3:5]}" if offset else ""
    day = day_text(moment.date(), language)
    clock = f"{moment.hour}:{moment.minute:02}"
    return f"{day}{clock}（{zone}）" if language == "ja" else f"{clock} on {day} ({zone})"


def quantity_text(amount: int, unit: str, language: Language) -> str:
    """A count with its unit: "12日", "12 days", "6時間30分"."""
    if unit == "minutes":
        hours, minutes = divmod(amount, 60)
        if language == "ja":
            return f"{hours}時間" + (f"{minutes}分" if minutes else "")
        return f"{hours:,} h" + (f" {minutes} min" if minutes else "")
    word = _UNITS.get(unit)
    if word is None:
        return f"{amount:,}"
    if language == "ja":
        return f"{amount:,}{word.ja}"
    return f"{amount:,} {word.en.removesuffix('s') if amount == 1 else word.en}"


def answer_text(fact: Fact, raw: Any, language: Language) -> str:
    """What a claim file says of a fact, as people say it; the raw words where nothing fits."""
    if raw == "unknown":
        return Text("分からない", "not known").in_(language)
    if isinstance(raw, dict):
        return _narrowed_text(fact, raw, language)
    if fact.kind is Kind.FLAG:
        is_yes = raw in (True, "yes", "true", "included")
        return (Text("はい", "yes") if is_yes else Text("いいえ", "no")).in_(language)
    if fact.kind is Kind.CHOICE and fact.choices is not None:
        return title_of(fact, str(raw), language)
    if fact.kind is Kind.CHOICES and fact.choices is not None:
        if raw == "none" or not raw:
            return Text("どれにも当てはまらない", "none of these").in_(language)
        return joined([title_of(fact, str(word), language) for word in raw], language)
    if fact.kind is Kind.DAY:
        return _day_answer(raw, language)
    if isinstance(raw, (list, tuple)):
        return joined([str(item) for item in raw], language)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return quantity_text(raw, fact.unit, language)
    return str(raw)


def title_of(fact: Fact, word: str, language: Language) -> str:
    """How people read one word of a choice list."""
    if fact.choices is None or word not in {choice.value for choice in fact.choices}:
        return word
    return fact.choices(word).title.in_(language)


def _day_answer(raw: Any, language: Language) -> str:
    try:
        when = read_day(raw, "")
    except Problem:
        return str(raw)
    if isinstance(when, datetime):
        return moment_text(when, language)
    return day_text(when, language)


def _narrowed_text(fact: Fact, raw: dict[str, Any], language: Language) -> str:
    if "one_of" in raw:
        words = [title_of(fact, str(word), language) for word in raw["one_of"]]
        return Text("か、".join(words), " or ".join(words)).in_(language)
    if "from" in raw or "to" in raw:
        first = answer_text(fact, raw["from"], language) if "from" in raw else ""
        last = answer_text(fact, raw["to"], language) if "to" in raw else ""
        if language == "ja":
            return (f"{first}から" if first else "") + (f"{last}まで" if last else "")
        return f"{f'from {first} ' if first else ''}{f'to {last}' if last else ''}".strip()
    has = [title_of(fact, str(word), language) for word in raw.get("has", ())]
    none = Text("分かっているものはない", "none of those known so far")
    return joined(has, language) if has else none.in_(language)


def joined(words: Sequence[str], language: Language) -> str:
    """A list in running text."""
    if language == "ja":
        return "、".join(words)
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def without_bound(amount: int | None) -> int:
    """The amount inside the arithmetic: UNBOUNDED for None."""
    return UNBOUNDED if amount is None else amount
