"""An edition with some of its figures replaced: the same wording with other numbers in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from typing import Any

from dosojin.batch.columns import AMOUNT_MAX
from dosojin.explanation.condition_words import figure_text
from dosojin.facts.expressions import Figure
from dosojin.terms.editions import Edition
from dosojin.terms.lower_edition import lower
from dosojin.terms.lowered import Lowered
from dosojin.values.problems import Problem
from dosojin.values.text import Text

OPTION = "--set"
_NEAR_MAX = 3
_LEAST = {"grade": 1}
_MOST = {"yen": AMOUNT_MAX, "percent": 100, "grade": 14, "minutes": 52_596_000, "months": 1_200}
_MOST_OF_OTHERS = 36_525
"""A hundred years in days: no wording counts further, and calendars stay within their range."""

_UNIT_WORDS: Mapping[str, tuple[str, int]] = {
    word: (unit, times)
    for unit, times, words in (
        ("yen", 1, "yen jpy 円"),
        ("days", 1, "day days 日 日間"),
        ("nights", 1, "night nights 泊"),
        ("persons", 1, "person persons 人 名"),
        ("years", 1, "year years 歳"),
        ("months", 1, "month months か月 ヶ月 カ月"),
        ("percent", 1, "percent % パーセント"),
        ("grade", 1, "grade 級"),
        ("minutes", 1, "min minute minutes 分"),
        ("minutes", 60, "h hour hours 時間"),
    )
    for word in words.split()
}
_AMOUNT = re.compile(r"([+-]?)(\d{1,3}(?:[,_]\d{3})+|\d+)(万?)\s*(\D*)")
_TEN_THOUSAND = 10_000
_CLOCK = re.compile(r"(\d+):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Replacement:
    """A figure of the wording as it stands, and the value to put in its place (same unit)."""

    figure: Figure
    value: int

    @property
    def replaced(self) -> Figure:
        """The figure with its new value; the source stays where the old one is found."""
        is_same = self.value == self.figure.value
        return self.figure if is_same else replace(self.figure, value=self.value)

    def to_json(self) -> dict[str, Any]:
        return {
            "figure": self.figure.id,
            "unit": self.figure.unit,
            "before": self.figure.value,
            "after": self.value,
            "source": self.figure.source,
        }


def read_replacements(edition: Edition, texts: Iterable[str]) -> tuple[Replacement, ...]:
    """What `--set NAME=VALUE …` asks for, in the order given.

    NAME is an id of the edition's TOML ("medical.goods_max"), or the part after the point where
    one figure alone bears it. VALUE is a whole number, with its unit if wanted: "30,000 yen",
    "6 h", "6:30". Problem for an unknown or ambiguous name, a value out of range or of another
    unit, and a figure that is set twice.
    """
    found: dict[str, Replacement] = {}
    for text in texts:
        name, _, said = text.partition("=")
        figure = _figure(edition, name.strip())
        if figure.id in found:
            raise _problem(
                "figure.twice",
                figure.id,
                Text("同じ数字が二度指定されています。", "This figure is set twice."),
                Text("どちらか一つにしてください。", "Keep one of the two."),
            )
        found[figure.id] = Replacement(figure, _value(figure, said))
    return tuple(found.values())


def replace_figures(edition: Edition, replacements: Sequence[Replacement]) -> Edition:
    """The same wording with other figures. Whatever does not read them stays the same object."""
    return _Rewriting({each.figure.id: each.replaced for each in replacements}).edition(edition)


def lower_replaced(edition: Edition, replacements: Sequence[Replacement]) -> Lowered:
    """The lowered form of the edition with other figures.

    Problem if a figure could change without any clause noticing: it was read as a plain number
    when the wording was built, so that replacing it here would promise a change and do nothing.
    """
    plain = lower(edition)
    for each in replacements:
        changes = each.value != each.figure.value
        if changes and lower(replace_figures(edition, [each])) == plain:
            raise _problem(
                "figure.unread",
                each.figure.id,
                Text("この数字を読む条文がありません。", "No clause reads this figure."),
                Text(
                    "置き換えても支払いは変わらないため、指定から外してください。",
                    "Replacing it changes no payout: leave it out.",
                ),
            )
    return lower(replace_figures(edition, replacements)) if replacements else plain


class _Rewriting:
    """Rebuilds frozen values from the inside out; what holds no replaced figure is kept as it is.

    Shared values stay shared: a fact that many clauses read is rebuilt once. Rebuilt facts still
    equal the old ones, as facts are compared by name and owner.
    """

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        self._figures = figures
        self._done: dict[int, tuple[Any, Any]] = {}

    def edition(self, edition: Edition) -> Edition:
        """The edition with every figure replaced wherever it stands."""
        rebuilt: Edition = self._rebuilt(edition)
        return rebuilt

    def _rebuilt(self, thing: Any) -> Any:
        known = self._done.get(id(thing))
        if known is None or known[0] is not thing:
            known = self._done[id(thing)] = (thing, self._rewritten(thing))
        return known[1]

    def _rewritten(self, thing: Any) -> Any:
        if isinstance(thing, Figure):
            return self._figures.get(thing.id, thing)
        if isinstance(thing, tuple):
            items = tuple(self._rebuilt(item) for item in thing)
            return thing if _are_same(items, thing) else items
        if isinstance(thing, Mapping):
            values = [self._rebuilt(value) for value in thing.values()]
            is_same = _are_same(values, list(thing.values()))
            return thing if is_same else dict(zip(thing, values, strict=True))
        if is_dataclass(thing) and not isinstance(thing, type):
            changed = {
                field.name: rebuilt
                for field in fields(thing)
                if (rebuilt := self._rebuilt(getattr(thing, field.name)))
                is not getattr(thing, field.name)
            }
            return replace(thing, **changed) if changed else thing
        return thing


def _are_same(some: Sequence[Any], others: Sequence[Any]) -> bool:
    return all(one is other for one, other in zip(some, others, strict=True))


def _figure(edition: Edition, name: str) -> Figure:
    exact = edition.figures.get(name)
    if exact is not None:
        return exact
    bearing = [id for id in edition.figures if id.rsplit(".", 1)[-1] == name]
    if len(bearing) == 1:
        return edition.figures[bearing[0]]
    if bearing:
        listed = ", ".join(bearing)
        raise _problem(
            "figure.ambiguous",
            name,
            Text("この名前の数字は複数あります。", "More than one figure bears this name."),
            Text(f"{listed} のどれかを指定してください。", f"Say which: {listed}."),
        )
    near = ", ".join(_near(edition, name))
    known = Text(
        f"一覧は dosojin show {edition.id} で確かめられます。",
        f"dosojin show {edition.id} lists the figures.",
    )
    raise _problem(
        "figure.unknown",
        name or OPTION,
        Text(
            f"{edition.id} にこの名前の数字はありません。",
            f"{edition.id} has no figure of this name.",
        ),
        Text(f"もしかすると {near} ですか。", f"Did you mean {near}?") if near else known,
    )


def _near(edition: Edition, name: str) -> list[str]:
    """Ids that are written much like it, or whose last word is."""
    ids = list(edition.figures)
    found = get_close_matches(name, ids, n=_NEAR_MAX)
    last = {id.rsplit(".", 1)[-1]: id for id in reversed(ids)}
    found += [last[word] for word in get_close_matches(name.rsplit(".", 1)[-1], list(last))]
    return list(dict.fromkeys(found))[:_NEAR_MAX]


def _value(figure: Figure, said: str) -> int:
    text = unicodedata.normalize("NFKC", said).strip().lower()
    clock = _CLOCK.fullmatch(text)
    if clock:
        return _in_range(figure, _in_unit(figure, "minutes", int(clock[1]) * 60 + int(clock[2])))
    amount = _AMOUNT.fullmatch(text)
    if amount is None:
        raise _not_a_number(figure, said)
    value = int(amount[1] + amount[2].replace("_", "").replace(",", ""))
    value *= _TEN_THOUSAND if amount[3] else 1
    word = amount[4].strip()
    if word:
        unit, times = _UNIT_WORDS.get(word, (word, 1))
        value = _in_unit(figure, unit, value * times)
    return _in_range(figure, value)


def _in_unit(figure: Figure, unit: str, value: int) -> int:
    if unit == figure.unit:
        return value
    now = figure_text(figure.value, figure.unit)
    raise _problem(
        "figure.unit",
        figure.id,
        Text(
            f"単位が違います（今の値は {now.ja}）。",
            f"It is a figure in {figure.unit} (now {now.en}), not in {unit}.",
        ),
        Text("同じ単位で指定してください。", f"Give it in {figure.unit}."),
    )


def _in_range(figure: Figure, value: int) -> int:
    least, most = _LEAST.get(figure.unit, 0), _MOST.get(figure.unit, _MOST_OF_OTHERS)
    if least <= value <= most:
        return value
    raise _problem(
        "figure.range",
        figure.id,
        Text(
            f"{value:,} は指定できる範囲にありません。",
            f"{value:,} is outside what such a figure can be.",
        ),
        Text(
            f"{least:,} から {most:,} までの整数を指定してください。",
            f"Give a whole number from {least:,} to {most:,}.",
        ),
    )


def _not_a_number(figure: Figure, said: str) -> Problem:
    example = f"{figure.id}={figure.value}"
    return _problem(
        "figure.value",
        figure.id,
        Text(
            f"「{said}」は整数として読めません。" if said else "値がありません。",
            f"{said!r} is not a whole number." if said else "It has no value.",
        ),
        Text(f"{example} のように書いてください。", f"Write it like {example}."),
    )


def _problem(code: str, name: str, message: Text, remedy: Text) -> Problem:
    return Problem(code, f"{OPTION} {name}" if name != OPTION else OPTION, message, remedy)
