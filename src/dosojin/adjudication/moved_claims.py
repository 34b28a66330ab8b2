"""Claims of the worked cases read under two editions: what each difference moves, in yen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dosojin.adjudication.catalogue import load_edition, load_lowered, plan_riders, plan_sums
from dosojin.adjudication.clause_firing import CaseClaim, claims_of_cases, firing_clauses
from dosojin.adjudication.compare_editions import Difference
from dosojin.adjudication.decide import decide, plain
from dosojin.adjudication.read_claim import LINE_KEYS, Claim, read_claim
from dosojin.adjudication.run import Run
from dosojin.terms.lowered import Lowered
from dosojin.values.money import Span, is_unbounded
from dosojin.values.problems import Problem


@dataclass(frozen=True, slots=True)
class Moved:
    """A worked claim under both editions. `claims`: as it reads in each, ready to be decided.

    payable: what it pays before and after. involves: how many differences it touches.
    """

    title: str
    file: str
    claims: tuple[Mapping[str, Any], Mapping[str, Any]]
    payable: tuple[Span, Span]
    involves: int

    @property
    def moves(self) -> bool:
        """Whether the two editions pay differently."""
        return self.payable[0] != self.payable[1]


@dataclass(frozen=True, slots=True)
class _Pair:
    """touched: ids of clauses that stand otherwise, and of nodes that bring otherwise."""

    case: CaseClaim
    claims: tuple[Claim, Claim]
    totals: tuple[tuple[int, int], tuple[int, int]]
    touched: frozenset[str]

    @property
    def is_certain(self) -> bool:
        return all(lo == hi for lo, hi in self.totals)

    @property
    def moves(self) -> bool:
        return self.totals[0] != self.totals[1]


def witnesses(
    differences: tuple[Difference, ...], before: str, after: str
) -> tuple[Moved | None, ...]:
    """For every difference the simplest worked claim that shows it, best one that moves yen.

    None where no worked claim shows it, or where only words differ.
    """
    pairs = tuple(_pairs(before, after))
    shown = [sum(_is_touched(each, pair) for each in differences) for pair in pairs]
    return tuple(_best(difference, pairs, shown) for difference in differences)


def _is_touched(difference: Difference, pair: _Pair) -> bool:
    return not difference.is_words_only and not pair.touched.isdisjoint(difference.reads)


def _best(difference: Difference, pairs: tuple[_Pair, ...], shown: list[int]) -> Moved | None:
    """Moving before still, certain before open, few differences at once, then the shortest."""
    found = [
        (not pair.moves, not pair.is_certain, shown[number], pair.case.size, number)
        for number, pair in enumerate(pairs)
        if _is_touched(difference, pair)
    ]
    if not found:
        return None
    number = min(found)[-1]
    return _moved(pairs[number], shown[number])


def _moved(pair: _Pair, involves: int) -> Moved:
    one, other = pair.claims
    payable = (_payable(one), _payable(other))
    sources = (plain(one.source), plain(other.source))
    return Moved(pair.case.title, pair.case.file, sources, payable, involves)


_PAYABLE: dict[int, tuple[Claim, Span]] = {}


def _payable(claim: Claim) -> Span:
    found = _PAYABLE.get(id(claim))
    if found is None or found[0] is not claim:
        span = decide(claim, with_questions=False).payable
        found = _PAYABLE[id(claim)] = (claim, span)
    return found[1]


def _pairs(before: str, after: str) -> Iterator[_Pair]:
    seen: set[tuple[str, str, int]] = set()
    for product in (after, before):
        for case in claims_of_cases(product):
            key = (case.file, case.title, case.step)
            if key in seen:
                continue
            seen.add(key)
            pair = _pair(case, before, after)
            if pair is not None:
                yield pair


def _pair(case: CaseClaim, before: str, after: str) -> _Pair | None:
    sums, riders = _certificate(case.raw)
    try:
        one, other = (
            read_claim(_under(case.raw, product, sums, riders)) for product in (before, after)
        )
    except Problem:
        return None
    runs = (firing_clauses(before).run(one.case), firing_clauses(after).run(other.case))
    return _Pair(
        case, (one, other), (_total(runs[0]), _total(runs[1])),
        frozenset(_touched((before, after), runs)),
    )  # fmt: skip


def _total(run: Run) -> tuple[int, int]:
    roots = [benefit.root for benefit in run.payout.lowered.benefits]
    return sum(run.lo[root] for root in roots), sum(run.hi[root] for root in roots)


def _touched(products: tuple[str, str], runs: tuple[Run, Run]) -> Iterator[str]:
    """Ids of the clauses that stand otherwise, and of the nodes that bring otherwise.

    What only one edition has counts where it fires or takes money, not where it is only read.
    """
    clauses = [firing_clauses(product) for product in products]
    truths = [each.of_run(run) for each, run in zip(clauses, runs, strict=True)]
    for id in dict.fromkeys([*truths[0], *truths[1]]):
        if id in truths[0] and id in truths[1]:
            if truths[0][id] != truths[1][id]:
                yield id
        else:
            side = 0 if id in truths[0] else 1
            if clauses[side].fires(clauses[side].entry(id), truths[side][id]):
                yield id
    flows = [_flows(run) for run in runs]
    nodes = [each.nodes for each in clauses]
    for id in dict.fromkeys([*flows[0], *flows[1]]):
        flow = flows[0].get(id), flows[1].get(id)
        if id in nodes[0] and id in nodes[1]:
            if flow[0] != flow[1]:
                yield id
        elif any(each is not None and each[:2] != each[2:] for each in flow):
            yield id


def _flows(run: Run) -> dict[str, tuple[int, int, int, int]]:
    """By node id what comes in and goes out, where money comes in at all."""
    found: dict[str, tuple[int, int, int, int]] = {}
    for index, node in enumerate(run.payout.lowered.nodes):
        into = (
            sum(run.lo[child] for child in node.children),
            sum(run.hi[child] for child in node.children),
        )
        out = (run.lo[index], run.hi[index])
        if into[1] or out[1]:
            found[node.id] = (*into, *out)
    return found


# The same certificate and the same story, in the words of another edition.


def _certificate(raw: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
    """The sums and riders that hold for a claim under its own edition; a sum not stated is 0."""
    product, plan = raw["product"], raw.get("plan")
    policy = raw.get("policy") or {}
    sums: dict[str, Any] = {}
    if plan is not None:
        for id, value in plan_sums(product, plan).items():
            sums[id] = "unlimited" if value is not None and is_unbounded(value) else value or 0
    sums |= policy.get("sums") or {}
    riders = policy.get("riders")
    if riders is None:
        riders = list(plan_riders(product, plan)) if plan is not None else "unknown"
    return sums, riders


@lru_cache(maxsize=8)
def _names(product: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What an edition knows: entries of the policy, facts, entries of a receipt."""
    lowered: Lowered = load_lowered(product)
    policy = {v.name.removeprefix("policy_") for v in lowered.variables if v.owner == "policy"}
    facts = {v.name for v in lowered.variables if v.owner not in ("policy", "line")}
    lines = {v.name for v in lowered.variables if v.owner == "line"}
    return frozenset(policy), frozenset(facts), frozenset(lines) | frozenset(LINE_KEYS)


