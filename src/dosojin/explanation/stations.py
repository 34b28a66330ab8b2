"""The money tree of one decision, balanced: what enters each station, what leaves, what is lost.

A decision shows every node as if it stood alone. Here a receipt that two parts could take enters
once, at the part that pays it, and the roots end at the payout of the decision, in both planes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dosojin.adjudication.decision import Decision, FlowNode
from dosojin.adjudication.read_claim import Claim
from dosojin.explanation.amounts import without_bound
from dosojin.values.money import NOTHING, UNBOUNDED, is_unbounded

LO, HI = 0, 1
Pair = tuple[int, int]
"""Yen in the certain plane and in the possible plane; UNBOUNDED for no bound."""


def added(amounts: Iterable[int]) -> int:
    """A sum that stays UNBOUNDED once anything in it is."""
    total = sum(amounts)
    return UNBOUNDED if is_unbounded(total) else total


def taken(into: int, out: int) -> int:
    """What a station keeps back; nothing if what leaves has no bound."""
    if is_unbounded(into):
        return 0 if is_unbounded(out) else UNBOUNDED
    return into - out


class Station:
    """A node with money in it. `shares`: yen by receipt, at a source of receipts."""

    def __init__(self, node: FlowNode, benefit: str, children: list[Station]) -> None:
        self.id = node.id
        self.kind = node.kind
        self.cites = node.cites
        self.benefit = benefit
        self.children = children
        self.lines = node.lines
        self.shares: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.own: Pair = (node.into.lo, without_bound(node.into.hi))
        self.most: list[int] = [node.out.lo, without_bound(node.out.hi)]
        self.into: list[int] = [0, 0]
        self.out: list[int] = [0, 0]

    @property
    def is_source(self) -> bool:
        return not self.children

    def lost(self, plane: int) -> int:
        """Yen that stop here, in one plane."""
        return taken(self.into[plane], self.out[plane])

    @property
    def takes_money(self) -> bool:
        return bool(self.lost(LO) or self.lost(HI))

    def settle(self, plane: int) -> int:
        """Works out this station from below and gives what leaves it."""
        if self.lines:
            self.into[plane] = added(self.shares[plane].values())
        elif self.is_source:
            self.into[plane] = self.own[plane]
        else:
            self.into[plane] = added(child.settle(plane) for child in self.children)
        self.out[plane] = min(self.most[plane], self.into[plane])
        return self.out[plane]

    def below(self) -> Iterable[Station]:
        """This station and all below it, payout first."""
        yield self
        for child in self.children:
            yield from child.below()

    def yield_more(self, plane: int, wanted: int) -> int:
        """Lets up to `wanted` more yen pass, where the possible plane lets them; gives how many."""
        spare = max(self.lost(plane) - self.lost(HI), 0)
        passed = min(wanted, spare)
        for child in self.children:
            if passed < wanted:
                passed += child.yield_more(plane, wanted - passed)
        self.most[plane] += passed
        return passed


class Stations:
    """All stations of a decision. `roots`: one for each claimed benefit, by benefit id.

    either_or: yen of the possible plane that cannot be paid at the same time as the rest.
    """

    def __init__(self, decision: Decision, claim: Claim) -> None:
        self.claim = claim
        self.payable: Pair = (decision.payable.lo, without_bound(decision.payable.hi))
        self.open_parts = self._open_parts()
        self.roots: dict[str, Station] = {}
        for benefit in decision.benefits:
            by_id = {node.id: node for node in benefit.flow}
            root = self._station(by_id, self._root(benefit.id), benefit.id)
            if root is not None:
                self.roots[benefit.id] = root
        self._enter_receipts()
        for plane in (HI, LO):
            self._share_out(plane)
        shortfall = self.payable[LO] - self._arriving(LO)
        for station in self.roots.values():
            if shortfall > 0:
                shortfall -= station.yield_more(LO, shortfall)
        self._arriving(LO)
        self.either_or = taken(self._arriving(HI), self.payable[HI])

    def _open_parts(self) -> frozenset[str]:
        evaluator = self.claim.evaluator
        nodes = evaluator.lowered.nodes
        return frozenset(nodes[i].id for i in evaluator.open_parts(self.claim.case))

    def _root(self, benefit: str) -> int:
        return next(b.root for b in self.claim.evaluator.lowered.benefits if b.id == benefit)

    def _station(self, by_id: Mapping[str, FlowNode], index: int, benefit: str) -> Station | None:
        """A node and all below it; a node that nothing reached stands if money stopped below."""
        node = self.claim.evaluator.lowered.nodes[index]
        if node.kind == "part" and node.id not in self.open_parts:
            return None
        below = [self._station(by_id, child, benefit) for child in node.children]
        children = [station for station in below if station is not None]
        found = by_id.get(node.id)
        if found is None and children:
            found = FlowNode(node.id, node.kind, NOTHING, NOTHING, (), (), node.id)
        return None if found is None else Station(found, benefit, children)

    def _enter_receipts(self) -> None:
        for station in self.all():
            for line in station.lines:
                state = self.claim.case.lines[line]
                station.shares[LO][line] = state.lo
                station.shares[HI][line] = min(state.hi, UNBOUNDED)

    def all(self) -> Iterable[Station]:
        """Every station, benefit by benefit in wording order."""
        for root in self.roots.values():
            yield from root.below()

    def takers(self, line: int) -> list[Station]:
        """The sources that a receipt enters, in wording order."""
        return [station for station in self.all() if line in station.shares[HI]]

    def _arriving(self, plane: int) -> int:
        return added([root.settle(plane) for root in self.roots.values()])

    def _share_out(self, plane: int) -> None:
        """A receipt that several sources list enters only once in all."""
        arriving = self._arriving(plane)
        floor = min(self.payable[HI], arriving) if plane == HI else arriving
        pays = {part for root in self.roots.values() for part in _paying(root, plane)}
        above = {s.id: part for root in self.roots.values() for s, part in _with_part(root, "")}
        for line in range(len(self.claim.case.lines)):
            sources = self.takers(line)
            spare = len(sources) - 1
            if spare < 1:
                continue
            last_first = list(reversed(sources))
            last_first.sort(key=lambda source: above[source.id] in pays)
            amount = sources[0].shares[plane][line]
            left = added([amount] * spare)
            for source in last_first:
                if left > 0:
                    left -= self._withdraw(source, line, plane, min(amount, left), floor)

    def _withdraw(self, source: Station, line: int, plane: int, yen: int, floor: int) -> int:
        """Takes a receipt out of a source, as far as the payout bears it; gives the yen taken."""
        whole = source.shares[plane][line]
        source.shares[plane][line] = whole - yen
        missing = max(floor - self._arriving(plane), 0)
        if missing:
            source.shares[plane][line] = min(whole, whole - yen + missing)
        return whole - source.shares[plane][line]


def _paying(station: Station, plane: int) -> Iterable[str]:
    for each in station.below():
        if each.kind == "part" and each.out[plane]:
            yield each.id


def _with_part(station: Station, part: str) -> Iterable[tuple[Station, str]]:
    part = station.id if station.kind == "part" else part
    yield station, part
    for child in station.children:
        yield from _with_part(child, part)
