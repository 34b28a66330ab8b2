"""Money balances exactly: receipts, losses and payout, in both planes, over every worked case."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

from dosojin.adjudication.decide import decide
from dosojin.adjudication.decision import Decision
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.explanation.stations import added
from dosojin.explanation.trace_money import (
    Flow,
    asked,
    bound,
    money_flow,
    waterfall,
)
from dosojin.products import editions
from dosojin.values.money import UNBOUNDED
from dosojin.values.problems import Problem
from tests.unit.explanation.claims import boston, every_worked_claim

LEFT_OUT_MAX = 6


def whole(amount: int | None) -> int:
    return UNBOUNDED if amount is None else amount


def imbalances(claim: Claim, decision: Decision) -> Iterator[str]:
    """Every place whose money does not add up."""
    flows = money_flow(decision, claim, claim.edition)
    into: dict[str, list[tuple[int, int]]] = defaultdict(list)
    out: dict[str, list[tuple[int, int]]] = defaultdict(list)
    places = {place.key: place for flow in flows for place in (flow.source, flow.target)}
    for flow in flows:
        into[flow.target.key].append((flow.lo, whole(flow.hi)))
        out[flow.source.key].append((flow.lo, whole(flow.hi)))
        if flow.lo < 0 or whole(flow.hi) < 0:
            yield f"{flow} is negative"
    for key, place in places.items():
        arrived = tuple(added(pair[plane] for pair in into[key]) for plane in (0, 1))
        left = tuple(added(pair[plane] for pair in out[key]) for plane in (0, 1))
        if place.kind in ("step", "benefit") and arrived != left:
            yield f"{key}: {arrived} comes in, {left} goes out"
        if place.kind == "receipt":
            hi = claim.case.lines[int(place.id[len("expenses[") : -1])].hi
            if left != (bound(hi), added([hi])):
                yield f"{key}: {left} goes out of a receipt of {hi}"
        if place.kind == "payout":
            lo, hi = arrived[0] - left[0], arrived[1]
            hi = hi if hi == UNBOUNDED else hi - left[1]
            if (lo, hi) != (decision.payable.lo, whole(decision.payable.hi)):
                yield f"the payout is {decision.payable}, but {(lo, hi)} arrives"
    if decision.payable.hi and "payout:payout" not in places:
        yield "nothing reaches the payout"
    yield from _waterfall_imbalances(claim, decision)


def _waterfall_imbalances(claim: Claim, decision: Decision) -> Iterator[str]:
    steps = waterfall(decision, claim, claim.edition)
    signs = {"asked": 1, "loss": -1, "payable": 0}
    if sum(signs[step.kind] * step.lo for step in steps) != decision.payable.lo:
        yield "the certain column does not add up"
    possible = sum(signs[step.kind] * (step.hi or 0) for step in steps)
    if all(step.hi is not None for step in steps) and possible != decision.payable.hi:
        yield "the possible column does not add up"


def test_every_worked_claim_balances() -> None:
    found = [
        (claim.source["product"], imbalance)
        for claim in every_worked_claim()
        for imbalance in imbalances(claim, decide(claim, with_questions=False))
    ]
    assert found == []


def loosened(claim: Claim, chance: random.Random) -> Claim | None:
    """The claim with some facts forgotten, some bills only estimated, some amounts unknown."""
    facts = dict(claim.source.get("facts") or {})
    for name in chance.sample(sorted(facts), min(len(facts), chance.randint(1, LEFT_OUT_MAX))):
        del facts[name]
    expenses = []
    for line in claim.source.get("expenses") or ():
        change = chance.choice(({}, {}, {}, {"status": "estimated"}, {"amount": "unknown"}))
        expenses.append({**line, **change})
    try:
        return read_claim({**claim.source, "facts": facts, "expenses": expenses})
    except Problem:
        return None


def test_claims_with_open_facts_balance() -> None:
    chance = random.Random(2026)
    found = []
    for claim in every_worked_claim():
        loose = loosened(claim, chance)
        if loose is not None:
            found += list(imbalances(loose, decide(loose, with_questions=False)))
    assert found == []


def flows_of(raw: dict[str, object]) -> tuple[Flow, ...]:
    claim = read_claim(raw)
    return money_flow(decide(claim), claim, claim.edition)


def test_each_loss_names_its_clause() -> None:
    lost = {flow.clause: flow.hi for flow in flows_of(boston()) if flow.is_lost}
    assert lost == {"rescue.rescuers_max": 150_000, "rescue.room_nights_max": 90_000}


def test_receipts_stand_left_and_the_payout_right() -> None:
    flows = flows_of(boston())
    sources = {flow.source.kind for flow in flows} - {flow.target.kind for flow in flows}
    assert sources == {"receipt"}
    assert [flow.lo for flow in flows if flow.target.kind == "payout"] == [810_000]


def test_an_estimate_is_lost_in_the_certain_plane_only() -> None:
    expenses = [
        {"category": "physician_and_hospital", "amount": 90000, "on": "2026-06-03",
         "status": "estimated"}
    ]  # fmt: skip
    lost = [flow for flow in flows_of(boston(expenses=expenses)) if flow.is_lost]
    assert [(flow.lo, flow.hi, flow.clause) for flow in lost] == [(90_000, 0, "")]


def test_a_cost_that_nothing_takes_is_lost_at_once() -> None:
    expenses = [
        {"category": "physician_and_hospital", "amount": 1000, "on": "2026-06-03"},
        {"category": "prosthesis_repair", "amount": 70000, "on": "2026-06-03"},
    ]
    lost = [flow for flow in flows_of(boston(expenses=expenses)) if flow.is_lost]
    assert [(flow.source.kind, flow.hi) for flow in lost] == [("receipt", 70_000)]


def test_a_receipt_that_two_benefits_list_counts_once() -> None:
    facts = {"illness_began": "before_trip", "cause": "illness"}
    expenses = [{"category": "physician_and_hospital", "amount": 50000, "on": "2026-06-03"}]
    raw = boston("cause", "accident", "accident_on", "accident_on_trip", expenses=expenses)
    raw["facts"] = {**raw["facts"], **facts}
    out = [flow.hi for flow in flows_of(raw) if flow.source.kind == "receipt"]
    assert sum(hi or 0 for hi in out) == 50_000


@pytest.mark.parametrize("product", list(editions()))
def test_what_was_asked_leaves_out_receipts_that_only_prove(product: str) -> None:
    raw = boston(
        product=product,
        facts={"baggage_delayed": True},
        expenses=[{"category": "baggage_purchase", "amount": 40000, "on": "2026-06-02"}],
    )
    assert asked(read_claim(raw)) == (0, 0)
