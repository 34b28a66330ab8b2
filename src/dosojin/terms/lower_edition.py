"""Lowers an edition: its clauses, money trees and checks, in wording order."""

from __future__ import annotations

from dosojin.facts.expressions import AllOf, Number
from dosojin.terms.clauses import Clause, Role
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.lowered import (
    SEMANTICS,
    Lowered,
    LoweredBenefit,
    LoweredClause,
    LoweredNode,
)
from dosojin.terms.lowering import StepBuilder
from dosojin.terms.money_tree import (
    AllTogether,
    Deductible,
    First,
    Fixed,
    Gate,
    Graded,
    HighestOf,
    IndemnityRatio,
    Less,
    Limit,
    Lines,
    Nights,
    Node,
    Paid,
    Part,
    ProRata,
    Share,
    Sieve,
    below,
)


class EditionError(Exception):
    """The wording contradicts itself: says which place and why."""


class _EditionLowering:
    def __init__(self, edition: Edition) -> None:
        self.steps = StepBuilder()
        self.edition = edition
        self.clauses: list[LoweredClause] = []
        self.nodes: list[LoweredNode] = []
        self.by_id: dict[str, int] = {}
        self.waiting: list[tuple[int, tuple[str, ...]]] = []

    def lowered(self) -> Lowered:
        for fact in (*self.edition.facts, *self.edition.line_facts):
            self.steps.variable(fact)
        benefits = tuple(self._benefit(benefit) for benefit in self.edition.benefits)
        for node, names in self.waiting:
            self._resolve_paid(node, names)
        checks = tuple(self.steps.truth(check.test) for check in self.edition.checks)
        return Lowered(
            self.edition.id, self.edition.revision, SEMANTICS, self.steps.variables,
            tuple(self.steps.numbers), tuple(self.steps.tests), tuple(self.steps.truths),
            tuple(self.clauses), tuple(self.nodes), benefits, checks,
        )  # fmt: skip

    def _resolve_paid(self, node: int, names: tuple[str, ...]) -> None:
        missing = [name for name in names if name not in self.by_id]
        if missing:
            raise EditionError(f"{self.nodes[node].id}: paid({missing[0]!r}) names no node")
        old = self.nodes[node]
        self.nodes[node] = LoweredNode(
            old.id, old.kind, old.children, old.truth, old.numbers, old.scope, old.categories,
            tuple(self.by_id[name] for name in names), old.variable, old.opens,
        )  # fmt: skip

    def _benefit(self, benefit: Benefit) -> LoweredBenefit:
        first = len(self.nodes)
        carried = self.steps.truth(benefit.carried)
        number = len(self.clauses)
        self.clauses.append(
            LoweredClause(f"{benefit.id}.carried", Role.LIMITS.value, -1, carried, -1, ())
        )
        root = self._node(benefit.money, benefit.id, carried)
        parts = [i for i in range(first, len(self.nodes)) if self.nodes[i].kind == "part"]
        parts.sort(key=lambda i: self._first_clause(i, number))
        documents = tuple(
            (paper.id, -1 if paper.when is None else self.steps.truth(paper.when))
            for paper in benefit.documents
        )
        return LoweredBenefit(benefit.id, root, tuple(parts), carried, documents)

    def _first_clause(self, part: int, since: int) -> int:
        found = (i for i in range(since, len(self.clauses)) if self.clauses[i].part == part)
        return next(found, len(self.clauses))

    def _add(self, node: LoweredNode) -> int:
        if node.id in self.by_id:
            raise EditionError(f"two nodes are called {node.id}: give one of them an id")
        self.by_id[node.id] = len(self.nodes)
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _part(self, part: Part, carried: int) -> int:
        own = self._node(part.money, part.id, carried)
        place = len(self.nodes)
        grants = [self._clause(clause, Role.GRANTS, place) for clause in part.grants]
        excludes = [self._clause(clause, Role.EXCLUDES, place) for clause in part.excludes]
        granted = self._combined("any", [self.clauses[i].truth for i in grants])
        lifted = [self.clauses[i].lifted for i in excludes]
        covered = self._combined("all", [carried, granted, *lifted])
        opens = tuple(self.steps.variable(fact) for fact in part.opens)
        return self._add(LoweredNode(part.id, "part", (own,), truth=covered, opens=opens))

    def _combined(self, kind: str, truths: list[int]) -> int:
        return self.steps.combined(kind, truths)

    def _clause(self, clause: Clause, role: Role, place: int) -> int:
        truth = self.steps.truth(clause.test)
        restores = tuple(
            self._clause(restore, Role.RESTORES, place) for restore in clause.restored_by
        )
        lifted = -1
        if role is Role.EXCLUDES:
            fails = self.steps.truth(clause.test, negated=True)
            lifted = self._combined("any", [fails, *(self.clauses[i].truth for i in restores)])
        entry = LoweredClause(clause.id, role.value, place, truth, lifted, restores)
        self.clauses.append(entry)
        return len(self.clauses) - 1

    def _node(self, node: Node, prefix: str, carried: int) -> int:
        if isinstance(node, Part):
            return self._part(node, carried)
        children = tuple(self._node(child, prefix, carried) for child in below(node))
        id = node.id or f"{prefix}.{_shape(node)}"
        entry = self._shaped(node, id, children)
        return self._add(entry)

    def _numbers(self, *numbers: Number) -> tuple[int, ...]:
        return tuple(self.steps.bound(number) for number in numbers)

    def _shaped(self, node: Node, id: str, children: tuple[int, ...]) -> LoweredNode:
        match node:
            case Lines(categories=names, amount=amount):
                numbers = () if amount is None else self._numbers(amount)
                return LoweredNode(id, "lines", (), numbers=numbers, categories=names)
            case Fixed(amounts=amounts):
                return LoweredNode(id, "fixed", (), numbers=self._numbers(*amounts))
            case Graded():
                return self._graded(node, id)
            case Gate(condition=clause) | Sieve(keeps=clause):
                kind = "gate" if isinstance(node, Gate) else "sieve"
                index = self._clause(clause, Role.LIMITS, -1)
                truth = self.clauses[index].truth
                return LoweredNode(id, kind, children, truth=truth)
            case First(count=count, named=named):
                variable = -1 if named is None else self.steps.variable(named)
                numbers = self._numbers(count)
                return LoweredNode(id, "first", children, numbers=numbers, variable=variable)
            case Nights(count=count):
                return LoweredNode(id, "nights", children, numbers=self._numbers(count))
            case Limit():
                return self._limit(node, id, children)
            case Deductible(yen=yen, per=per):
                number = (self.steps.deduction(yen),)
                return LoweredNode(id, "deductible", children, numbers=number, scope=per)
            case Share(percent=percent):
                number = (self.steps.deduction(percent),)
                return LoweredNode(id, "share", children, numbers=number)
            case IndemnityRatio(percent=percent):
                return LoweredNode(id, "ratio", children, numbers=self._numbers(percent))
            case ProRata(part=part, whole=whole):
                return LoweredNode(id, "pro_rata", children, numbers=self._numbers(part, whole))
            case Less():
                return self._less(node, id, children)
            case HighestOf():
                return LoweredNode(id, "highest", children)
            case AllTogether():
                return LoweredNode(id, "all", children)
        raise TypeError(f"{type(node).__name__} is no money node")

    def _limit(self, node: Limit, id: str, children: tuple[int, ...]) -> LoweredNode:
        truth = -1
        if node.when is not None:
            truth = self.clauses[self._clause(node.when, Role.LIMITS, -1)].truth
        dated = -1 if node.dated is None else self.steps.variable(node.dated)
        return LoweredNode(
            id, "limit", children, truth=truth, numbers=self._numbers(node.yen),
            scope=node.per.value, variable=dated,
        )  # fmt: skip

    def _graded(self, node: Graded, id: str) -> LoweredNode:
        worst = node.percents[node.worst_grade.value - 1]
        return LoweredNode(
            id, "graded", (), truth=self.steps.truth(node.worst_only),
            numbers=self._numbers(node.sum, worst, *node.percents),
            variable=self.steps.variable(node.grades),
        )  # fmt: skip

    def _less(self, node: Less, id: str, children: tuple[int, ...]) -> LoweredNode:
        numbers = tuple(
            self.steps.deduction(amount) for amount in node.amounts if not isinstance(amount, Paid)
        )
        names = tuple(amount.node for amount in node.amounts if isinstance(amount, Paid))
        if names:
            self.waiting.append((len(self.nodes), names))
        return LoweredNode(id, "less", children, numbers=numbers)


def _shape(node: Node) -> str:
    if isinstance(node, Lines):
        return "lines_" + "_".join(node.categories)
    if isinstance(node, AllTogether) and node.children:
        return "together_" + "_".join(
            child.id.rsplit(".", 1)[-1] or _shape(child) for child in node.children
        )
    raise EditionError(f"a {type(node).__name__} needs an id")


def lower(edition: Edition) -> Lowered:
    """The lowered form of an edition; EditionError says where a wording contradicts itself."""
    return _EditionLowering(edition).lowered()


ALWAYS = AllOf(())
"""A test that holds for every claim."""
