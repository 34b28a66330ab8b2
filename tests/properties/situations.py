"""What the naive evaluator speaks of: one situation, its outcome, and the contents of a wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from dosojin.facts.declaration import Fact
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import Lines, Node, Part, below

NO_BOUND = 10**30
Value = Any
"""flag: bool · choice: word · set: frozenset of words · numbers: int · day: (ordinal, UTC minute)
· grades: tuple of ints · persons: tuple of names"""
Portion = tuple[int | None, int]
"""(receipt that the money comes from, or None once it cannot be told apart; yen)"""


def is_no_bound(yen: int) -> bool:
    return yen >= NO_BOUND // 1000


@dataclass(frozen=True, slots=True)
class Receipt:
    category: str
    amount: int
    facts: Mapping[str, Value]
    person: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything about one occurrence. used: yen that others took of a limit, by node id."""

    facts: Mapping[str, Value]
    receipts: tuple[Receipt, ...]
    claimed: frozenset[str]
    used: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BenefitOutcome:
    is_covered: bool
    yen: int
    deciding: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each claimed benefit brings; truths of clauses that read no receipt; use of limits."""

    total: int
    benefits: Mapping[str, BenefitOutcome]
    truths: Mapping[str, bool]
    consumed: Mapping[str, int]
    is_consistent: bool


# what a wording mentions --------------------------------------------------------------------


def facts_mentioned(thing: Any, found: dict[str, Fact] | None = None) -> dict[str, Fact]:
    """Every fact that is named anywhere inside, also in conditions of applicability."""
    found = {} if found is None else found
    if isinstance(thing, Fact):
        if thing.name not in found:
            found[thing.name] = thing
            facts_mentioned(thing.applies_when, found)
    elif isinstance(thing, (tuple, list)):
        for inner in thing:
            facts_mentioned(inner, found)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for entry in fields(thing):
            facts_mentioned(getattr(thing, entry.name), found)
    return found


def nodes_of(node: Node) -> Iterable[Node]:
    """The node and all below it."""
    yield node
    for child in below(node):
        yield from nodes_of(child)


def parts_of(benefit: Benefit) -> list[Part]:
    return [node for node in nodes_of(benefit.money) if isinstance(node, Part)]


def categories_of(node: Node) -> set[str]:
    return {name for one in nodes_of(node) if isinstance(one, Lines) for name in one.categories}


def claimed_parts(edition: Edition, filed: set[str], opened: set[str]) -> frozenset[str]:
    """Parts that can take a filed receipt, or of which an opening fact is stated and not no."""
    return frozenset(
        part.id
        for benefit in edition.benefits
        for part in parts_of(benefit)
        if categories_of(part) & filed or {fact.name for fact in part.opens} & opened
    )
