"""Split bounds: the payout over every consistent combination of what can still be learnt.

A fact that pushes the payout one way only stays as it is: the plain pass already puts it at its
worst and best end. A mixed one is cut into cells. All combinations are evaluated at once: the
truth of a test in N combinations is one integer of 2N bits, must below may, so AND and OR are
`&` and `|` as for a single claim. Money is then worked out once for every distinct pattern of
gates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from dosojin.adjudication.case import Case, Known
from dosojin.adjudication.completions import (
    BOTH,
    Key,
    OpenFact,
    OpenFacts,
    breakpoints,
    is_decided,
    narrowed,
)
from dosojin.adjudication.evaluation import Evaluator, Unit
from dosojin.adjudication.money_plan import Plan
from dosojin.adjudication.payout import STATEFUL
from dosojin.adjudication.run import Run

COMBINATIONS_MAX = 4096
Bounds = tuple[int, int]
Numbers = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Axis:
    """A mixed fact and the cells it is cut into; `stride` places it among the combinations."""

    key: Key
    cells: tuple[Any, ...]
    stride: int


@dataclass(frozen=True, slots=True)
class Group:
    """Combinations (a bit mask) with one pattern of gates, and what they bring."""

    mask: int
    total: Bounds
    benefits: tuple[Bounds, ...]
    nodes: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class Exploration:
    """All combinations of one case. `parts`: the gate of each open part, as packed planes."""

    count: int
    consistent: int
    groups: tuple[Group, ...]
    parts: dict[int, int]

    def total(self, mask: int | None = None) -> Bounds | None:
        """Least lo and greatest hi over the combinations of `mask`; None if there are none."""
        found = [group.total for group in self.groups if mask is None or group.mask & mask]
        if not found:
            return None
        return min(lo for lo, _ in found), max(hi for _, hi in found)


class Splitter:
    """Cuts one case into combinations and explores them, also with one fact known otherwise."""

    def __init__(self, evaluator: Evaluator, case: Case, units: Sequence[Unit], run: Run) -> None:
        self.evaluator = evaluator
        self.lowered = evaluator.lowered
        self.program = evaluator.program
        self.case = case
        self.units = tuple(units)
        self.roots = tuple(unit.benefit.root for unit in units)
        self.run = run
        self.open = OpenFacts(evaluator, case, run, units)
        self.axes = self._axes()
        count = 1
        for axis in self.axes:
            count *= len(axis.cells)
        self.is_split = count <= COMBINATIONS_MAX
        if not self.is_split:
            self.axes, count = (), 1
        self.count = count
        self.ones = (1 << count) - 1
        self.moving = self._moving()
        self.by_key = {axis.key: axis for axis in self.axes}
        self.stateful = tuple(
            i for unit in self.units for i in unit.nodes if self.lowered.nodes[i].scope in STATEFUL
        )

    def _moving(self) -> Plan:
        """The reached nodes whose money an open fact can change; the rest stays as it came."""
        gates = {truth for truth, _ in self.open.gates}
        variables = {key[1] for key in self.open.found}
        nodes, reads = self.lowered.nodes, self.program.number_reads
        gates_of = self.evaluator.payout.gates_of
        moving: set[int] = set()
        assert self.run.plan is not None
        for index in self.run.plan.nodes:
            node = nodes[index]
            above = [nodes[gate].truth for earlier in node.paid for gate in gates_of[earlier]]
            if (
                node.truth in gates
                or node.variable in variables
                or node.kind == "nights"
                or any(reads[number] & variables for number in node.numbers)
                or any(truth in gates for truth in above)
                or any(earlier in moving for earlier in (*node.children, *node.paid))
            ):
                moving.add(index)
        return self.run.plan.only(moving)

    # cells --------------------------------------------------------------------------------

    def _axes(self) -> tuple[Axis, ...]:
        axes: list[Axis] = []
        stride = 1
        for key in sorted(self.open.found):
            fact = self.open.found[key]
            if not self._is_mixed(fact):
                continue
            cells = self.cells(fact)
            if len(cells) < 2:
                continue
            axes.append(Axis(key, cells, stride))
            stride *= len(cells)
        return tuple(axes)

    def _is_mixed(self, fact: OpenFact) -> bool:
        if fact.masks:
            return fact.signs == BOTH or len({mask for mask, _ in fact.masks}) > 1
        return fact.signs == BOTH

    def cells(self, fact: OpenFact) -> tuple[Any, ...]:
        """The answers that some test tells apart, as values for `narrowed`."""
        line, variable, _ = fact.key
        spec = self.lowered.variables[variable]
        known = self.open.known(variable, line)
        if spec.kind == "flag":
            return (0, 3)
        if spec.kind == "choices":
            return (False, True)
        if spec.kind == "choice":
            return self._choice_cells(fact, known, len(spec.choices))
        if spec.kind == "grades":
            return (None,)
        return self._range_cells(fact, known)

    def _choice_cells(self, fact: OpenFact, known: int, words: int) -> tuple[int, ...]:
        masks = sorted({mask for mask, _ in fact.masks})
        by_signature: dict[tuple[bool, ...], int] = {}
        for word in range(words):
            if known >> word & 1:
                signature = tuple(bool(mask >> word & 1) for mask in masks)
                by_signature[signature] = by_signature.get(signature, 0) | 1 << word
        return tuple(by_signature.values())

    def _range_cells(self, fact: OpenFact, known: tuple[int, ...]) -> tuple[Any, ...]:
        first, last = known[0], known[1]
        cuts: set[int] = set()
        for test, line in fact.tests:
            cuts.update(
                breakpoints(lambda at: self._at(fact.key, (at, at), test, line), first, last)  # noqa: B023
            )
        edges = [first, *sorted(cut for cut in cuts if cut > first), last + 1]
        return tuple((low, high - 1) for low, high in pairwise(edges))

    def _at(self, key: Key, cell: Any, test: int, line: int) -> int:
        changed = self.with_cell(self.case, key, cell)
        return self._test(changed, test, line)

    def _test(self, case: Case, test: int, line: int) -> int:
        state = case.lines[line] if line >= 0 else None
        known: tuple[Known, ...] = state.known if state else ()
        category = state.category if state else ""
        found: int = self.program.test(test)(case.known, known, category, self.run)[0]
        return found

    def with_cell(self, case: Case, key: Key, cell: Any) -> Case:
        """The case with one cell chosen."""
        line, variable, bit = key
        spec = self.lowered.variables[variable]
        slot = self.program.line_slot.get(variable)
        offset = case.place_offset if spec.utc_offset is None else spec.utc_offset
        if slot is None:
            value = narrowed(spec.kind, case.known[variable], bit, cell, offset)
            return case.with_known(variable, value)
        state = case.lines[line]
        values = list(state.known)
        values[slot] = narrowed(spec.kind, values[slot], bit, cell, offset)
        return case.with_line(line, replace(state, known=tuple(values)))

    # planes -------------------------------------------------------------------------------

    def mask(self, axis: Axis, cell: int) -> int:
        """The combinations in which `axis` is in its cell number `cell`."""
        block = ((1 << axis.stride) - 1) << (axis.stride * cell)
        period = axis.stride * len(axis.cells)
        return block * (self.ones // ((1 << period) - 1))

    def _is_answered(self, case: Case, key: Key) -> bool:
        """Whether this case already says what an axis would choose."""
        line, variable, bit = key
        slot = self.program.line_slot.get(variable)
        known = case.known[variable] if slot is None else case.lines[line].known[slot]
        return is_decided(self.lowered.variables[variable].kind, known, bit)

    def _packed(self, value: int) -> int:
        must = self.ones if value == 3 else 0
        may = self.ones if value else 0
        return must | may << self.count

    def _test_planes(self, case: Case, test: int, line: int) -> int:
        reads = self.program.test_reads[test]
        step = self.lowered.tests[test]
        bit = step[2] if step[0] == "has" else -1
        axes = [
            axis
            for axis in self.axes
            if axis.key[1] in reads
            and axis.key[0] in (-1, line)
            and (bit < 0 or axis.key[2] in (-1, bit))
            and not self._is_answered(case, axis.key)
        ]
        planes = 0
        for cells in _product([len(axis.cells) for axis in axes]):
            changed, mask = case, self.ones
            for axis, cell in zip(axes, cells, strict=True):
                changed = self.with_cell(changed, axis.key, axis.cells[cell])
                mask &= self.mask(axis, cell)
            value = self._test(changed, test, line)
            if value == 3:
                planes |= mask | mask << self.count
            elif value == 2:
                planes |= mask << self.count
        return planes

    # exploration --------------------------------------------------------------------------

    def explore(self) -> Exploration | None:
        """All combinations of the case; None if none is consistent."""
        return self.explore_case(self.case)

    def explore_case(self, case: Case) -> Exploration | None:
        """All combinations of a case in which some open facts have been answered."""
        planes = _Planes(self, case)
        consistent = self.ones
        for check in self.lowered.checks:
            consistent &= planes.truth(check, -1) >> self.count
        if not consistent:
            return None
        groups = self._groups(case, planes, consistent)
        parts = {
            index: planes.truth(self.lowered.nodes[index].truth, -1)
            for index in self.run.open_parts
        }
        return Exploration(self.count, consistent, tuple(groups), parts)

    def _groups(self, case: Case, planes: _Planes, consistent: int) -> list[Group]:
        groups: list[Group] = []
        shared: Numbers = {}
        for mask, values in self._patterns(planes, consistent):
            for inner, changed in self._by_money_cells(case, mask):
                numbers = shared if changed is case else {}
                groups.append(self._money(changed, inner, values, numbers))
        return groups

    def _patterns(self, planes: _Planes, consistent: int) -> list[tuple[int, tuple[int, ...]]]:
        """The combinations by the values of all open gates, in the order of `open.gates`."""
        patterns: list[tuple[int, tuple[int, ...]]] = [(consistent, ())]
        for place in self.open.gates:
            packed = planes.truth(*place)
            must, may = packed & self.ones, packed >> self.count
            split: list[tuple[int, tuple[int, ...]]] = []
            for mask, values in patterns:
                for value, plane in ((3, must), (2, may & ~must), (0, ~may)):
                    kept = mask & plane
                    if kept:
                        split.append((kept, (*values, value)))
                        if kept == mask:
                            break
            patterns = split
        return patterns

    def _by_money_cells(self, case: Case, mask: int) -> list[tuple[int, Case]]:
        found = [(mask, case)]
        for axis in self.axes:
            if axis.key not in self.open.money_keys or self._is_answered(case, axis.key):
                continue
            found = [
                (inner & self.mask(axis, number), self.with_cell(changed, axis.key, cell))
                for inner, changed in found
                for number, cell in enumerate(axis.cells)
                if inner & self.mask(axis, number)
            ]
        return found

    def _money(self, case: Case, mask: int, values: tuple[int, ...], numbers: Numbers) -> Group:
        run = self.run
        truths = dict(run.truths)
        on_lines: dict[tuple[int, int], int] = {}
        for place, value in zip(self.open.gates, values, strict=True):
            if place[1] < 0:
                truths[place[0]] = value
            else:
                on_lines[place] = value
        again = Run(run.payout, case, case.known, truths, on_lines or None, run.open_parts, numbers)
        again.pay_again(self.run, self.moving)
        benefits: list[Bounds] = [(again.lo[root], again.hi[root]) for root in self.roots]
        total = (sum(lo for lo, _ in benefits), sum(hi for _, hi in benefits))
        nodes = tuple(again.paid(i) for i in self.stateful)
        return Group(mask, total, tuple(benefits), nodes)

    # tightness ----------------------------------------------------------------------------

    def is_tight(self) -> bool:
        """Whether both ends are surely reached by some completion."""
        if not self.is_split or self.open.lines_pull_both_ways() or self.open.checks_tie():
            return False
        for test, line in self.open.unknown_tests:
            if self._open_variables(test, line) > 1:
                return False
        for key, fact in self.open.found.items():
            if self._is_mixed(fact) and not self._cut_exactly(key, fact):
                return False
        return not self._is_undated()

    def _open_variables(self, test: int, line: int) -> int:
        reads = self.program.test_reads[test]
        return len({key[1] for key in self.open.found if key[1] in reads and key[0] in (-1, line)})

    def _cut_exactly(self, key: Key, fact: OpenFact) -> bool:
        kind = self.lowered.variables[key[1]].kind
        if kind in ("flag", "choices", "choice"):
            return True
        axis = self.by_key.get(key)
        if axis is None or fact.in_money:
            return False
        return all(
            self._at(key, cell, test, line) != 2 for cell in axis.cells for test, line in fact.tests
        )

    def _is_undated(self) -> bool:
        """Several bills of one person without dates: their order is not known."""
        for index in self.open.node_signs:
            if self.lowered.nodes[index].kind != "nights":
                continue
            people: dict[str | None, int] = {}
            for line in self.open.lines_of(self.evaluator.payout.takes[index]):
                state = self.case.lines[line]
                people[state.person] = people.get(state.person, 0) + 1
                if people[state.person] > 1 and state.day is None:
                    return True
        return False


class _Planes:
    """Packed truths of one case over all combinations, each step worked out once."""

    def __init__(self, splitter: Splitter, case: Case) -> None:
        self.splitter = splitter
        self.case = case
        self.done: dict[tuple[int, int], int] = {}

    def truth(self, truth: int, line: int) -> int:
        splitter = self.splitter
        line = line if splitter.program.truth_on_line[truth] else -1
        place = (truth, line)
        found = self.done.get(place)
        if found is None:
            value = splitter.open.value(truth, line)
            found = splitter._packed(value) if value != 2 else self._open(truth, line)
            self.done[place] = found
        return found

    def _open(self, truth: int, line: int) -> int:
        splitter = self.splitter
        step = splitter.lowered.truths[truth]
        kind = step[0]
        if kind in ("test", "not_test"):
            at = line if splitter.program.test_on_line[step[1]] else -1
            planes = splitter._test_planes(self.case, step[1], at)
            return planes if kind == "test" else self._negated(planes)
        if kind in ("any_line", "every_line"):
            found = 0 if kind == "any_line" else splitter._packed(3)
            for place in splitter.open.lines_of(step[1]):
                inner = self.truth(step[2], place)
                found = found | inner if kind == "any_line" else found & inner
            return found
        found = splitter._packed(3) if kind == "all" else 0
        for part in step[1]:
            inner = self.truth(part, line)
            found = found & inner if kind == "all" else found | inner
        return found

    def _negated(self, planes: int) -> int:
        count, ones = self.splitter.count, self.splitter.ones
        must, may = planes & ones, planes >> count
        return (ones & ~may) | (ones & ~must) << count


def _product(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = [()]
    for size in sizes:
        found = [(*cells, cell) for cells in found for cell in range(size)]
    return found
