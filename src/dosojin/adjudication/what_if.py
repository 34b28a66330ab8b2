"""What if: the same occurrence under another plan or edition, and what would turn a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from dosojin.adjudication.bounds import Splitter
from dosojin.adjudication.case import Known
from dosojin.adjudication.catalogue import load_edition, plan_ids, plan_riders, plan_sums
from dosojin.adjudication.completions import is_decided, narrowed
from dosojin.adjudication.consistency import Inconsistent, narrow_by_checks
from dosojin.adjudication.decide import decide
from dosojin.adjudication.decision import Decision, Verdict
from dosojin.adjudication.evaluation import Evaluator, Unit
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.adjudication.read_values import ValueReader
from dosojin.adjudication.run import Run
from dosojin.terms.editions import Edition
from dosojin.values.money import is_unbounded

TRIED_MAX = 20_000
"""Pairs are tried up to this many evaluations; single facts always."""


def what_if(claim: Claim, product: str | None = None, plan: str | None = None) -> Decision:
    """The decision on the same occurrence with another plan, or edition of the same family.

    Of the certificate only what the other plan says by itself changes: its sums insured and
    riders. Sums that the other edition leaves to the certificate stay as they are, and facts that
    it does not know are left out, for nothing in it reads them. A Problem says why a plan cannot
    be had (it does not take the period, it is none of the edition's).
    """
    return decide(read_claim(changed_claim(claim, product, plan)), with_questions=False)


def changed_claim(claim: Claim, product: str | None, plan: str | None) -> dict[str, Any]:
    """The claim file that `what_if` decides."""
    edition = load_edition(product or claim.product)
    chosen = plan or claim.plan
    raw = {**claim.source, "product": edition.id}
    if chosen is not None:
        raw["plan"] = chosen
    if product is not None and product != claim.product:
        raw["facts"] = _facts_known_to(edition, raw.get("facts") or {})
        raw["usage"] = ()
    raw["policy"] = _policy_under(claim, edition, chosen, raw.get("policy") or {})
    return raw


def _facts_known_to(edition: Edition, facts: Mapping[str, Any]) -> dict[str, Any]:
    names = {fact.name for fact in edition.facts}
    return {name: value for name, value in facts.items() if name in names}


def _policy_under(
    claim: Claim, edition: Edition, plan: str | None, policy: Mapping[str, Any]
) -> dict[str, Any]:
    if plan is None or plan not in plan_ids(edition.id):
        return dict(policy)
    names = {fact.name.removeprefix("policy_") for fact in edition.facts}
    changed = {name: value for name, value in policy.items() if name in names}
    own = plan_sums(edition.id, plan)
    sums = {id: yen for id, yen in _present_sums(claim).items() if id in edition.sums}
    changed["sums"] = {id: yen for id, yen in sums.items() if own.get(id, 0) is None}
    riders = policy.get("riders")
    if isinstance(riders, (list, tuple)) or riders == "none":
        bought = [] if riders == "none" else list(riders)
        if claim.plan is not None:
            before = plan_riders(claim.product, claim.plan)
            bought = [rider for rider in bought if rider not in before]
        words = () if edition.riders.choices is None else tuple(map(str, edition.riders.choices))
        own_riders = [r for r in plan_riders(edition.id, plan) if r in words and r not in bought]
        changed["riders"] = [*(rider for rider in bought if rider in words), *own_riders]
    return changed


def _present_sums(claim: Claim) -> dict[str, Any]:
    """The sums insured that the claim knows, by its plan or by its certificate."""
    found: dict[str, Any] = {}
    for index, variable in enumerate(claim.evaluator.lowered.variables):
        known = claim.case.known[index]
        if not variable.name.startswith("sums."):
            continue
        id = variable.name.removeprefix("sums.")
        if variable.kind == "flag" and known != 2:
            found[id] = known == 3
        elif variable.kind == "yen" and known[0] == known[1]:
            found[id] = "unlimited" if is_unbounded(known[0]) else known[0]
    return found


# What would turn a verdict.


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact and the answers that would turn the verdict.

    words: words of a choice, members of a set, "yes" or "no". span: ends of a range (ordinals of
    days, counts, yen, minutes). is_in: for a set, whether the members would have to apply.
    is_stated: the claim says otherwise, but nothing among its documents proves it.
    """

    fact: str
    words: tuple[str, ...]
    span: tuple[int, int] | None
    is_in: bool
    is_stated: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """The fewest unproven facts that turn a benefit's verdict, and the verdict they give."""

    benefit: str
    verdict: Verdict
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One way that one fact could be otherwise."""

    variable: int
    bit: int
    cell: Any
    known: Known
    is_stated: bool


def turning_facts(claim: Claim, benefit: str) -> tuple[Turn, ...]:
    """At most two unproven facts that would turn the verdict of a claimed benefit.

    Unproven is what nobody knows yet, and what the claim states without one of the fact's papers
    among its documents. Smallest sets first, in vocabulary order; a set that contains a smaller
    one is left out. By plain truths, and only where the input checks allow it.
    """
    evaluator = claim.evaluator
    open_parts = evaluator.open_parts(claim.case)
    unit = next((u for u in evaluator.claimed(open_parts) if u.benefit.id == benefit), None)
    if unit is None:
        return ()
    return _Search(claim, unit).turns()


def _is_settled(kind: str, known: Known) -> bool:
    """Whether the claim says it exactly; a civil day is exact, whatever its hour."""
    if kind == "day":
        return bool(known[0] == known[1])
    return is_decided(kind, known, -1)


class _Search:
    def __init__(self, claim: Claim, unit: Unit) -> None:
        self.claim = claim
        self.evaluator: Evaluator = claim.evaluator
        self.lowered = self.evaluator.lowered
        self.unit = unit
        self.open_parts = self.evaluator.open_parts(claim.case)
        self.parts = [part for part in unit.benefit.parts if part in self.open_parts]
        self.reader = ValueReader(claim.as_of.toordinal(), claim.case.place_offset)
        roots = tuple(self.lowered.nodes[part].truth for part in self.parts)
        self.truths = self.evaluator.program.truths(roots)
        payout = self.evaluator.payout
        # Only the receipts are asked of it, and no answer that is tried changes a receipt.
        self.lines = Run(payout, claim.case, claim.case.known, {}, None, self.open_parts, {})
        self.before = self.verdict(claim.case.known)
        self.is_narrow = narrow_by_checks(self.evaluator, claim.case) is claim.case

    def verdict(self, known: Sequence[Known]) -> Verdict:
        """By plain truths, as a first reading of the case gives them; no money is worked out."""
        truths = self.truths(known, (), "", self.lines)
        if 3 in truths:
            return Verdict.COVERED
        return Verdict.DEPENDS if 2 in truths else Verdict.NOT_COVERED

    def turns(self) -> tuple[Turn, ...]:
        candidates = list(self._candidates())
        found: list[tuple[Verdict, tuple[_Candidate, ...]]] = []
        alone: set[tuple[Verdict, int]] = set()
        for one in candidates:
            verdict = self._turned((one,))
            if verdict is not None:
                found.append((verdict, (one,)))
                alone.add((verdict, one.variable))
        if self.before is not Verdict.COVERED:
            found += self._pairs(candidates, alone)
        return tuple(self._gathered(found))

    def _pairs(
        self, candidates: Sequence[_Candidate], alone: set[tuple[Verdict, int]]
    ) -> Iterator[tuple[Verdict, tuple[_Candidate, ...]]]:
        tried = 0
        for first, second in combinations(candidates, 2):
            if first.variable == second.variable:
                continue
            if {(Verdict.COVERED, first.variable), (Verdict.COVERED, second.variable)} & alone:
                continue
            tried += 1
            if tried > TRIED_MAX:
                return
            verdict = self._turned((first, second))
            if verdict is Verdict.COVERED:
                yield verdict, (first, second)

    def _turned(self, chosen: tuple[_Candidate, ...]) -> Verdict | None:
        """The settled verdict that these answers give, if it is another and possible."""
        known = list(self.claim.case.known)
        for one in chosen:
            known[one.variable] = self._answered(one)
        verdict = self.verdict(known)
        if verdict in (self.before, Verdict.DEPENDS):
            return None
        case = self.claim.case
        for one in chosen:
            case = case.with_known(one.variable, known[one.variable])
        try:
            narrow_by_checks(self.evaluator, case, self.changed(chosen))
        except Inconsistent:
            return None
        return verdict

    def changed(self, chosen: Sequence[_Candidate]) -> list[int] | None:
        """The variables answered otherwise; None if the checks narrow the claim as it is."""
        return [one.variable for one in chosen] if self.is_narrow else None

    def _answered(self, one: _Candidate) -> Known:
        case = self.claim.case
        spec = self.lowered.variables[one.variable]
        if spec.kind == "choices":
            inside, outside = case.known[one.variable]
            bit = 1 << one.bit
            return (inside | bit, outside & ~bit) if one.cell else (inside & ~bit, outside | bit)
        offset = case.place_offset if spec.utc_offset is None else spec.utc_offset
        return narrowed(spec.kind, one.known, one.bit, one.cell, offset)

    # candidates ---------------------------------------------------------------------------

    def _candidates(self) -> Iterator[_Candidate]:
        proofs = {fact.name: fact.proof for fact in self.claim.edition.facts}
        for variable in self._read():
            spec = self.lowered.variables[variable]
            known = self.claim.case.known[variable]
            is_open = spec.kind != "choices" and not _is_settled(spec.kind, known)
            is_stated = variable in self.claim.case.stated and not is_open
            papers = {str(proof) for proof in proofs.get(spec.name, ())}
            if is_stated and (spec.owner == "policy" or papers & self.claim.documents):
                continue
            if not (is_open or is_stated or spec.kind == "choices"):
                continue
            yield from self._ways(variable, is_stated)

    def _read(self) -> list[int]:
        """What the clauses of the claimed parts read, in vocabulary order."""
        reads: set[int] = set()
        for index in self.unit.clauses:
            clause = self.lowered.clauses[index]
            if clause.part in self.parts:
                reads |= self.evaluator.program.truth_reads[clause.truth]
        return sorted(v for v in reads if self.lowered.variables[v].owner != "line")

    def _ways(self, variable: int, is_stated: bool) -> Iterator[_Candidate]:
        spec = self.lowered.variables[variable]
        known = self.claim.case.known[variable]
        whole = self.reader.domain(spec) if is_stated else known
        if spec.kind == "flag":
            for cell in (3, 0):
                if known != cell:
                    yield _Candidate(variable, -1, cell, whole, is_stated)
        elif spec.kind == "choice":
            for bit in range(len(spec.choices)):
                if whole >> bit & 1 and known != 1 << bit:
                    yield _Candidate(variable, -1, 1 << bit, whole, is_stated)
        elif spec.kind == "choices":
            for bit in range(len(spec.choices)):
                inside, outside = known
                is_settled = bool((inside | outside) >> bit & 1)
                for cell in (True, False):
                    if not (inside if cell else outside) >> bit & 1:
                        yield _Candidate(variable, bit, cell, whole, is_settled)
        elif spec.kind in ("day", "count", "duration", "yen"):
            yield from self._ranges(variable, whole, known, is_stated)

    def _ranges(
        self, variable: int, whole: Known, known: Known, is_stated: bool
    ) -> Iterator[_Candidate]:
        """The stretches of a number or day that some test of the benefit tells apart."""
        case = self.claim.case.with_known(variable, whole)
        run = self.evaluator.run(case, (self.unit,), self.open_parts)
        splitter = Splitter(self.evaluator, case, (self.unit,), run)
        fact = splitter.open.found.get((-1, variable, -1))
        if fact is None:
            return
        for cell in splitter.cells(fact):
            if not (is_stated and cell[0] <= known[0] and known[1] <= cell[1]):
                yield _Candidate(variable, -1, cell, whole, is_stated)

    # gathering ----------------------------------------------------------------------------

    def _gathered(self, found: Sequence[tuple[Verdict, tuple[_Candidate, ...]]]) -> Iterator[Turn]:
        """Several words of one fact with the same outcome become one answer."""
        groups: dict[Any, list[tuple[_Candidate, ...]]] = {}
        for verdict, chosen in found:
            rest = tuple((one.variable, one.bit, str(one.cell)) for one in chosen[1:])
            key = (len(chosen), verdict, chosen[0].variable, self._side(chosen[0]), rest)
            groups.setdefault(key, []).append(chosen)
        for (_, verdict, *_), members in groups.items():
            first = self._answer([chosen[0] for chosen in members])
            rest_of = tuple(self._answer([one]) for one in members[0][1:])
            yield Turn(self.unit.benefit.id, verdict, (first, *rest_of))

    def _side(self, one: _Candidate) -> bool:
        return self.lowered.variables[one.variable].kind == "choices" and bool(one.cell)

    def _answer(self, ways: Sequence[_Candidate]) -> Answer:
        spec = self.lowered.variables[ways[0].variable]
        words: tuple[str, ...] = ()
        span = None
        if spec.kind == "flag":
            words = tuple("yes" if one.cell else "no" for one in ways)
        elif spec.kind == "choice":
            words = tuple(spec.choices[one.cell.bit_length() - 1] for one in ways)
        elif spec.kind == "choices":
            words = tuple(spec.choices[one.bit] for one in ways)
        else:
            cells = [one.cell for one in ways]
            span = (min(cell[0] for cell in cells), max(cell[1] for cell in cells))
        is_in = spec.kind != "choices" or bool(ways[0].cell)
        return Answer(spec.name, words, span, is_in, ways[0].is_stated)
