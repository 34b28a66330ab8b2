"""One edition ready to evaluate cases: compiled truths and money, and the plain two-plane pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dosojin.adjudication.case import Case, Known
from dosojin.adjudication.decision import ClauseTruth
from dosojin.adjudication.payout import Payout
from dosojin.adjudication.program import Compiled, Program
from dosojin.adjudication.run import Run
from dosojin.terms.lowered import Lowered, LoweredBenefit
from dosojin.values.truth import Truth


@dataclass(frozen=True, slots=True)
class ClausePlace:
    """What is said of a clause whatever the claim.

    truth: its step. reads: the variables. sieves: for a clause about receipts, the nodes that drop
    those for which it fails. said: what a decision lists, by value (0 NO, 2 UNKNOWN, 3 YES).
    """

    truth: int
    reads: tuple[int, ...]
    sieves: tuple[int, ...]
    said: tuple[ClauseTruth, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """What one benefit needs: its nodes and clauses, its truths and numbers of the occurrence.

    work: gives the values of all the truths and of all the numbers, by step, in one go.
    """

    benefit: LoweredBenefit
    nodes: range
    clauses: range
    work: Compiled


class Evaluator:
    """Evaluates cases under one lowered edition. Holds no state of a case."""

    def __init__(self, lowered: Lowered) -> None:
        self.lowered = lowered
        self.program = Program(lowered)
        self.payout = Payout(self.program)
        self.units = tuple(self._units())
        self.places = tuple(self._place(i) for i in range(len(lowered.clauses)))

    def _place(self, index: int) -> ClausePlace:
        clause = self.lowered.clauses[index]
        nodes, variables = self.lowered.nodes, self.lowered.variables
        reads = tuple(sorted(self.program.truth_reads[clause.truth]))
        on_line = self.program.truth_on_line[clause.truth]
        sieves = tuple(
            i for i, node in enumerate(nodes) if node.kind == "sieve" and node.id == clause.id
        )
        part = nodes[clause.part].id if clause.part >= 0 else ""
        names = tuple(variables[i].name for i in reads)
        said = tuple(
            ClauseTruth(clause.id, clause.role, part, truth, names)
            for truth in (Truth.NO, Truth.NO, Truth.UNKNOWN, Truth.YES)
        )
        return ClausePlace(clause.truth, reads, sieves if on_line else (), said)

    def _units(self) -> list[Unit]:
        units: list[Unit] = []
        node = clause = 0
        for benefit in self.lowered.benefits:
            nodes = range(node, benefit.root + 1)
            last = clause
            own = f"{benefit.id}.carried"
            for index in range(clause, len(self.lowered.clauses)):
                entry = self.lowered.clauses[index]
                if entry.id.endswith(".carried") and entry.id != own and entry.part < 0:
                    break
                last = index + 1
            clauses = range(clause, last)
            truths = self._truths_of(nodes, clauses)
            numbers = self._numbers_of(nodes)
            work = self.program.values(truths, numbers)
            units.append(Unit(benefit, nodes, clauses, work))
            node, clause = benefit.root + 1, last
        return units

    def _numbers_of(self, nodes: range) -> tuple[int, ...]:
        found = {number for i in nodes for number in self.lowered.nodes[i].numbers}
        on_line, constants = self.program.number_on_line, self.payout.constants
        return tuple(sorted(i for i in found if not on_line[i] and constants[i] is None))

    def _truths_of(self, nodes: range, clauses: range) -> tuple[int, ...]:
        found = {self.lowered.nodes[i].truth for i in nodes}
        found |= {self.lowered.clauses[i].truth for i in clauses}
        found |= {guard for i in nodes for guard in self.payout.guards[i]}
        on_line = self.program.truth_on_line
        return tuple(sorted(i for i in found if i >= 0 and not on_line[i]))

    def open_parts(self, case: Case) -> frozenset[int]:
        """The parts that are claimed: a line they can take is filed, or an opening fact stated."""
        filed = {line.category for line in case.lines}
        found = set()
        for index, node in enumerate(self.lowered.nodes):
            if node.kind != "part":
                continue
            opened = any(
                variable in case.stated and not self.is_no(case.known[variable], variable)
                for variable in node.opens
            )
            if opened or filed & self.payout.takes[index]:
                found.add(index)
        return frozenset(found)

    def is_no(self, known: Known, variable: int) -> bool:
        """Whether a fact is known to be denied: no, or the choice "none"."""
        spec = self.lowered.variables[variable]
        if spec.kind == "choice":
            none = 1 << spec.choices.index("none") if "none" in spec.choices else 0
            return bool(known == none)
        return bool(known == 0)

    def claimed(self, open_parts: frozenset[int]) -> tuple[Unit, ...]:
        """The benefits with a claimed part, in wording order."""
        return tuple(
            unit for unit in self.units if any(part in open_parts for part in unit.benefit.parts)
        )

    def run(self, case: Case, units: Sequence[Unit], open_parts: frozenset[int]) -> Run:
        """The plain pass: truths of every claimed benefit, then the money."""
        run = Run(self.payout, case, case.known, {}, None, open_parts, {})
        for unit in units:
            truths, numbers = unit.work(case.known, (), "", run)
            if run.truths:
                truths.update(run.truths)
                numbers.update(run.numbers)
            run.truths, run.numbers = truths, numbers
        roots = tuple([unit.benefit.root for unit in units])
        run.pay(self.payout.plan(case.by_category, open_parts, roots))
        return run


_EVALUATORS: dict[int, Evaluator] = {}


def evaluator(lowered: Lowered) -> Evaluator:
    """The evaluator of a lowered edition, compiled once a process."""
    found = _EVALUATORS.get(id(lowered))
    if found is None or found.lowered is not lowered:
        found = _EVALUATORS[id(lowered)] = Evaluator(lowered)
    return found
