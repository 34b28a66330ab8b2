"""Reading `assumptions.toml` for one edition: words become codes, names are checked.

The file is ours, so a fault in it is an `AssumptionError` for the person who edits it.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from dosojin.adjudication.catalogue import load_edition, load_lowered
from dosojin.batch.portfolio.read_events import read_event
from dosojin.batch.portfolio.read_rules import (
    AssumptionError,
    Words,
    read_rules,
    weights_of,
)
from dosojin.batch.portfolio.specs import (
    PER_MILLION,
    SAID_AMOUNTS,
    STATES,
    Assumptions,
    Endorsement,
    Knowledge,
    PolicyAssumptions,
    Table,
    TripAssumptions,
    TripKind,
    Weights,
)
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.tariff import Tariff

FILE = "assumptions.toml"
_EPOCH = date(1970, 1, 1).toordinal()
Toml = Mapping[str, Any]


@cache
def load_assumptions(product: str) -> Assumptions:
    """The assumptions for an edition whose tariff is published."""
    text = (files(__package__) / FILE).read_text(encoding="utf-8")
    return read_assumptions(tomllib.loads(text), product, digest_of(text))


def digest_of(text: str) -> str:
    """The fingerprint of the file."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def read_assumptions(toml: Toml, product: str, digest: str) -> Assumptions:
    """What the parsed file says; AssumptionError if it does not fit the edition."""
    lowered, edition = load_lowered(product), load_edition(product)
    kinds = {variable.name: variable.kind for variable in lowered.variables}
    categories = tuple(choice.value for choice in edition.categories)
    words = Words(kinds, categories)
    tables = {name: _table(name, entry) for name, entry in toml["tables"].items()}
    knowledge = _knowledge(toml["knowledge"], tables, words)
    policies = _policies(toml, tables, load_tariff(product), words)
    trip = _trip(toml["trip"], tables, words)
    groups = {name: entry for name, entry in toml["groups"].items()}
    events = tuple(
        read_event(name, entry, groups, tables, words) for name, entry in toml["events"].items()
    )
    line_rules = read_rules(toml["receipts"]["facts"], tables, words, "receipts.facts")
    stated = {fact for event in events for fact in event.rules}
    of_trips = {fact for kind in trip.kinds for fact in kind.rules} | {toml["trip"]["home_fact"]}
    of_lines = {
        fact
        for event in events
        for bill in event.bills
        for line in bill.lines
        for fact in line.rules
    } | set(line_rules)
    order = [variable.name for variable in lowered.variables]
    running = frozenset(variable.name for variable in lowered.variables if variable.may_run)
    return Assumptions(
        digest,
        policies,
        trip,
        knowledge,
        events,
        line_rules,
        words.listed(),
        tuple(name for name in order if name in stated),
        tuple(name for name in order if name in of_trips),
        tuple(name for name in order if name in of_lines),
        kinds,
        running,
        toml["trip"]["home_fact"],
    )


def _table(name: str, entry: Toml) -> Table:
    pairs = entry["quantiles"]
    positions = tuple(position for position, _ in pairs)
    rises = all(before < after for before, after in pairwise(positions))
    if positions[0] != 0 or positions[-1] != PER_MILLION or not rises:
        raise AssumptionError(f"tables.{name}: positions rise from 0 to {PER_MILLION}")
    if not entry["unit"] or not entry["why"]:
        raise AssumptionError(f"tables.{name}: unit and why are needed")
    return Table(name, entry["unit"], positions, tuple(value for _, value in pairs))


def _policies(
    toml: Toml, tables: Mapping[str, Table], tariff: Tariff, words: Words
) -> PolicyAssumptions:
    entry = toml["policies"]
    plans = [plan.id for plan in tariff.plans.values()]
    lengths = []
    for plan in tariff.plans.values():
        bands = [row.band.name for row in plan.rows]
        lengths.append(_by_place(entry["lengths"].get(plan.id, {}), bands, f"lengths.{plan.id}"))
    endorsements = tuple(
        Endorsement(
            each["chance"],
            words.code("riders", each["riders"]) if "riders" in each else -1,
            each.get("sums", {}),
            tables[each["age"]] if "age" in each else None,
        )
        for each in entry["endorsements"]
    )
    return PolicyAssumptions(
        _by_place(entry["plans"]["weights"], plans, "policies.plans"),
        tuple(lengths),
        weights_of(entry["years"]["weights"], int),
        weights_of(entry["months"]["weights"], int),
        entry["valuation_day"]["value"].toordinal() - _EPOCH,
        tables[entry["paid_before"]["table"]],
        tables[entry["age"]["table"]],
        entry["extended"]["chance"],
        frozenset(entry["extended"]["plans"]),
        endorsements,
        weights_of(toml["place_offset"]["weights"], lambda word: words.code("place_offset", word)),
    )


def _by_place(weights: Mapping[str, int], names: Sequence[str], where: str) -> Weights:
    """Weights by name as weights by place; the names must be those of the tariff."""
    if set(weights) != set(names):
        odd = ", ".join(sorted(set(weights) ^ set(names)))
        raise AssumptionError(f"{where}: the tariff has other names: {odd}")
    return Weights(tuple(range(len(names))), tuple(weights[name] for name in names))


def _trip(entry: Toml, tables: Mapping[str, Table], words: Words) -> TripAssumptions:
    kinds = []
    for number, kind in enumerate(entry["kinds"]):
        rules = read_rules(kind["facts"], tables, words, f"trip.kinds[{number}]")
        kinds.append(TripKind(tables[kind["home_days"]], rules))
    weights = tuple(kind["weight"] for kind in entry["kinds"])
    return TripAssumptions(
        tuple(kinds),
        Weights(tuple(range(len(kinds))), weights),
        tables[entry["before_days"]],
        tables[entry["after_days"]],
    )


def _knowledge(entry: Toml, tables: Mapping[str, Table], words: Words) -> Knowledge:
    amounts = entry["amounts"]
    low, high = amounts["range_percent"]
    return Knowledge(
        tables[entry["report_delay"]],
        tables[entry["settlement_delay"]],
        entry["fresh_for_days"],
        tuple(entry["unknown"][state] for state in STATES),
        {fact: words.said(fact, text) for fact, text in entry["said"].items()},
        frozenset(words.known_fact(fact) for fact in entry["left_out"]),
        tuple(weights_of(amounts[state], SAID_AMOUNTS.index) for state in STATES),
        (low, high),
        frozenset(words.code("category", word) for word in amounts["unknown_only"]),
    )
