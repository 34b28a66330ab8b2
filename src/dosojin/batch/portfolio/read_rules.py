"""How facts are drawn, read from the notation of `assumptions.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dosojin.batch.layout.tables import SAID
from dosojin.batch.portfolio.specs import (
    WHEN,
    Case,
    Condition,
    How,
    Rule,
    Table,
    Weights,
)

Toml = Mapping[str, Any]
NUMBERS = ("count", "yen", "duration", "day")
_KEYS = {
    "if", "unless", "weights", "yes", "table", "day", "plus", "not_before", "percent", "of",
    "said", "on_trip",
}  # fmt: skip


class AssumptionError(ValueError):
    """The assumptions contradict themselves or the edition; the message names the place."""


class Words:
    """The words of every text column, numbered as they first come; checks names on the way."""

    def __init__(self, kinds: Mapping[str, str], categories: Sequence[str]) -> None:
        self._kinds = kinds
        self._words: dict[str, dict[str, int]] = {}
        for category in categories:
            self._numbered("category", category)
        self._is_complete = {"category"}

    def known_fact(self, fact: str) -> str:
        """The fact's name; AssumptionError if the edition has no such fact."""
        if fact not in self._kinds:
            raise AssumptionError(f"{fact}: the edition has no such fact")
        return fact

    def kind(self, fact: str) -> str:
        return self._kinds[self.known_fact(fact)]

    def code(self, fact: str, word: str) -> int:
        """The number of a word; −1 for "": nothing said."""
        if not word:
            return -1
        if fact in self._is_complete and word not in self._words[fact]:
            raise AssumptionError(f"{fact}: there is no {word!r}")
        return self._numbered(fact, word)

    def said(self, fact: str, word: str) -> int:
        """The number of a word said in place of a fact: in NAME_said, or in the column itself."""
        kind = self.kind(fact)
        if kind == "flag":
            self._flag_words(fact)
        return self.code(f"{fact}{SAID}" if kind in NUMBERS else fact, word)

    def _flag_words(self, fact: str) -> None:
        """A flag that may be said unknown is a text: its words have the codes of no and yes."""
        self._numbered(fact, "no")
        self._numbered(fact, "yes")

    def _numbered(self, column: str, word: str) -> int:
        numbers = self._words.setdefault(column, {})
        return numbers.setdefault(word, len(numbers))

    def listed(self) -> dict[str, tuple[str, ...]]:
        """By column, its words in the order of their numbers."""
        return {column: tuple(numbers) for column, numbers in self._words.items()}


def weights_of(weights: Mapping[str, int], code: Callable[[str], int]) -> Weights:
    """Weights by word, the words as codes."""
    kept = {word: weight for word, weight in weights.items() if weight > 0}
    if not kept:
        raise AssumptionError("a choice needs a weight above 0")
    return Weights(tuple(code(word) for word in kept), tuple(kept.values()))


def read_rules(
    entries: Toml, tables: Mapping[str, Table], words: Words, where: str
) -> dict[str, Rule]:
    """Rules by fact, in the order of the file."""
    return {fact: _rule(fact, raw, tables, words, where) for fact, raw in entries.items()}


def _rule(fact: str, raw: Any, tables: Mapping[str, Table], words: Words, where: str) -> Rule:
    kind = words.kind(fact)
    cases = raw if isinstance(raw, list) else [raw]
    return Rule(
        fact, tuple(_case(fact, kind, each, tables, words, f"{where}.{fact}") for each in cases)
    )


def _case(
    fact: str, kind: str, raw: Any, tables: Mapping[str, Table], words: Words, where: str
) -> Case:
    if not isinstance(raw, Mapping):
        return Case(How.CODE, code=_code(fact, kind, raw, words))
    if odd := set(raw) - _KEYS:
        raise AssumptionError(f"{where}: {', '.join(sorted(odd))} is not in the notation")
    conditions = read_conditions(raw)
    if "weights" in raw:
        choice = weights_of(raw["weights"], lambda word: words.code(fact, word))
        return Case(How.WEIGHTS, conditions, weights=choice)
    if "yes" in raw:
        return Case(How.CHANCE, conditions, chance=raw["yes"])
    if "on_trip" in raw:
        return Case(How.ON_TRIP, conditions)
    if "day" in raw:
        return day_case(raw, tables)
    said = tuple((words.said(fact, word), chance) for word, chance in raw.get("said", {}).items())
    if "percent" in raw:
        base = raw.get("of", "amount")
        return Case(How.PERCENT, conditions, table=tables[raw["percent"]], base=base, said=said)
    if "table" not in raw:
        raise AssumptionError(f"{where}: nothing says how to draw it")
    return Case(How.TABLE, conditions, table=tables[raw["table"]], said=said)


def _code(fact: str, kind: str, raw: Any, words: Words) -> int:
    if kind == "flag":
        return 1 if raw else 0
    return raw if isinstance(raw, int) else words.code(fact, raw)


def day_case(raw: Toml, tables: Mapping[str, Table]) -> Case:
    """A day: another one and so many days more."""
    return Case(
        How.DAY,
        read_conditions(raw),
        table=tables[raw["plus"]] if "plus" in raw else None,
        base=raw["day"],
        not_before=raw.get("not_before", ""),
    )


def read_conditions(raw: Toml) -> tuple[Condition, ...]:
    """All of `if` and none of `unless`."""
    found = []
    for key, holds in (("if", True), ("unless", False)):
        for fact, listed in raw.get(key, {}).items():
            found.append(Condition(fact, tuple(listed), holds))
    return tuple(found)


def moment_code(words: Words, word: str, moments: Sequence[str]) -> int:
    """The number of a word for where an event falls."""
    if word not in moments:
        raise AssumptionError(f"{WHEN}: there is no {word!r}")
    return words.code(WHEN, word)
