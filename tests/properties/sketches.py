"""A random case in few words, for the report of a failed property."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import Constant, Expression, Figure, Number
from dosojin.terms.clauses import Clause
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import Node, Paid
from dosojin.values.text import Text
from tests.properties.claims import Filing


def sketch(thing: Any) -> str:
    """Any piece of a wording, with facts by name and texts left out."""
    if isinstance(thing, Fact):
        return thing.name
    if isinstance(thing, (Figure, Constant)):
        return str(thing.value)
    if isinstance(thing, Enum):
        return str(thing.value)
    if isinstance(thing, (tuple, list)):
        return "[" + ", ".join(map(sketch, thing)) + "]"
    if isinstance(thing, Clause):
        restores = f" restored by {sketch(thing.restored_by)}" if thing.restored_by else ""
        return f"{thing.id}: {sketch(thing.test)}{restores}"
    if is_dataclass(thing) and isinstance(thing, (Expression, Number, Node, Paid)):
        skipped = ("reading", "source", "percents")
        inner = [getattr(thing, one.name) for one in fields(thing) if one.name not in skipped]
        return f"{type(thing).__name__}({', '.join(map(sketch, inner))})"
    return "" if isinstance(thing, Text) else repr(thing)


class Case:
    """A wording and a claim on it. (No dataclass: Hypothesis would print every field of it.)"""

    def __init__(self, edition: Edition, filing: Filing) -> None:
        self.edition = edition
        self.filing = filing

    def __repr__(self) -> str:
        benefits = "\n".join(
            f"  {one.id} carried {sketch(one.carried)}\n    {sketch(one.money)}"
            for one in self.edition.benefits
        )
        checks = [sketch(check.test) for check in self.edition.checks]
        said = {name: one.raw for name, one in self.filing.facts.items() if one.is_open}
        return f"\n{benefits}\n  checks {checks}\n  {self.filing.raw()}\n  open {said}\n"
