"""The words of an edition as plain data: what a wording page shows and a fingerprint covers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from dosojin.facts.expressions import Expression, Figure, Number
from dosojin.terms.clauses import Clause, Role
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import Gate, Limit, Node, Part, Sieve, below
from dosojin.values.text import Text


def figures_in(thing: object) -> Iterable[Figure]:
    """The figures that a test, number, clause or node itself reads, in reading order."""
    if isinstance(thing, Figure):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from figures_in(item)
    elif isinstance(thing, Clause):
        yield from figures_in(thing.test)
    elif isinstance(thing, (Expression, Number)):
        yield from _figures_in_fields(thing, (Expression, Number, tuple))
    elif isinstance(thing, Node) and not isinstance(thing, Part):
        yield from _figures_in_fields(thing, (Expression, Number, Clause, tuple))


def _figures_in_fields(thing: Any, kinds: tuple[type, ...]) -> Iterable[Figure]:
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, kinds):
            yield from figures_in(_without_nodes(value))


def _without_nodes(value: object) -> object:
    """Children of a node have readings of their own."""
    if isinstance(value, tuple):
        return tuple(item for item in value if not isinstance(item, Node))
    return value


def grouped(number: int) -> str:
    """1000000 as 1,000,000."""
    return f"{number:,}"


def reading_of(thing: Clause | Node) -> Text:
    """The reading with its figures filled in: "{death_days}" becomes 180."""
    values = {figure.id.rsplit(".", 1)[-1]: figure for figure in figures_in(thing)}
    amounts = {name: _said(figure) for name, figure in values.items()}
    return thing.reading.filled(amounts)


def _said(figure: Figure) -> str:
    if figure.unit == "minutes" and figure.value % 60 == 0:
        return grouped(figure.value // 60)
    return grouped(figure.value)


def clauses_of(benefit: Benefit) -> Iterable[tuple[str, Role, Clause]]:
    """(part id, role, clause) in wording order, restores right after what they restore from."""
    yield from _clauses_below(benefit.money, "")


def _clauses_below(node: Node, part: str) -> Iterable[tuple[str, Role, Clause]]:
    if isinstance(node, Part):
        for grant in node.grants:
            yield node.id, Role.GRANTS, grant
        for exclusion in node.excludes:
            yield node.id, Role.EXCLUDES, exclusion
            for restore in exclusion.restored_by:
                yield node.id, Role.RESTORES, restore
        yield from _clauses_below(node.money, node.id)
        return
    if isinstance(node, Gate):
        yield part, Role.LIMITS, node.condition
    if isinstance(node, Sieve):
        yield part, Role.LIMITS, node.keeps
    if isinstance(node, Limit) and node.when is not None:
        yield part, Role.LIMITS, node.when
    for child in below(node):
        yield from _clauses_below(child, part)


def nodes_of(benefit: Benefit) -> Iterable[Node]:
    """Every node of a benefit, payout first."""
    waiting = [benefit.money]
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting[:0] = below(node)


def wording_of(edition: Edition) -> dict[str, Any]:
    """Ids, readings, sources, status and figures of a whole edition."""
    return {
        "edition": edition.id,
        "title": [edition.title.ja, edition.title.en],
        "figures": {
            id: [figure.value, figure.unit, figure.source] for id, figure in edition.figures.items()
        },
        "benefits": [_benefit_words(benefit) for benefit in edition.benefits],
    }


def _benefit_words(benefit: Benefit) -> dict[str, Any]:
    return {
        "id": benefit.id,
        "title": [benefit.title.ja, benefit.title.en],
        "source": benefit.source,
        "clauses": [
            [part, role.value, clause.id, clause.reading.ja, clause.reading.en, clause.source,
             clause.status.value]
            for part, role, clause in clauses_of(benefit)
        ],
        "nodes": [
            [node.id, type(node).__name__, node.reading.ja, node.reading.en, node.source]
            for node in nodes_of(benefit)
        ],
    }  # fmt: skip
