"""Laws 1 and 3: every completion pays within the bounds, and tight bounds are reached.

Beside the amounts, what a decision says of covers and clauses must stay true in every completion.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dosojin.adjudication.decision import Decision, Verdict
from dosojin.terms.editions import Edition
from dosojin.values.money import Span
from dosojin.values.problems import Problem
from dosojin.values.truth import Truth
from tests.properties.claims import COMPLETE, FEW, OPEN, Filing, FilingMaker
from tests.properties.naive import outcome
from tests.properties.situations import (
    Outcome,
    is_no_bound,
)
from tests.properties.sketches import Case
from tests.properties.wordings import ANY, WordingMaker
from tests.properties.workbench import decided, in_force, plain_span, read


@st.composite
def complete_cases(draw: st.DrawFn) -> Case:
    edition = WordingMaker(draw, ANY).edition()
    return Case(edition, FilingMaker(draw, edition, COMPLETE).filing())


@st.composite
def open_cases(draw: st.DrawFn) -> Case:
    edition = WordingMaker(draw, ANY).edition()
    return Case(edition, FilingMaker(draw, edition, OPEN).filing())


@st.composite
def countable_cases(draw: st.DrawFn) -> Case:
    edition = WordingMaker(draw, ANY).edition()
    return Case(edition, FilingMaker(draw, edition, FEW).filing())


def yen_of(total: int) -> int | None:
    return None if is_no_bound(total) else total


def is_in(total: int, span: Span) -> bool:
    yen = yen_of(total)
    if span.hi is None:
        return yen is None or span.lo <= yen
    return yen is not None and span.lo <= yen <= span.hi


def possible(edition: Edition, filing: Filing) -> tuple[list[Outcome], bool]:
    """The outcomes that pass the checks; and whether these are all."""
    situations, every = filing.completions(edition)
    found = [outcome(edition, situation) for situation in situations]
    return [one for one in found if one.is_consistent], every


@given(complete_cases())
def test_two_evaluators_agree_where_all_is_known(case: Case) -> None:
    edition, filing = case.edition, case.filing
    (one,), _ = filing.completions(edition)
    expected = outcome(edition, one)
    with in_force(edition):
        if not expected.is_consistent:
            try:
                read(filing.raw())
            except Problem as problem:
                assert problem.code == "facts.impossible"
                return
            raise AssertionError("an impossible claim was read")
        decision = decided(filing.raw())
    assert decision.payable == Span(
        min(expected.total, 1 << 120) if not is_no_bound(expected.total) else decision.payable.lo,
        yen_of(expected.total),
    )
    for benefit in decision.benefits:
        other = expected.benefits[benefit.id]
        assert benefit.verdict == (Verdict.COVERED if other.is_covered else Verdict.NOT_COVERED)
        assert benefit.deciding_clause == other.deciding
        assert is_in(other.yen, benefit.payable)
    assert {benefit.id for benefit in decision.benefits} == set(expected.benefits)
    consumed = {used.node: used.consumed for used in decision.usage}
    for node, yen in expected.consumed.items():
        assert is_in(yen, consumed.get(node, Span(0, 0))), (node, yen, consumed)


def check_statements(decision: Decision, outcomes: list[Outcome]) -> None:
    """Verdicts, truths and use of limits hold in every completion."""
    for benefit in decision.benefits:
        covered = {one.benefits[benefit.id].is_covered for one in outcomes}
        if benefit.verdict is Verdict.COVERED:
            assert covered == {True}
        elif benefit.verdict is Verdict.NOT_COVERED:
            assert covered == {False}
        for clause in benefit.clauses:
            found = {one.truths[clause.id] for one in outcomes if clause.id in one.truths}
            assert not (clause.truth is Truth.YES and False in found), clause.id
            assert not (clause.truth is Truth.NO and True in found), clause.id
        for one in outcomes:
            assert is_in(one.benefits[benefit.id].yen, benefit.payable), benefit.id
        decides = next(c for c in benefit.clauses if c.id == benefit.deciding_clause)
        if benefit.verdict is Verdict.NOT_COVERED and decides.truth is Truth.YES:
            assert decides.role == "excludes"
    consumed = {used.node: used.consumed for used in decision.usage}
    for one in outcomes:
        for node, yen in one.consumed.items():
            assert is_in(yen, consumed.get(node, Span(0, 0))), (node, yen)


def check_completions(case: Case) -> Decision | None:
    """Law 1 on one case; the decision if it is a possible claim."""
    outcomes, _ = possible(case.edition, case.filing)
    with in_force(case.edition):
        try:
            claim = read(case.filing.raw())
        except Problem as problem:
            assert problem.code == "facts.impossible", problem
            assert not outcomes
            return None
        if not outcomes:
            return None
        decision, plain = decided(case.filing.raw()), plain_span(claim)
    for one in outcomes:
        assert is_in(one.total, plain), ("plain", one.total, plain)
        assert is_in(one.total, decision.payable), ("split", one.total, decision.payable)
    check_statements(decision, outcomes)
    return decision


@given(open_cases())
def test_every_completion_pays_within_the_bounds(case: Case) -> None:
    check_completions(case)


@given(countable_cases())
def test_tight_bounds_are_reached(case: Case) -> None:
    decision = check_completions(case)
    outcomes, every = possible(case.edition, case.filing)
    if decision is None or not decision.tight or not every:
        return
    totals = [one.total for one in outcomes]
    assert min(totals) == decision.payable.lo or is_no_bound(min(totals))
    if decision.payable.hi is not None:
        assert max(totals) == decision.payable.hi
