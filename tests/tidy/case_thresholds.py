"""How closely worked cases come to the figures of a wording.

Comes in: an edition's lowered form and its worked cases. Goes out: the comparisons of clauses and
the limits on money that lack a case on either side of their edge. Never: decides what is right;
that each case ends as worked out by hand is tests/products.

An edge has two sides: the last value that passes and the first that fails, one day, minute, yen,
person or night apart. A comparison counts as tried on a side only if the clause turns on it there:
with the comparison answered the other way, and all else equal, the clause would change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from dosojin.adjudication.case import Case
from dosojin.adjudication.clause_firing import FiringClauses
from dosojin.adjudication.decide import decide
from dosojin.adjudication.program import NEGATED
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.run import Run
from dosojin.adjudication.worked_cases import WorkedCase, worked_cases
from dosojin.terms.lint.contents import Placed
from dosojin.terms.lowered import Lowered, LoweredNode
from dosojin.terms.money_tree import Gate, Limit, Sieve

PASSES, FAILS = "passes", "fails"
LIMITS = ("limit", "deductible", "first", "nights")
NO, YES = 0, 3
NO_LINE = -1


Reached = Callable[[Run], Iterator[int]]
"""Where a pass reaches a truth: the receipts it is asked of, or once `NO_LINE`."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One claim of a worked case and the pass over it."""

    file: str
    title: str
    case: Case
    run: Run


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """One side of a comparison or a limit, in words."""

    what: str
    side: str


def tried_claims(product: str, clauses: FiringClauses) -> tuple[Tried, ...]:
    """Every claim of the edition's worked cases; what earlier ones settled is used up."""
    return tuple(
        Tried(worked.file, worked.title, case, clauses.run(case))
        for worked in worked_cases(product)
        for case in _cases(worked)
    )


def _cases(worked: WorkedCase) -> Iterator[Case]:
    settled: list[dict[str, Any]] = []
    for step in worked.steps:
        claim = read_claim({**step.claim, "usage": [*step.claim.get("usage", ()), *settled]})
        yield claim.case
        if step is worked.steps[-1]:
            return
        for usage in decide(claim, with_questions=False).usage:
            year = {} if usage.year is None else {"year": usage.year}
            settled.append({"node": usage.node, "settled": usage.consumed.lo, **year})


# Comparisons in clauses.


def compared(lowered: Lowered, truth: int) -> frozenset[int]:
    """The comparisons that a truth rests on, also those inside its numbers."""

    @cache
    def of_number(index: int) -> frozenset[int]:
        kind, *parts = lowered.numbers[index]
        if kind in ("constant", "quantity", "day", "moment"):
            return frozenset()
        if kind == "either":
            return of_truth(parts[0]) | of_number(parts[1]) | of_number(parts[2])
        inner = {"least": parts[0], "greatest": parts[0]}.get(kind, parts)
        inner = parts[:1] if kind == "months_on" else inner
        return frozenset().union(*(of_number(part) for part in inner))

    @cache
    def of_truth(index: int) -> frozenset[int]:
        kind, *parts = lowered.truths[index]
        if kind in ("all", "any"):
            return frozenset().union(*(of_truth(part) for part in parts[0]))
        if kind in ("any_line", "every_line"):
            return of_truth(parts[1])
        test = lowered.tests[parts[0]]
        if test[0] != "compare":
            return frozenset()
        return frozenset((parts[0],)) | of_number(test[2]) | of_number(test[3])

    return of_truth(truth)


def comparison_edges(clauses: FiringClauses, tried: Sequence[Tried]) -> Mapping[Edge, str]:
    """Every side of every comparison in a clause, with the title of a case there, or ""."""
    found: dict[Edge, str] = {}
    for truth, reached in _truths(clauses):
        for test in compared(clauses.lowered, truth):
            what = in_words(clauses.lowered, test)
            edges = [Edge(what, side) for side in (PASSES, FAILS)]
            if all([found.setdefault(edge, "") for edge in edges]):
                continue
            for claim in tried:
                for side in _sides(clauses, truth, test, claim, reached(claim.run)):
                    found[Edge(what, side)] = found[Edge(what, side)] or claim.title
    return found


