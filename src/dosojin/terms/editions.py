"""Benefits and editions: a whole issued wording as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dosojin.facts.declaration import Check, Choice, Fact
from dosojin.facts.expressions import Expression, Figure
from dosojin.terms.money_tree import Node
from dosojin.values.text import Text


class RiderEffect(StrEnum):
    """What a rider does to the cover: a widening one never lowers what is paid in all."""

    WIDENS = "widens"
    NARROWS = "narrows"


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that a benefit needs; `when` narrows it to claims where it matters."""

    id: str
    title: Text
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Benefit:
    """One kind of payment of the wording.

    carried: whether the certificate carries it (its sum insured is at least 1 yen, a rider is set).
    money: the tree, whose gated subtrees are Parts. documents: ids of papers to ask for.
    """

    id: str
    title: Text
    source: str
    carried: Expression
    money: Node
    documents: tuple[Document, ...] = ()


class Figures:
    """The figures of one section of an edition's TOML, by attribute; "common" as a fallback."""

    def __init__(self, section: str, table: Mapping[str, Figure]) -> None:
        self._section = section
        self._table = table

    def __getattr__(self, name: str) -> Figure:
        for section in (self._section, "common"):
            found = self._table.get(f"{section}.{name}")
            if found is not None:
                return found
        raise AttributeError(f"no figure {self._section}.{name} in the edition's TOML")

    def has(self, name: str) -> bool:
        """Whether this edition has the figure: a variation between editions."""
        return f"{self._section}.{name}" in self._table


def figures_of(toml: Mapping[str, Any]) -> dict[str, Figure]:
    """All figures of an edition's parsed TOML, by id "section.name"."""
    found: dict[str, Figure] = {}
    for section, entries in toml.get("figures", {}).items():
        for name, entry in entries.items():
            id = f"{section}.{name}"
            found[id] = Figure(id, entry["value"], entry["unit"], entry["source"])
    return found


@dataclass(frozen=True, slots=True)
class Edition:
    """An issued wording: identity, facts it reads, benefits in wording order, input checks.

    revision counts bug fixes of the modelling; an issued revision never changes its meaning.
    categories: the receipt categories with titles. proofs: titles of the papers facts name.
    """

    id: str
    revision: int
    title: Text
    family: str
    facts: tuple[Fact, ...]
    line_facts: tuple[Fact, ...]
    categories: type[Choice]
    benefits: tuple[Benefit, ...]
    checks: tuple[Check, ...]
    figures: Mapping[str, Figure]
    proofs: type[Choice]
    sums: Mapping[str, Fact]
    policy_start: Fact
    policy_end: Fact
    riders: Fact
    rider_effects: Mapping[str, RiderEffect] = field(default_factory=dict)
