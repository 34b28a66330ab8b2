"""Laws 2, 4, 5, 8 and 9 on random wordings and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dosojin.adjudication.decision import Decision, Verdict
from dosojin.facts.expressions import AllOf, Figure
from dosojin.terms.clauses import clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import Node, lines, nights, part
from dosojin.values.problems import Problem
from tests.properties import vocabulary as words
from tests.properties.claims import COMPLETE, OPEN, Filing, FilingMaker, Openness, Use, refined
from tests.properties.naive import outcome
from tests.properties.situations import (
    categories_of,
    facts_mentioned,
    nodes_of,
)
from tests.properties.sketches import Case
from tests.properties.stated import Known
from tests.properties.vocabulary import FACTS
from tests.properties.wordings import ANY, Kind, WordingMaker
from tests.properties.workbench import decided, in_force, is_within, plain_span, read

POLICY_FACTS = tuple(fact.name for fact in FACTS if fact.owner.value == "policy")
RECEIPTS_ONLY = Kind(exclusive=True, only_lines=True)
OVER_CLAIMS = Kind(over_claims=True)
MONOTONE = Kind(monotone=True)
WITHOUT_LINE_TESTS = Kind(exclusive=True, any_lines=False)
ESTIMATES = Openness(2, 5)


class Several:
    """A wording, and claims of one certificate on it."""

    def __init__(self, edition: Edition, filings: list[Filing]) -> None:
        self.edition = edition
        self.filings = filings

    def __repr__(self) -> str:
        shown = [Case(self.edition, self.filings[0])]
        return f"{shown} and {[filing.raw() for filing in self.filings[1:]]}"


@st.composite
def cases(draw: st.DrawFn, kind: Kind = ANY, openness: Openness = OPEN) -> Case:
    edition = WordingMaker(draw, kind).edition()
    return Case(edition, FilingMaker(draw, edition, openness).filing())


@st.composite
def refinements(draw: st.DrawFn) -> Several:
    """A claim, and the same with one or two missing things known better."""
    case = draw(cases())
    better = refined(draw, case.filing) or case.filing
    if draw(st.booleans()):
        better = refined(draw, better) or better
    return Several(case.edition, [case.filing, better])


@st.composite
def histories(draw: st.DrawFn, kind: Kind) -> Several:
    """Two or three claims of one certificate, everything known."""
    edition = WordingMaker(draw, kind).edition()
    maker = FilingMaker(draw, edition, COMPLETE)
    filings = [maker.filing(draw(st.integers(1, 2))) for _ in range(draw(st.integers(2, 3)))]
    policy = {name: filings[0].facts[name] for name in POLICY_FACTS}
    return Several(edition, [replace(one, facts={**one.facts, **policy}) for one in filings])


def possible(edition: Edition, filing: Filing) -> bool:
    """Whether a complete claim passes the checks."""
    (situation,), _ = filing.completions(edition)
    return outcome(edition, situation).is_consistent


# 2 ------------------------------------------------------------------------------------------


@given(refinements())
def test_to_know_more_never_widens(pair: Several) -> None:
    before, after = pair.filings
    with in_force(pair.edition):
        try:
            better = read(after.raw())
        except Problem as problem:
            assert problem.code == "facts.impossible"
            return
        first, then = decided(before.raw()), decided(after.raw())
        assert is_within(plain_span(better), plain_span(read(before.raw()))), "plain"
    assert is_within(then.payable, first.payable), ("split", first.payable, then.payable)
    later = {benefit.id: benefit for benefit in then.benefits}
    for benefit in first.benefits:
        assert is_within(later[benefit.id].payable, benefit.payable), benefit.id
        if benefit.verdict is not Verdict.DEPENDS:
            assert later[benefit.id].verdict is benefit.verdict


# 4 ------------------------------------------------------------------------------------------


def check_flow(decision: Decision) -> None:
    for benefit in decision.benefits:
        for node in benefit.flow:
            if node.kind not in ("lines", "fixed", "graded"):
                assert node.out.lo <= node.into.lo, node
            assert node.into.hi is None or (
                node.out.hi is not None and node.out.hi <= node.into.hi
            ), node


@given(cases(RECEIPTS_ONLY))
def test_no_node_and_no_receipt_brings_more_than_itself(case: Case) -> None:
    with in_force(case.edition):
        try:
            decision = decided(case.filing.raw())
        except Problem:
            return
    check_flow(decision)
    filed = case.filing.lines
    assert is_at_most(decision.payable.hi, sum(line.amount.values[-1] for line in filed))
    for benefit in case.edition.benefits:
        found = decision.benefit(benefit.id)
        taken = categories_of(benefit.money)
        amounts = [line.amount.values[-1] for line in filed if line.category in taken]
        assert found is None or is_at_most(found.payable.hi, sum(amounts))


def is_at_most(yen: int | None, most: int) -> bool:
    return most >= 10**20 if yen is None else yen <= most


class Ledger:
    """What the claims of one certificate have taken of its limits, claim by claim."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.taken: dict[int, Mapping[str, int]] = {}
        self.paid: dict[int, int] = {}

    def settle(self, claim: int, filing: Filing) -> None:
        """Decides a claim with what the other claims took, and posts the difference."""
        used: dict[str, int] = {}
        for other, taken in self.taken.items():
            if other != claim:
                for node, yen in taken.items():
                    used[node] = used.get(node, 0) + yen
        uses = tuple(Use(node, yen, 0) for node, yen in used.items())
        decision = decided(replace(filing, uses=uses).raw())
        assert decision.payable.is_certain, decision.payable
        self.paid[claim] = decision.payable.lo
        self.taken[claim] = {one.node: one.consumed.lo for one in decision.usage}

    def total(self, node: str) -> int:
        return sum(taken.get(node, 0) for taken in self.taken.values())


