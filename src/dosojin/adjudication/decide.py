"""Decides a claim: verdict, bounds, clauses, flow of money, questions, usage. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dosojin.adjudication.bounds import Exploration, Splitter
from dosojin.adjudication.case import Case
from dosojin.adjudication.decision import (
    BenefitDecision,
    ClauseTruth,
    Decision,
    FlowNode,
    Question,
    Usage,
    Verdict,
)
from dosojin.adjudication.evaluation import ClausePlace, Evaluator, Unit
from dosojin.adjudication.payout import STATEFUL
from dosojin.adjudication.plain_decision import deciding_clause, verdict_of
from dosojin.adjudication.policy_year import policy_years
from dosojin.adjudication.rank_questions import rank_questions
from dosojin.adjudication.read_claim import Claim
from dosojin.facts.declaration import Owner
from dosojin.terms.editions import Edition
from dosojin.terms.lowered import Lowered
from dosojin.terms.wording import wording_of
from dosojin.values.canonical import digest
from dosojin.values.money import Span, bounded
from dosojin.values.text import Text
from dosojin.values.truth import Truth


class Adjudication:
    """One claim under one evaluator, step by step; `decide` is the way in."""

    def __init__(self, evaluator: Evaluator, case: Case) -> None:
        self.evaluator = evaluator
        self.lowered = evaluator.lowered
        self.case = case
        self.open_parts = evaluator.open_parts(case)
        self.units = evaluator.claimed(self.open_parts)
        self.run = evaluator.run(case, self.units, self.open_parts)
        self.is_exact = self._is_exact()
        self.splitter: Splitter | None = None
        self.explored: Exploration | None = None
        if not self.is_exact:
            self.splitter = Splitter(evaluator, case, self.units, self.run)
            self.explored = self.splitter.explore()

    def _is_exact(self) -> bool:
        """Nothing open: every gate is decided and both planes carry the same yen."""
        run = self.run
        if any(run.lo[u.benefit.root] != run.hi[u.benefit.root] for u in self.units):
            return False
        nodes = self.lowered.nodes
        return all(
            run.truths[nodes[part].truth] != 2
            for unit in self.units
            for part in unit.benefit.parts
            if part in self.open_parts
        )

    def value(self, truth: int) -> int:
        """A truth of the occurrence that no clause and no node asks for."""
        found: int = self.evaluator.program.truths((truth,))(self.case.known, (), "", self.run)[0]
        return found

    # bounds -------------------------------------------------------------------------------

    def total(self) -> Span:
        if self.explored is not None:
            found = self.explored.total()
            if found is not None:
                return _span(*found)
        roots = [unit.benefit.root for unit in self.units]
        return _span(sum(self.run.lo[i] for i in roots), sum(self.run.hi[i] for i in roots))

    def benefit_span(self, position: int) -> Span:
        """What one claimed benefit (by position) brings at worst and at best."""
        if self.explored is not None and self.explored.groups:
            found = [group.benefits[position] for group in self.explored.groups]
            return _span(min(lo for lo, _ in found), max(hi for _, hi in found))
        root = self.units[position].benefit.root
        return _span(self.run.lo[root], self.run.hi[root])

    def part_truth(self, part: int) -> Truth:
        """A part's gate over all combinations: NO or YES only if it is so in every one."""
        truth = self.run.truths[self.lowered.nodes[part].truth]
        if truth != 2 or self.explored is None:
            return Truth(truth)
        planes, explored = self.explored.parts[part], self.explored
        if explored.consistent & ~planes == 0:
            return Truth.YES
        if (planes >> explored.count) & explored.consistent == 0:
            return Truth.NO
        return Truth.UNKNOWN

    def _counts(self, node: int) -> Truth:
        """Whether the occurrence is one that a conditional limit counts."""
        truth = self.lowered.nodes[node].truth
        return Truth.YES if truth < 0 else Truth(self.run.truths[truth])

    def usage(self, policy_start: str) -> tuple[Usage, ...]:
        found: list[Usage] = []
        nodes = [i for unit in self.units for i in unit.nodes]
        stateful = [i for i in nodes if self.lowered.nodes[i].scope in STATEFUL]
        for position, index in enumerate(stateful):
            span = _span(*self.run.paid(index))
            if self.explored is not None and self.explored.groups:
                ends = [group.nodes[position] for group in self.explored.groups]
                span = _span(min(lo for lo, _ in ends), max(hi for _, hi in ends))
            counts = self._counts(index)
            if span.hi == 0 or counts is Truth.NO:
                continue
            if counts is Truth.UNKNOWN:
                span = Span(0, span.hi)
            years = policy_years(self.lowered, self.case.known, index, policy_start)
            year = years[0] if years[0] == years[1] > 0 else None
            found.append(Usage(self.lowered.nodes[index].id, year, span))
        return tuple(found)


