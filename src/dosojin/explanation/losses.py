"""Each loss of money with the receipts that suffered it, for prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dosojin.adjudication.decision import Decision
from dosojin.adjudication.payout import Run
from dosojin.adjudication.read_claim import Claim
from dosojin.explanation.stations import HI, LO, Station, Stations
from dosojin.values.money import bounded, is_unbounded


@dataclass(frozen=True, slots=True)
class ReceiptLoss:
    """What one receipt loses at a station. `nights`: how many nights of how many are paid."""

    line: int
    yen: int
    nights: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Yen that stop at a node: for certain in the plane `lo`, at best in the plane `hi`.

    lo == hi is settled; hi 0 with lo above it still depends on something. limit: the yen up to
    which the node pays, if it is a limit. receipts: empty where money can no longer be told apart.
    """

    node: str
    kind: str
    clause: str
    benefit: str
    lo: int
    hi: int | None
    limit: int | None
    receipts: tuple[ReceiptLoss, ...]

    @property
    def is_settled(self) -> bool:
        return self.lo == self.hi


def run_of(claim: Claim) -> Run:
    """The plain pass over a claim: truths, and what every node let through."""
    evaluator = claim.evaluator
    open_parts = evaluator.open_parts(claim.case)
    return evaluator.run(claim.case, evaluator.claimed(open_parts), open_parts)


def losses_of(decision: Decision, claim: Claim, run: Run) -> tuple[Loss, ...]:
    """Every loss, benefit by benefit, those nearest the receipts first."""
    stations = Stations(decision, claim)
    index = {node.id: i for i, node in enumerate(claim.evaluator.lowered.nodes)}
    found: list[Loss] = []
    for root in stations.roots.values():
        for station in reversed(list(root.below())):
            if station.takes_money:
                found.append(_loss(station, claim, run, index))
    return tuple(found)


def _loss(station: Station, claim: Claim, run: Run, index: Mapping[str, int]) -> Loss:
    lo, hi = station.lost(LO), station.lost(HI)
    receipts: tuple[ReceiptLoss, ...] = ()
    if lo == hi:
        receipts = tuple(_receipts(station, claim, run, index[station.id]))
        if sum(receipt.yen for receipt in receipts) != hi:
            receipts = _only_receipt(station, hi)
    return Loss(
        station.id, station.kind, station.cites, station.benefit, lo, bounded(hi),
        _limit(station, run, index[station.id]), receipts,
    )  # fmt: skip


def _only_receipt(station: Station, yen: int) -> tuple[ReceiptLoss, ...]:
    """The one receipt that could have lost it, if there is just one."""
    lines = {line for each in station.below() for line in each.shares[HI]}
    is_mixed = any(each.is_source and not each.lines for each in station.below())
    return (ReceiptLoss(lines.pop(), yen),) if len(lines) == 1 and not is_mixed else ()


def _limit(station: Station, run: Run, node: int) -> int | None:
    if station.kind != "limit":
        return None
    least, most = run.number(run.payout.lowered.nodes[node].numbers[0])
    return least if least == most and not is_unbounded(most) else None


def _receipts(station: Station, claim: Claim, run: Run, node: int) -> Sequence[ReceiptLoss]:
    """Receipt by receipt, what entered less what left; nothing if they can't be told apart."""
    children = run.payout.lowered.nodes[node].children
    before = [portion for child in children for portion in run.memo[child] or ()]
    after = run.memo[node] or ()
    if station.is_source:
        before = [(i, claim.case.lines[i].lo, claim.case.lines[i].hi) for i in station.lines]
    if any(line < 0 for line, _, _ in (*before, *after)):
        return ()
    left: dict[int, int] = {}
    for line, _, most in after:
        left[line] = left.get(line, 0) + most
    entered: dict[int, int] = {}
    for line, _, most in before:
        entered[line] = entered.get(line, 0) + most
    return [
        ReceiptLoss(line, yen - left.get(line, 0), _nights(station, run, line, yen, left))
        for line, yen in entered.items()
        if yen > left.get(line, 0)
    ]


def _nights(
    station: Station, run: Run, line: int, yen: int, left: Mapping[int, int]
) -> tuple[int, int] | None:
    if station.kind != "nights" or not yen:
        return None
    nights = run.case.lines[line].known[run.payout.nights_slot]
    if nights[0] != nights[1]:
        return None
    paid = -(-left.get(line, 0) * nights[0] // yen)
    return paid, nights[0]