@given(histories(OVER_CLAIMS), st.data())
def test_all_claims_and_corrections_stay_within_the_limits(
    several: Several, data: st.DataObject
) -> None:
    edition, filings = several.edition, several.filings
    filings = [one for one in filings if possible(edition, one) and not is_endless(one)]
    if not filings:
        return
    ledger = Ledger(edition)
    corrected = data.draw(st.lists(st.integers(0, len(filings) - 1), max_size=3))
    with in_force(edition):
        for claim in [*range(len(filings)), *corrected]:
            filing = filings[claim]
            if claim in ledger.taken:
                fewer = data.draw(st.integers(0, len(filing.lines)))
                filing = replace(filing, lines=filing.lines[:fewer])
            ledger.settle(claim, filing)
            for node, limit in limits_of(edition, filings[0]).items():
                assert ledger.total(node) <= limit, node


def is_endless(filing: Filing) -> bool:
    return any(filing.facts[name].raw == "unlimited" for name in ("sums.a", "sums.b"))


def limits_of(edition: Edition, filing: Filing) -> dict[str, int]:
    """The limits over claims whose amount is a figure or a sum insured."""
    found: dict[str, int] = {}
    for benefit in edition.benefits:
        for node in nodes_of(benefit.money):
            per = getattr(node, "per", None)
            if per is None or not per.value.startswith("policy") or not hasattr(node, "yen"):
                continue
            yen = node.yen if node.when is None else node.yen.then
            read_by = set(facts_mentioned(yen))
            if not read_by:
                found[node.id] = yen.value
            elif read_by <= {"sums.a", "sums.b"}:
                found[node.id] = filing.facts[read_by.pop()].values[0]
    return found


# 5 ------------------------------------------------------------------------------------------


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_filing_does_not_matter(case: Case, chance: object) -> None:
    filed = list(case.filing.lines)
    chance.shuffle(filed)  # type: ignore[attr-defined]
    shuffled = replace(case.filing, lines=tuple(filed))
    with in_force(case.edition):
        try:
            once = decided(case.filing.raw())
        except Problem:
            return
        posted = 0
        for count in range(1, len(filed) + 1):
            so_far = decided(replace(shuffled, lines=tuple(filed[:count])).raw())
            posted += so_far.payable.lo - posted
    assert posted == once.payable.lo
    assert so_far.payable == once.payable
    assert so_far.verdict == once.verdict
    assert [used.consumed for used in so_far.usage] == [used.consumed for used in once.usage]


def of_one_benefit(node: Node) -> Edition:
    """A wording that pays whatever the tree brings."""
    always = clause("c", AllOf(()), ja="あ", en="a", source="x")
    money = part("p", ja="あ", en="a", source="x", grants=[always], money=node)
    benefit = Benefit("benefit", words.TEXT, "x", AllOf(()), money)
    return Edition(
        "example-1", 1, words.TEXT, "example", words.FACTS, words.RECEIPT_FACTS, words.Cost,
        (benefit,), (), {}, words.Circumstance, {"a": words.sum_a, "b": words.sum_b},
        words.inception, words.expiry, words.riders,
    )  # fmt: skip


def test_bills_of_one_date_bring_the_same_in_any_order() -> None:
    rooms = lines(words.Cost.ROOM, id="rooms")
    four = Figure("four", 4, "nights", "x")
    bill = {"category": "room", "person": "ann", "on": "2026-06-02"}
    bills = [{**bill, "amount": 100, "nights": 3}, {**bill, "amount": 50, "nights": 2}]
    claim = {
        "product": "example-1", "as_of": "2026-07-20",
        "policy": {"inception": "2026-06-01", "expiry": "2026-06-06"},
    }  # fmt: skip
    with in_force(of_one_benefit(nights(four, rooms, ja="あ", en="a"))):
        found = [decided({**claim, "expenses": one}) for one in (bills, bills[::-1])]
    assert found[0].payable == found[1].payable


# 8 ------------------------------------------------------------------------------------------


@given(histories(MONOTONE), st.sampled_from(["sums.a", "sums.b"]), st.integers(1, 5))
def test_a_higher_sum_never_lowers_the_running_total(
    several: Several, name: str, more: int
) -> None:
    edition = several.edition
    filings = [one for one in several.filings if possible(edition, one) and not is_endless(one)]
    low, high = Ledger(edition), Ledger(edition)
    with in_force(edition):
        for claim, filing in enumerate(filings):
            known = filing.facts[name]
            raised = Known(known.raw + more, (known.values[0] + more,))
            low.settle(claim, filing)
            high.settle(claim, replace(filing, facts={**filing.facts, name: raised}))
            assert sum(high.paid.values()) >= sum(low.paid.values()), (low.paid, high.paid)


# 9 ------------------------------------------------------------------------------------------


@given(cases(WITHOUT_LINE_TESTS, ESTIMATES), st.data())
def test_bills_within_their_estimates_pay_the_promise(case: Case, data: st.DataObject) -> None:
    filed = list(case.filing.lines)
    saved = 0
    for place, line in enumerate(filed):
        if line.status == "estimated":
            estimate = line.amount.values[-1]
            bill = data.draw(st.integers(0, estimate))
            saved += estimate - bill
            filed[place] = replace(line, amount=Known(bill, (bill,)), status="billed")
    with in_force(case.edition):
        try:
            promise = decided(case.filing.raw()).promise
            billed = decided(replace(case.filing, lines=tuple(filed)).raw())
        except Problem:
            return
    assert billed.payable.lo >= promise - saved, (billed.payable, promise, saved)