def _span(lo: int, hi: int) -> Span:
    return Span(lo, bounded(hi))


def decide(claim: Claim, *, with_questions: bool = True) -> Decision:
    """The decision on one claim; the same claim always gives the same bytes.

    Without questions it is quicker; everything else is the same.
    """
    work = Adjudication(claim.evaluator, claim.case)
    benefits = tuple(
        _benefit(work, claim, unit, position) for position, unit in enumerate(work.units)
    )
    questions: tuple[Question, ...] = ()
    if with_questions and work.splitter is not None and work.explored is not None:
        questions = _worded(claim.edition, rank_questions(work.splitter, work.explored))
    payable = work.total()
    lowered = work.lowered
    return Decision(
        claim.product, lowered.revision, claim.plan, claim.as_of.isoformat(),
        overall(benefit.verdict for benefit in benefits), payable,
        work.is_exact or (work.splitter is not None and work.splitter.is_tight()),
        _promise(work, payable), benefits, questions,
        work.usage(claim.edition.policy_start.name), lowered.semantics,
        wording_digest(claim.edition), lowered_digest(lowered), digest(plain(claim.source)),
    )  # fmt: skip


AMOUNT = Text(
    "この費用はいくらですか（見積もりでもかまいません）。",
    "How much is this cost? An estimate will do.",
)


