"""The kinds of events in `assumptions.toml`, with their facts and bills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dosojin.batch.portfolio.read_rules import (
    AssumptionError,
    Toml,
    Words,
    day_case,
    moment_code,
    read_conditions,
    read_rules,
    weights_of,
)
from dosojin.batch.portfolio.specs import (
    MOMENTS,
    PER_MILLION,
    Bill,
    BillLine,
    Event,
    Rule,
    Table,
    Weights,
)

_LINE_KEYS = ("category", "amount", "chance")


def read_event(
    name: str, entry: Toml, groups: Mapping[str, Toml], tables: Mapping[str, Table], words: Words
) -> Event:
    """One kind of event; the facts of its groups first, then its own in their place."""
    rules: dict[str, Rule] = {}
    for group in entry.get("groups", ()):
        rules |= read_rules(groups[group], tables, words, f"groups.{group}")
    rules |= read_rules(entry.get("facts", {}), tables, words, f"events.{name}")
    if not entry["why"] or ("per_trip" in entry) == ("per_day" in entry):
        raise AssumptionError(f"events.{name}: why, and either per_trip or per_day, are needed")
    moments = entry.get("when", {"weights": {"on_trip": 1}})["weights"]
    return Event(
        name,
        entry.get("benefit", ""),
        entry.get("without_cover", PER_MILLION),
        entry.get("per_trip", 0),
        entry.get("per_day", 0),
        entry.get("again", 0),
        weights_of(moments, lambda word: moment_code(words, word, MOMENTS)),
        rules,
        tuple(_bill(name, each, tables, words) for each in entry.get("bills", ())),
    )


def _bill(event: str, entry: Toml, tables: Mapping[str, Table], words: Words) -> Bill:
    copies = entry.get("copies", {"weights": {"1": 1}})["weights"]
    return Bill(
        entry.get("chance", PER_MILLION),
        weights_of(copies, int),
        read_conditions(entry),
        day_case(entry["on"], tables),
        tuple(words.code("person", name) for name in entry.get("person", ())),
        tuple(words.code("item", name) for name in entry.get("item", ())),
        tuple(_line(event, line, tables, words) for line in entry["lines"]),
    )


def _line(event: str, entry: Toml, tables: Mapping[str, Table], words: Words) -> BillLine:
    facts = {name: raw for name, raw in entry.items() if name not in _LINE_KEYS}
    return BillLine(
        _categories(entry["category"], words),
        tables[entry["amount"]],
        entry.get("chance", PER_MILLION),
        read_rules(facts, tables, words, f"events.{event}.bills"),
    )


def _categories(raw: Any, words: Words) -> Weights:
    if isinstance(raw, str):
        return Weights((words.code("category", raw),), (1,))
    return weights_of(raw["weights"], lambda word: words.code("category", word))
