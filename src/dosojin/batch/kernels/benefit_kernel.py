"""One benefit as a kernel: its amounts, verdict, deciding clause and what its limits used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dosojin.adjudication.evaluation import Evaluator, Unit
from dosojin.adjudication.money_nodes import STATEFUL
from dosojin.batch.kernels.money_steps import MoneySteps, Shape, open_name
from dosojin.batch.kernels.steps import (
    CLAIM,
    NO,
    NUMBER,
    TRUTH,
    UNKNOWN,
    YES,
    YES_OR_NO,
    Step,
    Steps,
)
from dosojin.batch.kernels.truth_steps import TruthSteps


@dataclass(frozen=True, slots=True)
class BenefitKernel:
    """A benefit's steps and which of them are its results; all results are planes by claim.

    verdict: 0 | 2 | 3. clause: index. lo, hi: yen. doubt: 1 where only the single evaluator can
    tell. uses: (node, lo, hi) of each limit that runs over occurrences. totals: (node, lo, hi) of
    every node, if asked for. runs_on: the limits whose earlier use the kernel reads.
    shape: what it was written for.
    """

    steps: tuple[Step, ...]
    verdict: int
    clause: int
    lo: int
    hi: int
    doubt: int
    uses: tuple[tuple[int, int, int], ...]
    totals: tuple[tuple[int, int, int], ...]
    runs_on: tuple[int, ...]
    shape: Shape

    @property
    def results(self) -> tuple[int, ...]:
        """The steps that come out, in the order of the fields."""
        pairs = [step for _, lo, hi in (*self.uses, *self.totals) for step in (lo, hi)]
        return (self.verdict, self.clause, self.lo, self.hi, self.doubt, *pairs)


def build_kernel(
    evaluator: Evaluator, unit: Unit, shape: Shape, *, with_totals: bool = False
) -> BenefitKernel:
    """The kernel of a benefit; Unfoldable if a node of it cannot be folded."""
    steps = Steps()
    truths = TruthSteps(evaluator.program, steps, shape.exact)
    money = MoneySteps(evaluator.payout, truths, shape)
    lowered = evaluator.lowered
    lo, hi = money.in_all(unit.benefit.root)
    stateful = [i for i in unit.nodes if lowered.nodes[i].scope in STATEFUL]
    uses = tuple(_use(money, node) for node in stateful)
    totals = tuple((i, *money.paid(i)) for i in unit.nodes) if with_totals else ()
    deciding = _Deciding(money, unit)
    verdict, clause = deciding.verdict(), deciding.clause()
    doubt = _any_of(steps, money.amounts.doubts)
    results = [verdict, clause, lo, hi, doubt]
    results += [step for _, low, high in (*uses, *totals) for step in (low, high)]
    order = steps.needed(results)
    place = {step: number for number, step in enumerate(order)}
    kept = tuple(_renumbered(steps.steps[step], place) for step in order)
    loaded = {step.arguments[0] for step in kept if step.operation == "load"}
    runs_on = tuple(
        i for i, node in enumerate(lowered.nodes)
        if node.scope in STATEFUL and {f"used{i}_0", f"used{i}_1"} & loaded
    )  # fmt: skip
    return BenefitKernel(
        kept, place[verdict], place[clause], place[lo], place[hi], place[doubt],
        tuple((node, place[low], place[high]) for node, low, high in uses),
        tuple((node, place[low], place[high]) for node, low, high in totals),
        runs_on, shape,
    )  # fmt: skip


def _renumbered(step: Step, place: dict[int, int]) -> Step:
    if step.operation in ("const", "load", "category"):
        return step
    if step.operation in ("sum", "any", "all"):
        to, source, branches = step.arguments
        kept = tuple((names, place[inner]) for names, inner in branches)
        return Step(step.operation, (to, source, kept), step.level, step.result)
    arguments = tuple(place[argument] for argument in step.arguments)
    return Step(step.operation, arguments, step.level, step.result)


def _any_of(steps: Steps, doubts: Sequence[int]) -> int:
    """1 where any doubt is above 0: their sum need not fit into the plane."""
    total = steps.constant(0)
    for each in doubts:
        total = steps.operate("add", total, each)
    some = steps.operate("lt", steps.constant(0), total)
    return steps.operate("select", some, steps.constant(1), steps.constant(0))


def _use(money: MoneySteps, node: int) -> tuple[int, int, int]:
    """What an occurrence uses of a limit that runs over several."""
    lo, hi = money.paid(node)
    counted = money.lowered.nodes[node].truth
    if counted < 0:
        return node, lo, hi
    truth = money.truths.truth(counted)
    steps = money.steps
    must, may = steps.operate("must", truth), steps.operate("may", truth)
    return node, steps.operate("keep", lo, must), steps.operate("keep", hi, may)


class _Deciding:
    """The verdict of a benefit and the clause that decides it, found as in `plain_decision`."""

    def __init__(self, money: MoneySteps, unit: Unit) -> None:
        self.money = money
        self.steps = money.steps
        self.lowered = money.lowered
        self.unit = unit
        self.parts = unit.benefit.parts
        self.opens = [self.steps.load(open_name(part), CLAIM, YES_OR_NO) for part in self.parts]
        self.gates = [money.truths.truth(self.lowered.nodes[part].truth) for part in self.parts]
        clauses = self.lowered.clauses
        self.truths = {i: money.truths.truth(clauses[i].truth) for i in self._weighing()}

    def _weighing(self) -> list[int]:
        """The clauses that can decide: the carried one, grants, exclusions and what restores."""
        clauses, first = self.lowered.clauses, self.unit.clauses.start
        roles = ("grants", "excludes", "restores")
        return [first, *(i for i in self.unit.clauses if clauses[i].role in roles)]

    def _is(self, truth: int, value: int) -> int:
        return self.steps.operate("eq", truth, self.steps.constant(value, TRUTH))

    def _both(self, first: int, second: int) -> int:
        return self.steps.operate("both", first, second)

    def _any(self, conditions: Sequence[int]) -> int:
        found = self.steps.constant(False, YES_OR_NO)
        for condition in conditions:
            found = self.steps.operate("either", found, condition)
        return found

    def _select(self, condition: int, then: int, otherwise: int) -> int:
        return self.steps.operate("select", condition, then, otherwise)

    def _having(self, value: int) -> list[int]:
        """By part, whether it is claimed and its gate has this value."""
        return [
            self._both(is_open, self._is(gate, value))
            for is_open, gate in zip(self.opens, self.gates, strict=True)
        ]

    def verdict(self) -> int:
        """YES if a claimed part is certain, else UNKNOWN if one is open, else NO."""
        constant = self.steps.constant
        unknown = self._select(
            self._any(self._having(UNKNOWN)), constant(UNKNOWN), constant(NO)
        )
        return self._select(self._any(self._having(YES)), constant(YES), unknown)

    def clause(self) -> int:
        """The clause that decides: of the first part that is certain, else open, else claimed."""
        by_part = [self._of_part(part) for part in self.parts]
        found = self.steps.constant(self.unit.clauses.start)
        for conditions in (self.opens, self._having(UNKNOWN), self._having(YES)):
            for condition, clause in reversed(list(zip(conditions, by_part, strict=True))):
                found = self._select(condition, clause, found)
        return found

    def _of_part(self, part: int) -> int:
        clauses, steps = self.lowered.clauses, self.steps
        carried = self.unit.clauses.start
        own = [i for i in self.unit.clauses if clauses[i].part == part]
        grants = [i for i in own if clauses[i].role == "grants"]
        excludes = [i for i in own if clauses[i].role == "excludes"]
        none = steps.constant(-1)
        must = self._first([(self._is(self.truths[i], YES), i) for i in grants])
        may = self._first([(self._is(self.truths[i], UNKNOWN), i) for i in grants])
        standing = self._first([(self._stands(i), i) for i in excludes])
        still_open = self._first([(self._is_open(i), i) for i in excludes])
        first = steps.constant(grants[0])
        no_must, no_may = (steps.operate("eq", each, none) for each in (must, may))
        nothing_open = steps.operate("eq", still_open, none)
        found = self._select(no_must, first, must)
        found = self._select(nothing_open, found, still_open)
        carried_open = self._both(self._is(self.truths[carried], UNKNOWN), nothing_open)
        found = self._select(carried_open, steps.constant(carried), found)
        found = self._select(no_must, may, found)
        gate = self.money.truths.truth(self.lowered.nodes[part].truth)
        is_yes = self._is(gate, YES)
        found = self._select(is_yes, self._select(no_must, found, must), found)
        nothing_stands = steps.operate("eq", standing, none)
        found = self._select(nothing_stands, found, standing)
        found = self._select(self._both(no_must, no_may), first, found)
        return self._select(self._is(self.truths[carried], NO), steps.constant(carried), found)

    def _first(self, candidates: Sequence[tuple[int, int]]) -> int:
        """The first clause whose condition holds, −1 if none does."""
        found = self.steps.constant(-1)
        for condition, clause in reversed(candidates):
            found = self._select(condition, self.steps.constant(clause), found)
        return found

    def _restores(self, clause: int) -> tuple[int, ...]:
        return self.lowered.clauses[clause].restores

    def _stands(self, clause: int) -> int:
        """An exclusion that holds for certain, and that nothing can lift."""
        found = self._is(self.truths[clause], YES)
        for restore in self._restores(clause):
            found = self._both(found, self._is(self.truths[restore], NO))
        return found

    def _is_open(self, clause: int) -> int:
        """An exclusion that may hold, and that nothing lifts for certain."""
        may = self.steps.operate("may", self.truths[clause])
        found = self.steps.operate("eq", may, self.steps.constant(1, NUMBER))
        for restore in self._restores(clause):
            must = self.steps.operate("must", self.truths[restore])
            not_lifted = self.steps.operate("eq", must, self.steps.constant(0, NUMBER))
            found = self._both(found, not_lifted)
        return found
