"""Laws 1 and 3: every completion pays within the bounds, and tight bounds are reached.

Beside the amounts, what a decision says of covers and clauses must stay true in every completion.
"""

from __future__ import annotations

from hypothesis import given, target
from hypothesis import strategies as st

from dosojin.adjudication.decision import Decision, Verdict
from dosojin.terms.editions import Edition
from dosojin.values.money import Span
from dosojin.values.problems import Problem
from dosojin.values.truth import Truth
from tests.properties.claims import COMPLETE, OPEN, Filing, FilingMaker
from tests.properties.naive import Outcome, is_no_bound, outcome
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


@given(open_cases())
def test_completion_and_tightness(case: Case) -> None:
    edition, filing = case.edition, case.filing
    outcomes, every = possible(edition, filing)
    with in_force(edition):
        try:
            claim = read(filing.raw())
        except Problem as problem:
            assert problem.code == "facts.impossible", problem
            assert not outcomes
            return
        if not outcomes:
            return
        decision, plain = decided(filing.raw()), plain_span(claim)
    totals = [one.total for one in outcomes]
    for total in totals:
        assert is_in(total, plain), ("plain", total)
        assert is_in(total, decision.payable), ("split", total)
    check_statements(decision, outcomes)
    target(len(outcomes))
    if decision.tight and every:
        assert min(totals) == decision.payable.lo
        if decision.payable.hi is not None:
            assert max(totals) == decision.payable.hi
