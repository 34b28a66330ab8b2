"""Where every yen goes: the links of a Sankey picture and the steps of a waterfall."""

from __future__ import annotations

from dataclasses import dataclass

from dosojin.adjudication.decision import Decision
from dosojin.adjudication.read_claim import Claim
from dosojin.explanation.readings import CARRIED, Readings, readings_of
from dosojin.explanation.stations import HI, LO, Pair, Station, Stations, added, taken
from dosojin.terms.clauses import Role
from dosojin.terms.editions import Edition
from dosojin.values.money import bounded
from dosojin.values.text import Text

PAYOUT = Text("お支払い", "Payout")
NOT_CERTAIN = Text(
    "まだ確定していない額（見積もり、換算率など）",
    "not fixed yet: an estimate, or a rate still open",
)
EITHER_OR = Text(
    "両方を同時に支払うことはない分", "cannot both be paid: one answer rules out the other"
)
TWICE = Text(
    "どの補償が支払うか決まるまで、二重に見込んでいる額",
    "counted twice until it is known which part pays",
)
NO_BENEFIT = Text(
    "ご請求の補償には当てはまらない費用", "a kind of cost that none of the claimed benefits takes"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where money is; `id` is unique within a kind.

    kind: receipt, amount (a sum insured or fixed), step, benefit, payout or loss.
    """

    kind: str
    id: str
    title: Text

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Flow:
    """Yen from one place to another: surely (`lo`), possibly (`hi`, None without a bound).

    clause: what takes the money, on links into a loss. The links into any place and out of it sum
    to the same yen, for `lo` and for `hi`.
    """

    source: Place
    target: Place
    lo: int
    hi: int | None
    clause: str = ""

    @property
    def is_lost(self) -> bool:
        return self.target.kind == "loss"


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall. kind: asked, loss or payable; losses are what is taken off."""

    kind: str
    title: Text
    clause: str
    lo: int
    hi: int | None


class _Links:
    """Collects links; two between the same places are one."""

    def __init__(self, readings: Readings) -> None:
        self.readings = readings
        self.found: dict[tuple[str, str, str], tuple[Place, Place, int, int]] = {}
        self.entered: dict[int, Pair] = {}

    def add(self, source: Place, target: Place, yen: Pair, clause: str = "") -> None:
        if not any(yen):
            return
        key = (source.key, target.key, clause)
        _, _, lo, hi = self.found.get(key, (source, target, 0, 0))
        self.found[key] = (source, target, added((lo, yen[LO])), added((hi, yen[HI])))

    def lose(self, source: Place, yen: Pair, clause: str, title: Text) -> None:
        self.add(source, Place("loss", clause or title.en, title), yen, clause)

    def flows(self) -> tuple[Flow, ...]:
        return tuple(
            Flow(source, target, lo, bounded(hi), clause)
            for (_, _, clause), (source, target, lo, hi) in self.found.items()
        )


def money_flow(decision: Decision, claim: Claim, edition: Edition) -> tuple[Flow, ...]:
    """The links from receipts to the payout, with every loss; what takes nothing is left out."""
    readings = readings_of(edition)
    stations = Stations(decision, claim)
    links = _Links(readings)
    payout = Place("payout", "payout", PAYOUT)
    for index, line in enumerate(claim.case.lines):
        place = receipt_place(claim, readings, index)
        whole = bound(line.hi)
        if stations.takers(index):
            links.lose(place, (whole - min(line.lo, whole), 0), "", NOT_CERTAIN)
        elif not is_proof_only(claim, index):
            links.lose(place, (whole, line.hi), "", NO_BENEFIT)
    for root in stations.roots.values():
        arriving = _through(root, stations, links, claim)
        for place, yen in arriving:
            links.add(place, payout, yen)
    if stations.either_or:
        links.lose(payout, (0, stations.either_or), "", EITHER_OR)
    return links.flows()


def _through(
    station: Station, stations: Stations, links: _Links, claim: Claim
) -> list[tuple[Place, Pair]]:
    """What leaves a station, and from which place: its own if it is shown, else those below."""
    readings = links.readings
    arriving: list[tuple[Place, Pair]] = []
    if station.lines:
        for line in station.lines:
            arriving += _receipt_shares(station, line, links, claim)
    elif station.is_source:
        amount = Place("amount", station.id, readings.text(station.id))
        arriving.append((amount, (station.into[LO], station.into[HI])))
    for child in station.children:
        arriving += _through(child, stations, links, claim)
    is_root = stations.roots[station.benefit] is station
    if not (is_root or station.takes_money or _is_one_of_parts(station, stations)):
        return arriving
    here = _place_of(station, readings, is_root)
    for place, yen in arriving:
        links.add(place, here, yen)
    lost = (station.lost(LO), station.lost(HI))
    links.lose(here, lost, station.cites, _loss_title(station, readings))
    return [(here, (station.out[LO], station.out[HI]))]


def _receipt_shares(
    station: Station, line: int, links: _Links, claim: Claim
) -> list[tuple[Place, Pair]]:
    """What a receipt brings to a source; beyond its own amount it is only counted twice."""
    state = claim.case.lines[line]
    before = links.entered.get(line, (0, 0))
    yen = (station.shares[LO][line], station.shares[HI][line])
    own = (
        min(yen[LO], max(state.lo - before[LO], 0)),
        min(yen[HI], max(state.hi - before[HI], 0)),
    )
    links.entered[line] = (added((before[LO], own[LO])), added((before[HI], own[HI])))
    beyond = (taken(yen[LO], own[LO]), taken(yen[HI], own[HI]))
    twice = Place("amount", f"expenses[{line}]", TWICE)
    return [(receipt_place(claim, links.readings, line), own), (twice, beyond)]


def _loss_title(station: Station, readings: Readings) -> Text:
    """What stops the money: a rule by its reading, a part by how its conditions stand."""
    if station.kind != "part":
        return readings.text(station.cites)
    part, reading = readings.parts[station.id], readings.text(station.cites)
    if station.lost(LO) > station.lost(HI):
        return Text(
            f"条件がまだ確かめられていない：{part.ja}", f"conditions not known yet: {part.en}"
        )
    if station.cites.endswith(CARRIED):
        return Text(f"ご契約に含まれない：{part.ja}", f"not in the contract: {part.en}")
    if readings.role(station.cites) is Role.EXCLUDES:
        return Text(f"対象外：{reading.ja}", f"excluded: {reading.en}")
    return Text(f"条件に当てはまらない：{part.ja}", f"conditions not met: {part.en}")


def _is_one_of_parts(station: Station, stations: Stations) -> bool:
    if station.kind != "part":
        return False
    root = stations.roots[station.benefit]
    return sum(1 for each in root.below() if each.kind == "part") > 1


def _place_of(station: Station, readings: Readings, is_root: bool) -> Place:
    if is_root:
        return Place("benefit", station.benefit, readings.benefits[station.benefit].title)
    if station.kind == "part":
        return Place("step", station.id, readings.parts[station.id])
    return Place("step", station.id, readings.text(station.id))


def receipt_place(claim: Claim, readings: Readings, index: int) -> Place:
    """A receipt, called by its kind of cost and the person or thing it names."""
    line = claim.case.lines[index]
    title = readings.category(line.category)
    name = line.person or line.item
    if name:
        title = Text(f"{title.ja}（{name}）", f"{title.en} ({name})")
    return Place("receipt", f"expenses[{index}]", title)


def is_proof_only(claim: Claim, index: int) -> bool:
    """Whether a receipt only proves something (a purchase behind a fixed amount)."""
    evaluator = claim.evaluator
    category = claim.case.lines[index].category
    if any(category in evaluator.payout.takes[i] for i in evaluator.open_parts(claim.case)):
        return False
    return any(
        step[0] in ("any_line", "every_line") and category in step[1]
        for step in evaluator.lowered.truths
    )


def waterfall(decision: Decision, claim: Claim, edition: Edition) -> tuple[Step, ...]:
    """From what was asked, through every loss with its clause, to the payable sum.

    In each plane what was asked, less all losses, is the payable sum (where they have a bound).
    """
    flows = money_flow(decision, claim, edition)
    steps: list[Step] = []
    if asked(claim)[HI]:
        known, whole = asked(claim)
        steps.append(Step("asked", Text("ご請求額", "Asked"), "", known, bounded(whole)))
    for flow in flows:
        if flow.source.kind == "amount":
            steps.append(Step("asked", flow.source.title, flow.source.id, flow.lo, flow.hi))
    losses: dict[str, Step] = {}
    for flow in flows:
        if flow.is_lost:
            before = losses.get(flow.target.key)
            lo, hi = flow.lo, flow.hi
            if before is not None:
                lo += before.lo
                hi = None if hi is None or before.hi is None else hi + before.hi
            losses[flow.target.key] = Step("loss", flow.target.title, flow.clause, lo, hi)
    steps += losses.values()
    payable = decision.payable
    steps.append(Step("payable", Text("お支払い額", "Payable"), "", payable.lo, payable.hi))
    return tuple(steps)


def bound(amount: int) -> int:
    """Yen of the certain plane; an amount nobody knows counts as nothing there."""
    return bounded(amount) or 0


def asked(claim: Claim) -> Pair:
    """All receipts together, estimates in full: those with an amount, and all of them.

    Receipts that only prove something ask for nothing. UNBOUNDED if one has no amount yet.
    """
    amounts = [
        line.hi for index, line in enumerate(claim.case.lines) if not is_proof_only(claim, index)
    ]
    return added(bound(amount) for amount in amounts), added(amounts)