def _under(
    raw: Mapping[str, Any], product: str, sums: Mapping[str, Any], riders: Any
) -> dict[str, Any]:
    """The claim in the words of an edition: what it does not know is left out."""
    edition = load_edition(product)
    policy_names, fact_names, line_names = _names(product)
    policy = {k: v for k, v in (raw.get("policy") or {}).items() if k in policy_names}
    words = {choice.value for choice in edition.riders.choices or ()}
    if not isinstance(riders, str):
        policy["riders"] = [rider for rider in riders if rider in words]
    policy["sums"] = {
        id: _sum_of(sums.get(id, 0), edition.sums[id].kind.value) for id in edition.sums
    }
    nodes = {node.id for node in load_lowered(product).nodes}
    return {
        **{k: v for k, v in raw.items() if k in ("plan", "as_of", "place_offset", "rates")},
        "product": product,
        "policy": policy,
        "facts": {k: v for k, v in (raw.get("facts") or {}).items() if k in fact_names},
        "expenses": [
            {k: v for k, v in line.items() if k in line_names} for line in raw.get("expenses") or ()
        ],
        "usage": [used for used in raw.get("usage") or () if used["node"] in nodes],
    }


def _sum_of(value: Any, kind: str) -> Any:
    if kind == "flag":
        return "included" if value else 0
    return value if not isinstance(value, bool) else int(value)