def _truths(clauses: FiringClauses) -> Iterator[tuple[int, Reached]]:
    """The truth of every clause and grade table, and where a pass reaches it."""
    for entry in clauses.placed:
        yield clauses.truths[entry.clause.id], partial(_spots, clauses, entry)
    for index, node in enumerate(clauses.lowered.nodes):
        if node.kind == "graded":
            yield node.truth, partial(_spots_of_a_source, index)


def _spots_of_a_source(index: int, run: Run) -> Iterator[int]:
    if run.memo[index]:
        yield NO_LINE


def _sides(
    clauses: FiringClauses, truth: int, test: int, claim: Tried, spots: Iterator[int]
) -> Iterator[str]:
    """The sides of the comparison on whose edge the claim lies, if the truth turns on it."""
    program = clauses.evaluator.program
    for spot in spots:
        lines = [spot]
        if program.test_on_line[test] and spot == NO_LINE:
            lines = list(range(len(claim.case.lines)))
        for line in lines:
            side = side_at_the_edge(clauses, test, claim, line)
            if side and _turns(clauses, truth, test, claim, (spot, line)):
                yield side


def _spots(clauses: FiringClauses, entry: Placed, run: Run) -> Iterator[int]:
    """Where the clause is reached: the receipts that come to a sieve, else once."""
    index = clauses.nodes[entry.node.id]
    if not isinstance(entry.node, Gate | Sieve | Limit):
        if index in run.open_parts:
            yield NO_LINE
        return
    portions = run.memo[clauses.lowered.nodes[index].children[0]]
    if any(part not in run.open_parts for part in clauses.evaluator.payout.part_of[index]):
        return
    if isinstance(entry.node, Sieve):
        yield from (line for line, _, _ in portions)
    elif portions:
        yield NO_LINE


def side_at_the_edge(clauses: FiringClauses, test: int, claim: Tried, line: int) -> str:
    """The side if not one unit lies between the claim and the edge, else ""."""
    _, relation, left, right = clauses.lowered.tests[test]
    assert relation in ("le", "lt"), f"edges of {relation} are not measured"
    state = claim.case.lines[line] if line != NO_LINE else None
    fields, category = (state.known, state.category) if state else ((), "")
    numbers = clauses.evaluator.program.numbers((left, right))
    (a_lo, a_hi), (b_lo, b_hi) = numbers(claim.run.known, fields, category, claim.run)
    gap = 0 if relation == "le" else 1
    if a_hi + gap == b_lo:
        return PASSES
    return FAILS if a_lo + gap == b_hi + 1 else ""


def _turns(
    clauses: FiringClauses, truth: int, test: int, claim: Tried, place: tuple[int, int]
) -> bool:
    spot, line = place
    yes, no = (
        forced_truth(clauses, truth, claim, spot, (test, line, value)) for value in (YES, NO)
    )
    return yes != no


def forced_truth(
    clauses: FiringClauses, truth: int, claim: Tried, line: int, forced: tuple[int, int, int]
) -> int:
    """A truth with one test (at one receipt) answered otherwise: (test, line, answer)."""
    kind, *parts = clauses.lowered.truths[truth]
    if kind in ("all", "any"):
        inner = [forced_truth(clauses, part, claim, line, forced) for part in parts[0]]
        return _combined(inner, kind)
    if kind in ("any_line", "every_line"):
        filed = [i for i, state in enumerate(claim.case.lines) if state.category in parts[0]]
        inner = [forced_truth(clauses, parts[1], claim, i, forced) for i in filed]
        return _combined(inner, "any" if kind == "any_line" else "all")
    program = clauses.evaluator.program
    if parts[0] == forced[0] and (line == forced[1] or not program.test_on_line[parts[0]]):
        value = forced[2]
    else:
        state = claim.case.lines[line] if line != NO_LINE else None
        fields, category = (state.known, state.category) if state else ((), "")
        value = program.test(parts[0])(claim.run.known, fields, category, claim.run)[0]
    return NEGATED[value] if kind == "not_test" else value


