"""Which clauses fire in a claim, as far as its parts are claimed and money comes to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dosojin.adjudication.case import Case
from dosojin.adjudication.catalogue import load_edition, load_lowered
from dosojin.adjudication.evaluation import Evaluator, evaluator
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.adjudication.run import Run
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.terms.editions import Edition
from dosojin.terms.lint.contents import Placed, clauses_in
from dosojin.terms.money_tree import Gate, Limit, Sieve
from dosojin.values.problems import Problem

NO, YES = 0, 3


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """One claim of a worked case, read; `step` counts from 0 on a certificate."""

    title: str
    file: str
    step: int
    raw: Mapping[str, Any]
    claim: Claim

    @property
    def size(self) -> int:
        """How much has to be read to understand it."""
        return len(self.raw.get("facts") or ()) + 3 * len(self.raw.get("expenses") or ())


@lru_cache(maxsize=8)
def claims_of_cases(product: str) -> tuple[CaseClaim, ...]:
    """Every claim of the edition's worked cases that can be read, in file order."""
    found: list[CaseClaim] = []
    for case in worked_cases(product):
        for number, step in enumerate(case.steps):
            try:
                claim = read_claim(step.claim)
            except Problem:
                continue
            found.append(CaseClaim(case.title, case.file, number, step.claim, claim))
    return tuple(found)


def takes_where_it_fails(entry: Placed) -> bool:
    """Whether the clause is what money has to meet: a gate's condition, what a sieve keeps."""
    return isinstance(entry.node, (Gate, Sieve))


class FiringClauses:
    """Finds the truths of an edition's clauses in a case. Holds no state of a case."""

    def __init__(self, edition: Edition, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.lowered = evaluator.lowered
        self.nodes = {node.id: index for index, node in enumerate(self.lowered.nodes)}
        self.placed = tuple(clauses_in(edition))
        self.truths = {entry.clause.id: self._truth_step(entry) for entry in self.placed}

    def entry(self, id: str) -> Placed:
        """The clause of that id, where it first stands."""
        return next(entry for entry in self.placed if entry.clause.id == id)

    def _truth_step(self, entry: Placed) -> int:
        """The lowered step of a clause; a limit's condition stands inside its amount."""
        lowered = self.lowered
        if isinstance(entry.node, Limit):
            amount = lowered.nodes[self.nodes[entry.node.id]].numbers[0]
            return int(lowered.numbers[amount][1])
        if isinstance(entry.node, (Gate, Sieve)):
            return lowered.nodes[self.nodes[entry.node.id]].truth
        return next(c.truth for c in lowered.clauses if c.id == entry.clause.id)

    def run(self, case: Case) -> Run:
        """The plain pass over everything that the case claims."""
        open_parts = self.evaluator.open_parts(case)
        return self.evaluator.run(case, self.evaluator.claimed(open_parts), open_parts)

    def of(self, case: Case) -> Mapping[str, frozenset[int]]:
        """By clause id the truths (0 NO, 2 UNKNOWN, 3 YES) it has where it is reached.

        A clause that keeps receipts has one truth for each receipt that comes to it.
        """
        return self.of_run(self.run(case))

    def of_run(self, run: Run) -> Mapping[str, frozenset[int]]:
        """The same, of a pass that was made already."""
        return {entry.clause.id: frozenset(self._truths(entry, run)) for entry in self.placed}

    def of_one(self, entry: Placed, case: Case) -> frozenset[int]:
        """The truths of a single clause, as in `of`."""
        return frozenset(self._truths(entry, self.run(case)))

    def fires(self, entry: Placed, truths: frozenset[int]) -> bool:
        """Whether it does what it is for; a condition on money fires where it takes some."""
        return (NO if takes_where_it_fails(entry) else YES) in truths

    def holds_off(self, entry: Placed, truths: frozenset[int]) -> bool:
        """Whether it is reached and does nothing."""
        return (YES if takes_where_it_fails(entry) else NO) in truths

    def _truths(self, entry: Placed, run: Run) -> Iterator[int]:
        index = self.nodes[entry.node.id]
        truth = self.truths[entry.clause.id]
        if isinstance(entry.node, (Gate, Sieve, Limit)):
            parts = self.evaluator.payout.part_of[index]
            portions = run.memo[self.lowered.nodes[index].children[0]]
            if not portions or any(part not in run.open_parts for part in parts):
                return
            if isinstance(entry.node, Sieve):
                yield from (run.line_truth(truth, line) for line, _, _ in portions)
                return
        elif index not in run.open_parts:
            return
        yield self.truth(truth, run)

    def truth(self, step: int, run: Run) -> int:
        """The truth of a step that reads no single receipt."""
        found: int = self.evaluator.program.truths((step,))(run.known, (), "", run)[0]
        return found


@lru_cache(maxsize=8)
def firing_clauses(product: str) -> FiringClauses:
    """The clauses of an edition, ready to be looked up in cases."""
    return FiringClauses(load_edition(product), evaluator(load_lowered(product)))


@lru_cache(maxsize=8)
def firings_in_cases(product: str) -> tuple[tuple[CaseClaim, Mapping[str, frozenset[int]]], ...]:
    """Every claim of the worked cases with the truths of all clauses that it reaches."""
    clauses = firing_clauses(product)
    return tuple((claim, clauses.of(claim.claim.case)) for claim in claims_of_cases(product))
