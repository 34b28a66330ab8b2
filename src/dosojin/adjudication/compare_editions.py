"""Compares two editions: which clauses, nodes and figures differ, and in what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dosojin.adjudication.clause_firing import FiringClauses, firing_clauses
from dosojin.adjudication.unfolded import Unfolded
from dosojin.facts.expressions import Figure
from dosojin.terms.editions import Edition
from dosojin.terms.lint.contents import Placed, figures_inside, nodes_in
from dosojin.terms.lowered import LoweredNode
from dosojin.terms.money_tree import AllTogether, Gate, Lines, Node, Sieve
from dosojin.terms.wording import reading_of
from dosojin.values.text import Text


class Kind(StrEnum):
    BENEFIT = "benefit"
    CLAUSE = "clause"
    NODE = "node"
    FIGURE = "figure"


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Aspect(StrEnum):
    """In what two clauses or nodes of the same id differ."""

    TEST = "test"
    """what it looks at"""
    FIGURE = "figure"
    """the same test or amount with another figure"""
    READING = "reading"
    ROLE = "role"
    RESTORES = "restores"
    """the clauses that lift this exclusion"""
    STATUS = "status"
    AMOUNT = "amount"
    """what a node does: kind, scope, receipts, amounts"""
    PLACE = "place"
    """the node above it"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `before`, `after`: the reading, or value, unit of a figure; None if absent.

    reads: ids of the clauses and nodes in which it can show (a figure's readers, or itself).
    """

    kind: Kind
    id: str
    benefit: str
    change: Change
    aspects: tuple[Aspect, ...]
    before: Text | None
    after: Text | None
    reads: tuple[str, ...]

    @property
    def is_words_only(self) -> bool:
        """No claim can be decided otherwise because of it."""
        return bool(self.aspects) and set(self.aspects) <= {Aspect.READING, Aspect.STATUS}


class _Side:
    """One edition, ready to be compared."""

    def __init__(self, edition: Edition, clauses: FiringClauses) -> None:
        self.edition = edition
        self.lowered = clauses.lowered
        self.steps = Unfolded(clauses.lowered, without_figures=False)
        self.shapes = Unfolded(clauses.lowered, without_figures=True)
        self.truths = clauses.truths
        self.clauses: dict[str, Placed] = {}
        for entry in clauses.placed:
            self.clauses.setdefault(entry.clause.id, entry)
        self.nodes: dict[str, tuple[str, Node]] = {
            node.id: (benefit.id, node)
            for benefit, node in nodes_in(edition)
            if node.id and not isinstance(node, (AllTogether, Gate, Sieve))
        }
        self.lowered_nodes = {node.id: node for node in self.lowered.nodes}
        self.above = dict(self._above())
        self.benefits = {benefit.id: benefit for benefit in edition.benefits}

    def _above(self) -> Iterator[tuple[str, str]]:
        """For every node the next one above that does something with money."""
        nodes = self.lowered.nodes
        parents = {child: i for i, node in enumerate(nodes) for child in node.children}
        for index, node in enumerate(nodes):
            place = parents.get(index)
            while place is not None and nodes[place].kind == "all":
                place = parents.get(place)
            yield node.id, "" if place is None else nodes[place].id

    def readers(self, figure: str) -> tuple[str, ...]:
        """Ids of the clauses and nodes that read a figure."""
        found: dict[str, None] = {}
        for id, entry in self.clauses.items():
            if any(read.id == figure for read in figures_inside(entry.clause.test)):
                found[id] = None
        for _, node in nodes_in(self.edition):
            if any(read.id == figure for read in figures_inside(node)):
                found[node.id] = None
        return tuple(found)


def compare_editions(before: str, after: str) -> tuple[Difference, ...]:
    """Every difference between two editions, benefit by benefit in wording order."""
    from dosojin.adjudication.catalogue import load_edition

    old = _Side(load_edition(before), firing_clauses(before))
    new = _Side(load_edition(after), firing_clauses(after))
    found = [*_benefits(old, new), *_clauses(old, new), *_nodes(old, new), *_figures(old, new)]
    order = {id: place for place, id in enumerate(dict.fromkeys([*new.benefits, *old.benefits]))}
    return tuple(sorted(found, key=lambda each: order.get(each.benefit, len(order))))


def _change(is_old: bool, is_new: bool) -> Change:
    if is_old and is_new:
        return Change.CHANGED
    return Change.REMOVED if is_old else Change.ADDED


def _ids(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    yield from dict.fromkeys([*new, *old])


def _benefits(old: _Side, new: _Side) -> Iterator[Difference]:
    for id in _ids(old.benefits, new.benefits):
        one, other = old.benefits.get(id), new.benefits.get(id)
        if one is not None and other is not None:
            continue
        found = (None if one is None else one.title, None if other is None else other.title)
        change = _change(one is not None, other is not None)
        side = old if other is None else new
        reads = tuple(key for key, entry in side.clauses.items() if entry.benefit.id == id)
        yield Difference(Kind.BENEFIT, id, id, change, (), *found, reads)


def _clauses(old: _Side, new: _Side) -> Iterator[Difference]:
    for id in _ids(old.clauses, new.clauses):
        one, other = old.clauses.get(id), new.clauses.get(id)
        aspects: tuple[Aspect, ...] = ()
        if one is not None and other is not None:
            aspects = tuple(_clause_aspects(old, new, one, other))
            if not aspects:
                continue
        change = _change(one is not None, other is not None)
        benefit = (other or one).benefit.id  # type: ignore[union-attr]
        reads = (id, *_restores_of_one_only(one, other))
        yield Difference(
            Kind.CLAUSE, id, benefit, change, aspects, _reading(one), _reading(other), reads
        )


def _restores_of_one_only(one: Placed | None, other: Placed | None) -> tuple[str, ...]:
    if one is None or other is None:
        return ()
    return tuple(sorted(set(_restores(one)) ^ set(_restores(other))))


def _reading(entry: Placed | None) -> Text | None:
    return None if entry is None else reading_of(entry.clause)


def _clause_aspects(old: _Side, new: _Side, one: Placed, other: Placed) -> Iterator[Aspect]:
    was, now = old.truths[one.clause.id], new.truths[other.clause.id]
    if old.steps.truth(was) != new.steps.truth(now):
        is_same_shape = old.shapes.truth(was) == new.shapes.truth(now)
        yield Aspect.FIGURE if is_same_shape else Aspect.TEST
    if reading_of(one.clause) != reading_of(other.clause):
        yield Aspect.READING
    if one.role is not other.role:
        yield Aspect.ROLE
    if _restores(one) != _restores(other):
        yield Aspect.RESTORES
    if one.clause.status is not other.clause.status:
        yield Aspect.STATUS


def _restores(entry: Placed) -> tuple[str, ...]:
    return tuple(restore.id for restore in entry.clause.restored_by)


def _nodes(old: _Side, new: _Side) -> Iterator[Difference]:
    for id in _ids(old.nodes, new.nodes):
        one, other = old.nodes.get(id), new.nodes.get(id)
        aspects: tuple[Aspect, ...] = ()
        if one is not None and other is not None:
            aspects = tuple(_node_aspects(old, new, one[1], other[1]))
            if not aspects:
                continue
        change = _change(one is not None, other is not None)
        before = None if one is None else _node_text(old.edition, one[1])
        after = None if other is None else _node_text(new.edition, other[1])
        benefit = other[0] if other is not None else one[0] if one is not None else ""
        yield Difference(Kind.NODE, id, benefit, change, aspects, before, after, (id,))


def _node_text(edition: Edition, node: Node) -> Text:
    """The reading of a node; receipts without one are named by their categories."""
    reading = reading_of(node)
    if reading.en or not isinstance(node, Lines):
        return reading
    titles = [edition.categories(name).title for name in node.categories]
    return Text("、".join(t.ja for t in titles), "; ".join(t.en for t in titles))


def _node_aspects(old: _Side, new: _Side, one: Node, other: Node) -> Iterator[Aspect]:
    was, now = old.lowered_nodes[one.id], new.lowered_nodes[other.id]
    if old.steps.node(was) != new.steps.node(now):
        is_same_shape = old.shapes.node(was) == new.shapes.node(now)
        yield Aspect.FIGURE if is_same_shape else Aspect.AMOUNT
    if reading_of(one) != reading_of(other):
        yield Aspect.READING
    if _moved(old, new, was):
        yield Aspect.PLACE


def _moved(old: _Side, new: _Side, node: LoweredNode) -> bool:
    """Whether it stands elsewhere, under a node that both editions have."""
    was, now = old.above[node.id], new.above[node.id]
    return was != now and was in new.lowered_nodes and now in old.lowered_nodes


def _figures(old: _Side, new: _Side) -> Iterator[Difference]:
    for id in _ids(old.edition.figures, new.edition.figures):
        one, other = old.edition.figures.get(id), new.edition.figures.get(id)
        if _said(one) == _said(other):
            continue
        reads = tuple(dict.fromkeys([*old.readers(id), *new.readers(id)]))
        change = _change(one is not None, other is not None)
        yield Difference(
            Kind.FIGURE, id, _benefit_of(old, new, reads), change, (), _said(one), _said(other),
            reads,
        )  # fmt: skip


def _benefit_of(old: _Side, new: _Side, reads: tuple[str, ...]) -> str:
    for side in (new, old):
        for id in reads:
            if id in side.clauses:
                return side.clauses[id].benefit.id
            if id in side.nodes:
                return side.nodes[id][0]
    return ""


def _said(figure: Figure | None) -> Text | None:
    if figure is None:
        return None
    text = f"{figure.value:,} {figure.unit}"
    return Text(text, text)