def _combined(values: Sequence[int], kind: str) -> int:
    found = YES if kind == "all" else NO
    for value in values:
        found = found & value if kind == "all" else found | value
    return found


def in_words(lowered: Lowered, test: int) -> str:
    """ "30 <= craft_missing_days"."""
    _, relation, left, right = lowered.tests[test]
    sign = {"le": "<=", "lt": "<", "eq": "==", "ne": "!="}[relation]
    return f"{_number(lowered, left)} {sign} {_number(lowered, right)}"


def _number(lowered: Lowered, index: int) -> str:
    kind, *parts = lowered.numbers[index]
    if kind == "constant":
        return str(parts[0])
    if kind in ("quantity", "day", "moment"):
        name = lowered.variables[parts[0]].name
        return name if kind == "quantity" else f"{name}.{kind}"
    if kind in ("sum", "difference"):
        sign = "+" if kind == "sum" else "-"
        return f"({_number(lowered, parts[0])} {sign} {_number(lowered, parts[1])})"
    if kind == "either":
        return f"either({_number(lowered, parts[1])}, {_number(lowered, parts[2])})"
    if kind == "months_on":
        return f"months_on({_number(lowered, parts[0])}, {parts[1]})"
    inner = parts[0] if kind in ("least", "greatest") else parts
    return f"{kind}({', '.join(_number(lowered, part) for part in inner)})"


# Limits on money.


def limit_edges(clauses: FiringClauses, tried: Sequence[Tried]) -> Mapping[Edge, str]:
    """Both sides of every limit: what just passes whole, and what is one yen or more too much."""
    found: dict[Edge, str] = {}
    slot = clauses.evaluator.payout.nights_slot
    for index, node in enumerate(clauses.lowered.nodes):
        if node.kind not in LIMITS:
            continue
        found |= {Edge(node.id, side): "" for side in (PASSES, FAILS)}
        for claim in tried:
            for over in _overshoots(claim, index, node, slot):
                if over in (0, 1):
                    edge = Edge(node.id, FAILS if over else PASSES)
                    found[edge] = found[edge] or claim.title
    return found


def _overshoots(claim: Tried, index: int, node: LoweredNode, slot: int) -> Iterator[int]:
    """By how much what comes to a limit exceeds it, where both are known exactly."""
    run, case = claim.run, claim.case
    portions = run.memo[node.children[0]]
    if not portions:
        return
    least, most = run.number(node.numbers[0])
    used = case.others.get(index, (0, 0))
    if least != most or used[0] != used[1]:
        return
    allowed = max(least - used[0], 0)
    if node.kind == "first":
        yield len({case.lines[line].person for line, _, _ in portions}) - allowed
    elif node.kind == "nights":
        rooms = [case.lines[line] for line, _, _ in portions]
        yield from _over_by_group([(room.person, *room.known[slot]) for room in rooms], allowed)
    elif node.scope in ("item", "person"):
        names = [getattr(case.lines[line], node.scope) or line for line, _, _ in portions]
        sums = [(lo, hi) for _, lo, hi in portions]
        named = [(name, *each) for name, each in zip(names, sums, strict=True)]
        yield from _over_by_group(named, allowed)
    else:
        yield from _over_by_group([("", lo, hi) for _, lo, hi in portions], allowed)


def _over_by_group(amounts: Sequence[tuple[Any, int, int]], allowed: int) -> Iterator[int]:
    least: Counter[Any] = Counter()
    most: Counter[Any] = Counter()
    for group, lo, hi in amounts:
        least[group] += lo
        most[group] += hi
    yield from (most[group] - allowed for group in most if most[group] == least[group])
