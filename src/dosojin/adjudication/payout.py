"""The money trees of an edition, compiled once: a closure for every node, and what feeds it."""

from __future__ import annotations

from collections.abc import Iterable

from dosojin.adjudication.money_nodes import KINDS, SOURCES_WITHOUT_RECEIPTS, STATEFUL, Pay
from dosojin.adjudication.money_plan import Plan
from dosojin.adjudication.program import Compiled, Program
from dosojin.adjudication.run import EMPTY, Portion, Portions, Run
from dosojin.terms.lowered import Lowered

__all__ = ["EMPTY", "Payout", "Portion", "Portions", "Run", "STATEFUL"]


class Payout:
    """The compiled money trees of one edition.

    takes: by node, the receipt categories below it. masks: the same as bits, bit 0 for a source
    that needs no receipt. part_of: the parts above a node. gates_of: these and the gates inside
    parts, which its money still has to pass. is_told_apart: whether anything above a node asks
    which receipt money comes from.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.lowered: Lowered = program.lowered
        self.constants: list[tuple[int, int] | None] = [
            (step[1], step[1]) if step[0] == "constant" else None for step in self.lowered.numbers
        ]
        self.nights_slot = _slot_of_nights(program)
        self.gates_of = _above(self.lowered, ("part", "gate"))
        self.part_of = _above(self.lowered, ("part",))
        self.is_told_apart = _told_apart(program)
        self.takes = self._takes()
        self._bits: dict[str, int] = {}
        self.masks = self._masks()
        self.nothing = [0] * len(self.lowered.nodes)
        self.empty: list[Portions] = [EMPTY] * len(self.lowered.nodes)
        self._plans: dict[tuple[tuple[str, ...], frozenset[int], tuple[int, ...]], Plan] = {}
        self.guards = [self._guards(index) for index in range(len(self.lowered.nodes))]
        self._numbers: list[Compiled | None] = [None] * len(self.lowered.numbers)
        self._truths: list[Compiled | None] = [None] * len(self.lowered.truths)
        self.pays: list[Pay] = [
            KINDS[node.kind](self, index, node) for index, node in enumerate(self.lowered.nodes)
        ]

    def _takes(self) -> list[frozenset[str]]:
        found: list[frozenset[str]] = []
        for node in self.lowered.nodes:
            found.append(frozenset(node.categories).union(*(found[i] for i in node.children)))
        return found

    def _guards(self, index: int) -> tuple[int, ...]:
        """For deductions from receipts: truths without which none of them applies."""
        node = self.lowered.nodes[index]
        numbers = [n for n in node.numbers if self.program.number_on_line[n]]
        steps = [self.lowered.numbers[number] for number in numbers]
        if node.kind != "less" or not all(
            step[0] == "either" and self.constants[step[3]] == (0, 0) for step in steps
        ):
            return ()
        truths = tuple(step[1] for step in steps)
        return () if any(self.program.truth_on_line[truth] for truth in truths) else truths

    def _masks(self) -> list[int]:
        for category in sorted(frozenset().union(*self.takes)):
            self._bits[category] = 2 << len(self._bits)
        found: list[int] = []
        for node in self.lowered.nodes:
            mask = 1 if node.kind in SOURCES_WITHOUT_RECEIPTS else 0
            for category in node.categories:
                mask |= self._bits[category]
            for child in node.children:
                mask |= found[child]
            found.append(mask)
        return found

    def plan(
        self, categories: Iterable[str], open_parts: frozenset[int], roots: tuple[int, ...]
    ) -> Plan:
        """The nodes that money can reach in such a claim, each after those it draws on."""
        key = (tuple(categories), open_parts, roots)
        found = self._plans.get(key)
        if found is None:
            filed = 1
            for category in categories:
                filed |= self._bits.get(category, 0)
            order: dict[int, None] = {}
            for root in roots:
                self._visit(root, filed, open_parts, order)
            found = self._plans[key] = Plan(self, tuple(order))
        return found

    def _visit(
        self, index: int, filed: int, open_parts: frozenset[int], order: dict[int, None]
    ) -> None:
        node = self.lowered.nodes[index]
        closed = node.kind == "part" and index not in open_parts
        if index in order or closed or not self.masks[index] & filed:
            return
        for earlier in node.paid:
            if all(part in open_parts for part in self.part_of[earlier]):
                self._visit(earlier, filed, open_parts, order)
        for child in node.children:
            self._visit(child, filed, open_parts, order)
        order[index] = None

    def number(self, index: int) -> Compiled:
        """The compiled number step, made when it is first needed."""
        found = self._numbers[index]
        if found is None:
            found = self._numbers[index] = self.program.number(index)
        return found

    def truth(self, index: int) -> Compiled:
        """The compiled truth step, made when it is first needed."""
        found = self._truths[index]
        if found is None:
            found = self._truths[index] = self.program.truths((index,))
        return found


def _slot_of_nights(program: Program) -> int:
    variables = program.lowered.variables
    slots = (slot for i, slot in program.line_slot.items() if variables[i].name == "nights")
    return next(slots, -1)


def _told_apart(program: Program) -> list[bool]:
    nodes = program.lowered.nodes
    found = [False] * len(nodes)
    for index in reversed(range(len(nodes))):
        node = nodes[index]
        asks = (
            node.kind in ("sieve", "first", "nights")
            or node.scope in ("item", "person")
            or (node.kind == "less" and any(program.number_on_line[i] for i in node.numbers))
        )
        for child in node.children:
            found[child] = asks or found[index]
    return found


def _above(lowered: Lowered, kinds: tuple[str, ...]) -> list[tuple[int, ...]]:
    parents = {child: i for i, node in enumerate(lowered.nodes) for child in node.children}
    found: list[tuple[int, ...]] = []
    for index in range(len(lowered.nodes)):
        above: list[int] = []
        place = parents.get(index)
        while place is not None:
            if lowered.nodes[place].kind in kinds:
                above.append(place)
            place = parents.get(place)
        found.append(tuple(above))
    return found