def _worded(edition: Edition, questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions with the words that the facts were declared with."""
    asks = {(fact.owner is Owner.LINE, fact.name): fact.ask for fact in edition.facts}
    asks |= {(True, fact.name): fact.ask for fact in edition.line_facts}
    return tuple(
        replace(question, ask=asks.get((question.line is not None, question.fact), AMOUNT))
        for question in questions
    )


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """depends if any is (or nothing is claimed), else covered if any is, else not covered."""
    found = set(verdicts)
    if not found or Verdict.DEPENDS in found:
        return Verdict.DEPENDS
    return Verdict.COVERED if Verdict.COVERED in found else Verdict.NOT_COVERED


def _promise(work: Adjudication, payable: Span) -> int:
    if not any(line.estimated for line in work.case.lines):
        return payable.lo
    return Adjudication(work.evaluator, work.case.as_billed()).total().lo


def _benefit(work: Adjudication, claim: Claim, unit: Unit, position: int) -> BenefitDecision:
    parts = [part for part in unit.benefit.parts if part in work.open_parts]
    truths = [work.part_truth(part) for part in parts]
    verdict, at = verdict_of(truths)
    deciding = deciding_clause(work.lowered, work.run.truths, unit, parts[at])
    clauses = tuple(_clause_truth(work, i) for i in unit.clauses)
    flow = tuple(_flow(work, unit))
    return BenefitDecision(
        unit.benefit.id, verdict, work.benefit_span(position), deciding, clauses, flow,
        _documents_missing(claim, unit, work), tuple(_cites(work, unit, parts, flow, deciding)),
    )  # fmt: skip


def _clause_truth(work: Adjudication, index: int) -> ClauseTruth:
    place = work.evaluator.places[index]
    value = work.run.truths.get(place.truth)
    return place.said[_on_lines(work, place) if value is None else value]


def _on_lines(work: Adjudication, place: ClausePlace) -> int:
    """A clause about receipts holds if it holds for every receipt that comes to it."""
    value = 3
    for index in place.sieves:
        for category in work.evaluator.payout.takes[index]:
            for line in work.case.by_category.get(category, ()):
                value &= work.run.line_truth(place.truth, line)
    return value


def _flow(work: Adjudication, unit: Unit) -> Iterable[FlowNode]:
    lowered, run = work.lowered, work.run
    nodes = lowered.nodes
    for index in run.plan.nodes if run.plan else ():
        if index not in unit.nodes:
            continue
        node = nodes[index]
        lines: tuple[int, ...] = ()
        if node.kind == "lines":
            lines = tuple(i for c in node.categories for i in run.case.by_category.get(c, ()))
            hi = sum(run.case.lines[i].hi for i in lines)
            lo = sum(run.case.lines[i].lo for i in lines)
        elif node.children:
            lo = sum(run.lo[child] for child in node.children)
            hi = sum(run.hi[child] for child in node.children)
        else:
            lo, hi = run.lo[index], run.hi[index]
        if hi == 0:
            continue
        into = _span(lo, hi)
        same = lo == run.lo[index] and hi == run.hi[index]
        out = into if same else _span(run.lo[index], run.hi[index])
        is_part = node.kind == "part"
        cites = deciding_clause(lowered, run.truths, unit, index) if is_part else node.id
        children = tuple(nodes[child].id for child in node.children)
        yield FlowNode(node.id, node.kind, into, out, children, lines, cites)


def _cites(
    work: Adjudication, unit: Unit, parts: Sequence[int], flow: Sequence[FlowNode], deciding: str
) -> Iterable[str]:
    """What decides, excludes or restores for certain, or takes money: each once."""
    seen = {deciding: None}
    if deciding == work.lowered.clauses[unit.clauses.start].id:
        return seen
    for part in parts:
        if work.part_truth(part) is Truth.YES:
            seen.setdefault(deciding_clause(work.lowered, work.run.truths, unit, part))
    for index in unit.clauses:
        clause = work.lowered.clauses[index]
        weighs = clause.role in ("excludes", "restores") and clause.part in parts
        if weighs and work.run.truths[clause.truth] == 3:
            seen.setdefault(clause.id)
    for node in flow:
        if node.kind not in ("all", "part") and node.out != node.into:
            seen.setdefault(node.cites)
    return seen


def _documents_missing(claim: Claim, unit: Unit, work: Adjudication) -> tuple[str, ...]:
    """Papers that show the facts this benefit rests on, and that have not come in."""
    proofs = _proofs(work.lowered, claim.edition)
    wanted: dict[str, None] = {}
    for id, truth in unit.benefit.documents:
        if truth < 0 or work.value(truth) != 0:
            wanted.setdefault(id)
    for part in unit.benefit.parts:
        if part in work.open_parts:
            for variable in _rests_on(work, unit, part):
                wanted.update(proofs[variable])
    return tuple(name for name in wanted if name not in claim.documents)


def _rests_on(work: Adjudication, unit: Unit, part: int) -> Iterable[int]:
    """The stated facts, not denied, behind the grant that holds, or those that still may."""
    clauses, truths, case = work.lowered.clauses, work.run.truths, work.case
    grants = [i for i in unit.clauses if clauses[i].part == part and clauses[i].role == "grants"]
    holding = [i for i in grants if truths[clauses[i].truth] == 3][:1]
    for index in holding or [i for i in grants if truths[clauses[i].truth] == 2]:
        for variable in work.evaluator.places[index].reads:
            if variable in case.stated and not work.evaluator.is_no(case.known[variable], variable):
                yield variable


_PROOFS: dict[int, tuple[Lowered, tuple[dict[str, None], ...]]] = {}


def _proofs(lowered: Lowered, edition: Edition) -> tuple[dict[str, None], ...]:
    """By variable, the papers that show it."""
    found = _PROOFS.get(id(lowered))
    if found is None or found[0] is not lowered:
        by_name = {fact.name: dict.fromkeys(map(str, fact.proof)) for fact in edition.facts}
        proofs = tuple(by_name.get(variable.name, {}) for variable in lowered.variables)
        found = _PROOFS[id(lowered)] = (lowered, proofs)
    return found[1]


def plain(value: Any) -> Any:
    """A claim as canonical JSON takes it: dates and decimals as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


_DIGESTS: dict[int, tuple[Lowered, str]] = {}
_WORDINGS: dict[int, tuple[Edition, str]] = {}


def lowered_digest(lowered: Lowered) -> str:
    """Fingerprint of a lowered form, worked out once."""
    found = _DIGESTS.get(id(lowered))
    if found is None or found[0] is not lowered:
        found = _DIGESTS[id(lowered)] = (lowered, lowered.digest)
    return found[1]


def wording_digest(edition: Edition) -> str:
    """Fingerprint of the words of an edition: ids, readings, sources, figures."""
    found = _WORDINGS.get(id(edition))
    if found is None or found[0] is not edition:
        found = _WORDINGS[id(edition)] = (edition, digest(wording_of(edition)))
    return found[1]
