"""For every clause a claim in which it fires, and what the worked cases leave untried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dosojin.adjudication.case import Case
from dosojin.adjudication.catalogue import load_edition, plan_ids, plan_riders, plan_sums
from dosojin.adjudication.change_case import CaseChanger, Exhausted
from dosojin.adjudication.clause_firing import (
    NO,
    CaseClaim,
    FiringClauses,
    firing_clauses,
    firings_in_cases,
    takes_where_it_fails,
)
from dosojin.adjudication.consistency import Inconsistent, narrow_by_checks
from dosojin.terms.clauses import Role, Status
from dosojin.terms.editions import Edition
from dosojin.terms.lint.consistent import Consistency
from dosojin.terms.lint.contents import Placed
from dosojin.terms.lint.findings import Finding
from dosojin.values.text import Text

BUDGET = 3000
BASES_MAX = 6


@dataclass(frozen=True, slots=True)
class Witness:
    """A claim in which a clause fires: a worked case, with the facts that had to be changed."""

    clause: str
    title: str
    file: str
    step: int
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """Titles of the worked cases in which a clause fires, and of those where it does nothing."""

    fires: tuple[str, ...]
    holds_off: tuple[str, ...]
    can_hold_off: bool = True


def coverage_of_cases(edition: Edition) -> Mapping[str, ClauseCoverage]:
    """How the worked cases try every clause of an edition, by id.

    A condition inside the money (what a sieve keeps, a gate) fires where it takes money. One
    clause of the wording that stands at several places of one benefit is tried as one. A clause
    that is not modelled is left out.
    """
    return _coverage(edition.id)


@lru_cache(maxsize=8)
def _coverage(product: str) -> Mapping[str, ClauseCoverage]:
    clauses = firing_clauses(product)
    firings = firings_in_cases(product)
    fires: dict[object, dict[str, None]] = {}
    holds_off: dict[object, dict[str, None]] = {}
    for entry in clauses.placed:
        key = _same_clause(entry)
        for claim, truths in firings:
            if clauses.fires(entry, truths[entry.clause.id]):
                fires.setdefault(key, {})[claim.title] = None
            if clauses.holds_off(entry, truths[entry.clause.id]):
                holds_off.setdefault(key, {})[claim.title] = None
    return {
        entry.clause.id: ClauseCoverage(
            tuple(fires.get(_same_clause(entry), ())),
            tuple(holds_off.get(_same_clause(entry), ())),
            _can_hold_off(clauses, entry),
        )
        for entry in clauses.placed
        if entry.clause.status is not Status.NOT_MODELLED
    }


def _same_clause(entry: Placed) -> object:
    return entry.benefit.id, entry.part, entry.role, entry.clause.test, entry.clause.reading


def _can_hold_off(clauses: FiringClauses, entry: Placed) -> bool:
    """A sieve over nothing but what it refuses is there to take everything."""
    if not takes_where_it_fails(entry):
        return not _repeats_what_opens(clauses, entry)
    node = clauses.nodes[entry.node.id]
    categories = clauses.evaluator.payout.takes[node]
    truth = clauses.truths[entry.clause.id]
    return not categories or any(
        Consistency(clauses.lowered, category).together((truth,)) is not None
        for category in categories
    )


def _repeats_what_opens(clauses: FiringClauses, entry: Placed) -> bool:
    """Where one fact opens a part and is all that its clause asks, denying it claims nothing."""
    lowered = clauses.lowered
    index = clauses.nodes[entry.node.id]
    opens = lowered.nodes[index].opens
    if len(opens) != 1 or clauses.evaluator.payout.takes[index]:
        return False
    kind, test, *_ = lowered.truths[clauses.truths[entry.clause.id]]
    return kind == "test" and lowered.tests[test] == ("flag", opens[0])


def find_witness(product: str, clause: str) -> Witness | None:
    """A claim in which the clause fires: a worked case if there is one, else a changed one."""
    clauses = firing_clauses(product)
    entry = clauses.entry(clause)
    firing = [
        claim for claim, truths in firings_in_cases(product) if clauses.fires(entry, truths[clause])
    ]
    if firing:
        least = min(firing, key=lambda claim: claim.size)
        return Witness(clause, least.title, least.file, least.step)
    for claim, case in _bases(clauses, entry):
        found = _changed(clauses, entry, case, frozenset())
        if found is not None:
            changed = _differing(clauses, case, found)
            return Witness(clause, claim.title, claim.file, claim.step, changed)
    return None


def _bases(clauses: FiringClauses, entry: Placed) -> Iterator[tuple[CaseClaim, Case]]:
    """The smallest cases that reach the clause, or others made to open its part."""
    firings = firings_in_cases(clauses.lowered.edition)
    reaching = [claim for claim, truths in firings if truths[entry.clause.id]]
    chosen = sorted(reaching, key=lambda claim: claim.size)[:BASES_MAX]
    for claim in chosen:
        yield claim, claim.claim.case
    if chosen:
        return
    part = clauses.nodes.get(entry.part)
    opens = clauses.lowered.nodes[part].opens if part is not None else ()
    flags = [v for v in opens if clauses.lowered.variables[v].kind == "flag"]
    for claim, _ in firings[:BASES_MAX]:
        for variable in flags:
            opened = claim.claim.case.with_known(variable, 3)
            yield claim, replace(opened, stated=opened.stated | {variable})


def _changed(
    clauses: FiringClauses, entry: Placed, case: Case, frozen: frozenset[int]
) -> Case | None:
    """A possible case in which the clause fires, reached by changing what it reads."""
    changer = CaseChanger(clauses.evaluator, frozen, BUDGET)
    truth = clauses.truths[entry.clause.id]
    try:
        for changed in _candidates(changer, clauses, entry, truth, case):
            if _is_possible(clauses, changed) and clauses.fires(
                entry, clauses.of_one(entry, changed)
            ):
                return changed
    except Exhausted:
        pass
    return None


def _candidates(
    changer: CaseChanger, clauses: FiringClauses, entry: Placed, truth: int, case: Case
) -> Iterator[Case]:
    if not takes_where_it_fails(entry):
        yield from changer.until(truth, case)
        return
    lines: Iterable[int] = range(len(case.lines)) if case.lines else (-1,)
    for line in lines:
        yield from changer.any_change(truth, case, line)


def _is_possible(clauses: FiringClauses, case: Case) -> bool:
    try:
        narrow_by_checks(clauses.evaluator, case)
    except Inconsistent:
        return False
    return True


def _differing(clauses: FiringClauses, case: Case, changed: Case) -> tuple[str, ...]:
    names = [
        variable.name
        for variable, before, after in zip(
            clauses.lowered.variables, case.known, changed.known, strict=True
        )
        if before != after
    ]
    for before, after in zip(case.lines, changed.lines, strict=True):
        if before != after:
            names.append(f"expenses[{case.lines.index(before)}]")
    return tuple(names)


def witness_findings(product: str) -> Iterator[Finding]:
    """Clauses that can never fire, and clauses called unreachable that a plan reaches."""
    clauses = firing_clauses(product)
    for entry in clauses.placed:
        clause = entry.clause
        if clause.status is Status.NOT_MODELLED:
            continue
        place = f"{product}: {clause.id}"
        if clause.unreachable is not None:
            plan = plan_that_reaches(product, clause.id)
            if plan is not None:
                yield _reached(place, plan)
        elif find_witness(product, clause.id) is None and not _tried(product, clause.id):
            yield Finding(
                "clause.never_fires",
                place,
                Text(
                    "この条文が働く事案が見つかりません。", "No claim was found in which it fires."
                ),
                Text(
                    "事例を加えるか、条件を直すか、unreachable に理由を書いてください。",
                    "Add a worked case, correct its test, or give the reason in unreachable.",
                ),
            )


def _tried(product: str, clause: str) -> bool:
    return bool(_coverage(product)[clause].fires)


def _reached(place: str, plan: str) -> Finding:
    return Finding(
        "unreachable.fires",
        place,
        Text(
            f"unreachable とありますが、プラン {plan} で働きます。",
            f"It is called unreachable, yet it fires in plan {plan}.",
        ),
        Text("unreachable を除いてください。", "Take unreachable away."),
    )


def plan_that_reaches(product: str, clause: str) -> str | None:
    """A published plan, sums and riders as printed, in which some claim makes the clause fire.

    An exclusion and what restores it count for nothing in a plan that grants nothing there.
    """
    clauses = firing_clauses(product)
    entry = clauses.entry(clause)
    plans = plan_ids(product)
    if entry.role in (Role.EXCLUDES, Role.RESTORES):
        plans = _granting_plans(product, entry.part)
    return next((plan for plan in plans if _reaches(clauses, entry, plan)), None)


def _reaches(clauses: FiringClauses, entry: Placed, plan: str) -> bool:
    benefit = next(b for b in clauses.lowered.benefits if b.id == entry.benefit.id)
    fixed = _policy_variables(clauses)
    for number, (_, case) in enumerate(_bases_of_all(clauses, entry)):
        insured = _insured(clauses, case, plan)
        if clauses.truth(benefit.carried, clauses.run(insured)) == NO:
            return False
        if clauses.fires(entry, clauses.of_one(entry, insured)):
            return True
        if number == 0 and _changed(clauses, entry, insured, fixed) is not None:
            return True
    return False


@lru_cache(maxsize=64)
def _granting_plans(product: str, part: str) -> tuple[str, ...]:
    """The published plans in which some grant of the part can hold."""
    clauses = firing_clauses(product)
    grants = [e for e in clauses.placed if e.part == part and e.role is Role.GRANTS]
    return tuple(
        plan
        for plan in plan_ids(product)
        if any(_reaches(clauses, grant, plan) for grant in grants)
    )


def _bases_of_all(clauses: FiringClauses, entry: Placed) -> Iterator[tuple[CaseClaim, Case]]:
    for claim, truths in firings_in_cases(clauses.lowered.edition):
        if truths[entry.clause.id]:
            yield claim, claim.claim.case


def _policy_variables(clauses: FiringClauses) -> frozenset[int]:
    variables = clauses.lowered.variables
    return frozenset(i for i, variable in enumerate(variables) if variable.owner == "policy")


def _insured(clauses: FiringClauses, case: Case, plan: str) -> Case:
    """The case under what a plan prints; a sum that the certificate states stays as it is."""
    product = clauses.lowered.edition
    edition = load_edition(product)
    names = {variable.name: i for i, variable in enumerate(clauses.lowered.variables)}
    sums = plan_sums(product, plan)
    for id, fact in edition.sums.items():
        value = sums.get(id, 0)
        if value is not None:
            flag = fact.kind.value == "flag"
            known = (3 if value else 0) if flag else (value, value)
            case = case.with_known(names[fact.name], known)
    riders = names[edition.riders.name]
    words = clauses.lowered.variables[riders].choices
    inside = sum(1 << words.index(r) for r in plan_riders(product, plan) if r in words)
    return case.with_known(riders, (inside, ((1 << len(words)) - 1) & ~inside))


def coverage_findings(product: str) -> Iterator[Finding]:
    """Clauses that no worked case fires, or that fire in every case that reaches them."""
    edition = load_edition(product)
    unreachable = {
        entry.clause.id
        for entry in firing_clauses(product).placed
        if entry.clause.unreachable is not None
    }
    for id, coverage in coverage_of_cases(edition).items():
        place = f"{product}: {id}"
        if not coverage.fires and id not in unreachable:
            yield Finding(
                "case.none_fires",
                place,
                Text("この条文が働く事例がありません。", "It fires in no worked case."),
                Text("事例を加えてください。", "Add a worked case in which it does."),
            )
        if not coverage.holds_off and coverage.can_hold_off:
            yield Finding(
                "case.all_fire",
                place,
                Text(
                    "この条文が働かない事例がありません。", "No worked case shows it holding off."
                ),
                Text("事例を加えてください。", "Add a worked case in which it does not fire."),
            )
