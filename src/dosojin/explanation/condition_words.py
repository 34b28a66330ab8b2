"""Says a test of facts in words: when a question applies, when a paper is needed."""

from __future__ import annotations

from dosojin.explanation.amounts import quantity_text
from dosojin.facts.declaration import Choice, Fact
from dosojin.facts.expressions import (
    AllOf,
    AnyLine,
    AnyOf,
    CivilDay,
    Compare,
    Constant,
    Expression,
    Figure,
    Has,
    IsOneOf,
    IsTrue,
    Moment,
    Not,
    Number,
    Quantity,
)
from dosojin.values.text import Text

_RELATIONS = {
    "le": Text("以下", "at most"),
    "lt": Text("未満", "less than"),
    "eq": Text("と同じ", "the same as"),
    "ne": Text("と異なる", "not"),
}

_OPPOSITES = {"le": Text("以上", "at least"), "lt": Text("を超える", "more than")}


def condition_words(test: Expression) -> Text:
    """The test as a phrase: "Cause: an injury, and Treated by a physician: yes"."""
    match test:
        case IsTrue(fact):
            return _answer(fact, Text("はい", "yes"))
        case Not(IsTrue(fact)):
            return _answer(fact, Text("いいえ", "no"))
        case IsOneOf(fact, choices):
            titles = [choice.title for choice in _choices(fact) if choice in choices]
            return _answer(fact, _joined(titles, Text("または", " or ")))
        case Has(fact, member):
            return _answer(fact, next(c.title for c in _choices(fact) if c is member))
        case Not(part):
            inner = condition_words(part)
            return Text(f"「{inner.ja}」ではない", f"not ({inner.en})")
        case AllOf(parts):
            return _joined([condition_words(part) for part in parts], Text("、かつ", ", and "))
        case AnyOf(parts):
            return _joined([condition_words(part) for part in parts], Text("、または", ", or "))
        case Compare(Constant(1, "yen"), "le", Quantity(fact)):
            return Text(f"{fact.title.ja}がある", f"there is a {_lower(fact.title.en)}")
        case Compare((Constant() | Figure()) as bound, "le" | "lt" as relation, amount):
            return _compared(_amount(amount), _OPPOSITES[relation], _amount(bound))
        case Compare(left, relation, right):
            return _compared(_amount(left), _RELATIONS[relation], _amount(right))
        case AnyLine(categories, _):
            names = ", ".join(categories)
            return Text(f"{names} の領収書がある", f"a receipt of {names} is filed")
    return Text("条件つき", "under a condition")


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _choices(fact: Fact) -> tuple[Choice, ...]:
    return tuple(fact.choices or ())


def _answer(fact: Fact, answer: Text) -> Text:
    return Text(f"{fact.title.ja}：{answer.ja}", f"{fact.title.en}: {answer.en}")


def _joined(texts: list[Text], between: Text) -> Text:
    return Text(
        between.ja.join(text.ja for text in texts), between.en.join(text.en for text in texts)
    )


def _compared(left: Text, relation: Text, right: Text) -> Text:
    return Text(f"{left.ja}が{right.ja}{relation.ja}", f"{left.en} {relation.en} {right.en}")


def _amount(number: Number) -> Text:
    match number:
        case Quantity(fact) | CivilDay(fact) | Moment(fact):
            return fact.title
        case Constant(value, unit) | Figure(_, value, unit, _):
            return figure_text(value, unit)
    return Text("計算した値", "a computed value")


_UNITS = {
    "months": Text("{}か月", "{} months"),
    "grade": Text("第{}級", "grade {}"),
}


def figure_text(value: int, unit: str) -> Text:
    """A figure with its unit: "3か月", "180 days", "72 h"."""
    if unit in _UNITS:
        words = _UNITS[unit]
        return Text(words.ja.format(value), words.en.format(value))
    return Text(quantity_text(value, unit, "ja"), quantity_text(value, unit, "en"))
