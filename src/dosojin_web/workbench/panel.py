"""What always stands beside a claim: the range, the verdict, the promise, why, and the money."""

from dataclasses import dataclass

from django.utils.translation import gettext

from dosojin_web.components.sankey import Flow
from dosojin_web.components.shapes import Citation
from dosojin_web.workbench.mapping import Flow as EngineFlow
from dosojin_web.workbench.mapping import Judgement, say
from dosojin_web.workbench.wording_links import cite, wording_address


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A claimed benefit: where it stands, what it brings, and the clause that decides it."""

    title: str
    verdict: str
    amount: str
    clause: Citation
    reading: str


@dataclass(frozen=True, slots=True)
class Panel:
    """All of it, ready to show; ``hi`` None is a payout without a limit yet."""

    is_claimed: bool
    lo: int
    hi: int | None
    asked: int | None
    verdict: str
    promise: int
    is_promise_higher: bool
    benefits: tuple[BenefitLine, ...]
    flows: tuple[Flow, ...]
    flow_caption: str
    papers: tuple[str, ...]
    is_settled: bool


def describe_panel(judgement: Judgement) -> Panel:
    """The panel of a claim that was decided."""
    decision = judgement.decision
    product = judgement.claim.product
    asked = judgement.asked_yen()
    is_settled = decision.payable.is_certain and decision.verdict != "depends"
    return Panel(
        is_claimed=bool(decision.benefits),
        lo=decision.payable.lo,
        hi=decision.payable.hi,
        asked=asked or None,
        verdict=str(decision.verdict),
        promise=decision.promise,
        is_promise_higher=decision.promise > decision.payable.lo,
        benefits=tuple(
            BenefitLine(
                judgement.benefit_title(benefit.id),
                str(benefit.verdict),
                judgement.span_words(benefit.payable),
                cite(product, benefit.deciding_clause),
                judgement.reading(benefit.deciding_clause),
            )
            for benefit in decision.benefits
        ),
        flows=tuple(_flows(judgement, product)),
        flow_caption=gettext("Where the money goes")
        if is_settled
        else gettext("Where the money can go, at most"),
        papers=tuple(judgement.papers_missing()),
        is_settled=is_settled,
    )


def _flows(judgement: Judgement, product: str) -> list[Flow]:
    """The engine's links as bands; places of different kinds never share a name."""
    keys: dict[str, str] = {}
    found = []
    for flow in judgement.flows():
        names = []
        for place in (flow.source, flow.target):
            name = say(place.title)
            while keys.setdefault(name, place.kind) != place.kind:
                name += "\N{NO-BREAK SPACE}"
            names.append(name)
        found.append(_band(flow, names, product))
    return found


def _band(flow: EngineFlow, names: list[str], product: str) -> Flow:
    address = wording_address(product, flow.clause) if flow.clause else ""
    return Flow(
        names[0], names[1], flow.hi or 0, flow.clause, flow.is_lost, address,
        certain=flow.lo, unbounded=flow.hi is None,
    )  # fmt: skip
