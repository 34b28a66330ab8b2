"""What stands inside a test, number, clause, node or edition: the walk that every check shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from dosojin.facts.declaration import Fact, Owner
from dosojin.facts.expressions import AnyLine, Expression, Figure, IsCategory, Number
from dosojin.terms.clauses import Clause, Role
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import Gate, Limit, Node, Paid, Part, Sieve, below


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause where it stands: benefit, part ("" outside any), role, the node it belongs to."""

    benefit: Benefit
    part: str
    role: Role
    clause: Clause
    node: Node


def inside(thing: Any) -> Iterator[Any]:
    """The thing and all tests, numbers, figures and facts below it; nodes below are left out."""
    yield thing
    if isinstance(thing, tuple):
        for item in thing:
            if not isinstance(item, Node):
                yield from inside(item)
    elif isinstance(thing, (Expression, Number, Clause, Node)):
        for name in _names(thing):
            value = getattr(thing, name)
            if isinstance(value, (Expression, Number, Clause, tuple, Fact, Figure, Paid)):
                yield from inside(value)


def _names(thing: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(thing))


def facts_inside(thing: Any) -> Iterator[Fact]:
    return (found for found in inside(thing) if isinstance(found, Fact))


def figures_inside(thing: Any) -> Iterator[Figure]:
    return (found for found in inside(thing) if isinstance(found, Figure))


def reads_a_receipt(test: Any) -> bool:
    """Whether its truth differs from receipt to receipt; "any receipt of …" does not."""
    if isinstance(test, AnyLine):
        return False
    if isinstance(test, IsCategory):
        return True
    if isinstance(test, Fact):
        return test.owner is Owner.LINE
    if isinstance(test, tuple):
        return any(reads_a_receipt(item) for item in test)
    if isinstance(test, (Expression, Number)):
        return any(reads_a_receipt(getattr(test, name)) for name in _names(test))
    return False


def nodes_below(node: Node) -> Iterator[Node]:
    """The node and every node that pays into it, payout first."""
    yield node
    for child in below(node):
        yield from nodes_below(child)


def nodes_in(edition: Edition) -> Iterator[tuple[Benefit, Node]]:
    for benefit in edition.benefits:
        for node in nodes_below(benefit.money):
            yield benefit, node


def clauses_in(edition: Edition) -> Iterator[Placed]:
    """Every clause in wording order, restores right after their exclusion."""
    for benefit in edition.benefits:
        yield from clauses_at(benefit, benefit.money, "")


def clauses_at(benefit: Benefit, node: Node, part: str) -> Iterator[Placed]:
    """The clauses of a node and below; `part` is the part around it."""
    if isinstance(node, Part):
        part = node.id
        for grant in node.grants:
            yield Placed(benefit, part, Role.GRANTS, grant, node)
        for exclusion in node.excludes:
            yield Placed(benefit, part, Role.EXCLUDES, exclusion, node)
            for restore in exclusion.restored_by:
                yield Placed(benefit, part, Role.RESTORES, restore, node)
    condition = condition_of(node)
    if condition is not None:
        yield Placed(benefit, part, Role.LIMITS, condition, node)
    for child in below(node):
        yield from clauses_at(benefit, child, part)


def condition_of(node: Node) -> Clause | None:
    """The clause inside a node: a gate's condition, what a sieve keeps, when a limit holds."""
    match node:
        case Gate(condition=clause) | Sieve(keeps=clause):
            return clause
        case Limit(when=when):
            return when
    return None
