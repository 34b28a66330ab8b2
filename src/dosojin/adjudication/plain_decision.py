"""The plain decision: what one pass over a case says, without looking at combinations.

Its bounds hold, but may be wider than those of `decide`. It is what columns compute, claim by claim
the same; they hand single cases over to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dosojin.adjudication.case import Case
from dosojin.adjudication.decision import Verdict
from dosojin.adjudication.evaluation import Evaluator, Unit
from dosojin.adjudication.payout import STATEFUL
from dosojin.adjudication.policy_year import policy_years
from dosojin.adjudication.run import Run
from dosojin.terms.lowered import Lowered, LoweredClause
from dosojin.values.truth import Truth


@dataclass(frozen=True, slots=True)
class PlainUse:
    """What an occurrence uses of a limit that runs over several, in yen at least and at most.

    node: index. first_year, last_year: the policy years it may belong to; 0, 0 where the limit does
    not start afresh every year.
    """

    node: int
    first_year: int
    last_year: int
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class PlainBenefit:
    """One claimed benefit: index, verdict, yen at worst and at best, id of the deciding clause."""

    benefit: int
    verdict: Verdict
    lo: int
    hi: int
    deciding_clause: str
    uses: tuple[PlainUse, ...]


def plain_decision(
    evaluator: Evaluator, case: Case, policy_start: str
) -> tuple[tuple[PlainBenefit, ...], Run]:
    """The claimed benefits in wording order, and the pass that found them.

    policy_start: the name of the policy's first day.
    """
    open_parts = evaluator.open_parts(case)
    units = evaluator.claimed(open_parts)
    run = evaluator.run(case, units, open_parts)
    found = []
    for unit in units:
        parts = [part for part in unit.benefit.parts if part in open_parts]
        nodes = evaluator.lowered.nodes
        verdict, at = verdict_of([Truth(run.truths[nodes[part].truth]) for part in parts])
        clause = deciding_clause(evaluator.lowered, run.truths, unit, parts[at])
        root = unit.benefit.root
        uses = tuple(_uses(evaluator.lowered, unit, run, case, policy_start))
        number = evaluator.lowered.benefits.index(unit.benefit)
        found.append(PlainBenefit(number, verdict, run.lo[root], run.hi[root], clause, uses))
    return tuple(found), run


def _uses(
    lowered: Lowered, unit: Unit, run: Run, case: Case, policy_start: str
) -> Sequence[PlainUse]:
    found = []
    for index in unit.nodes:
        node = lowered.nodes[index]
        if node.scope not in STATEFUL:
            continue
        lo, hi = run.paid(index)
        counts = 3 if node.truth < 0 else run.truths[node.truth]
        if hi == 0 or counts == 0:
            continue
        years = policy_years(lowered, case.known, index, policy_start)
        found.append(PlainUse(index, *years, lo if counts == 3 else 0, hi))
    return found


def verdict_of(truths: Sequence[Truth]) -> tuple[Verdict, int]:
    """The verdict from the gates of the claimed parts, and which of them decides."""
    if Truth.YES in truths:
        return Verdict.COVERED, truths.index(Truth.YES)
    if Truth.UNKNOWN in truths:
        return Verdict.DEPENDS, truths.index(Truth.UNKNOWN)
    return Verdict.NOT_COVERED, 0


def deciding_clause(lowered: Lowered, truths: Mapping[int, int], unit: Unit, part: int) -> str:
    """The clause that decides a part, by plain truths in wording order."""
    carried = lowered.clauses[unit.clauses.start]
    if truths[carried.truth] == 0:
        return carried.id
    own = [c for c in lowered.clauses[unit.clauses.start : unit.clauses.stop] if c.part == part]
    grants = [c for c in own if c.role == "grants"]
    excludes = [c for c in own if c.role == "excludes"]
    must = next((c for c in grants if truths[c.truth] == 3), None)
    may = next((c for c in grants if truths[c.truth] == 2), None)
    if must is None and may is None:
        return grants[0].id

    def restores(clause: LoweredClause) -> list[int]:
        return [truths[lowered.clauses[i].truth] for i in clause.restores]

    standing = [c for c in excludes if truths[c.truth] == 3 and not any(restores(c))]
    if standing:
        return standing[0].id
    gate = truths[lowered.nodes[part].truth]
    if gate == 3 and must is not None:
        return must.id
    if must is None and may is not None:
        return may.id
    still_open = next((c for c in excludes if truths[c.truth] != 0 and 3 not in restores(c)), None)
    if truths[carried.truth] == 2 and still_open is None:
        return carried.id
    return (still_open or must or grants[0]).id
