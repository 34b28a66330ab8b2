"""The lowered form of an edition: flat tuples that every evaluator reads, and nothing else does.

Numbers, tests and truths are numbered steps that only refer to earlier ones. Negation has been
pushed down to the tests, so truths combine by AND and OR alone. A step that reads a receipt line
is marked `line`. The form is plain data: it is hashed, kept for issued revisions, and compiled to
columns by the batch engine.

numbers  ("constant", value) · ("quantity" | "day" | "moment", variable) · ("start_in_japan" |
         "day_in_japan", number) · ("months_on", number, months) · ("sum" | "difference", a, b) ·
         ("least" | "greatest", (a, …)) · ("either", truth, then, otherwise)
tests    ("flag", variable) · ("choice", variable, mask) · ("has", variable, bit) ·
         ("compare", relation, a, b) · ("category", (name, …))
truths   ("test", t) · ("not_test", t) · ("all", (a, …)) · ("any", (a, …)) ·
         ("any_line", (category, …), truth) · ("every_line", (category, …), truth)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from dosojin.values.canonical import digest

Step = tuple[Any, ...]
SEMANTICS = 1
"""Counts changes of what a step or node means; decisions name the version they were made with."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact as evaluators see it. `choices` are the words of a choice list, in order.

    `applies` is the truth step that says whether it applies (−1: always).
    """

    name: str
    owner: str
    kind: str
    unit: str
    choices: tuple[str, ...]
    least: int | None
    most: int | None
    may_run: bool
    utc_offset: int | None
    medical: bool
    applies: int


@dataclass(frozen=True, slots=True)
class LoweredClause:
    """A clause and its place: role, the part it targets (−1: a node inside), truth step.

    `restores` lists the clauses (indices) that lift this exclusion; `lifted` is the truth that no
    exclusion stands here: NOT test OR any restore.
    """

    id: str
    role: str
    part: int
    truth: int
    lifted: int
    restores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LoweredNode:
    """A money node: kind, children before it, its truth and number steps, scope, categories."""

    id: str
    kind: str
    children: tuple[int, ...]
    truth: int = -1
    numbers: tuple[int, ...] = ()
    scope: str = ""
    categories: tuple[str, ...] = ()
    paid: tuple[int, ...] = ()
    variable: int = -1
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LoweredBenefit:
    """A benefit: its root node, its parts (node indices, wording order), when it is carried.

    documents: (id, truth) of the papers it needs; −1: always.
    """

    id: str
    root: int
    parts: tuple[int, ...]
    carried: int
    documents: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Lowered:
    """A whole edition, ready for an evaluator. `checks` are truth steps that must not be NO."""

    edition: str
    revision: int
    semantics: int
    variables: tuple[Variable, ...]
    numbers: tuple[Step, ...]
    tests: tuple[Step, ...]
    truths: tuple[Step, ...]
    clauses: tuple[LoweredClause, ...]
    nodes: tuple[LoweredNode, ...]
    benefits: tuple[LoweredBenefit, ...]
    checks: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def digest(self) -> str:
        return digest(self.to_json())


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, (list, tuple)) else value


def _rebuilt(kind: type[Any], entry: Mapping[str, Any]) -> Any:
    return kind(**{field.name: _tuples(entry[field.name]) for field in fields(kind)})


def lowered_from_json(stored: Mapping[str, Any]) -> Lowered:
    """The lowered form that was kept as data; what `to_json` wrote, with lists for tuples."""
    parts: dict[str, type[Any]] = {
        "variables": Variable,
        "clauses": LoweredClause,
        "nodes": LoweredNode,
        "benefits": LoweredBenefit,
    }
    values: dict[str, Any] = {}
    for field in fields(Lowered):
        stored_value = stored[field.name]
        kind = parts.get(field.name)
        values[field.name] = (
            tuple(_rebuilt(kind, entry) for entry in stored_value)
            if kind
            else _tuples(stored_value)
        )
    return Lowered(**values)
