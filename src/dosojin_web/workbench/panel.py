"""What always stands beside a claim: the range, the verdict, the promise, why, and the money."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from dosojin_web.components.sankey import Flow, measure
from dosojin_web.components.shapes import Citation
from dosojin_web.workbench.mapping import CARRIED, BenefitDecision, Judgement, say
from dosojin_web.workbench.mapping import Flow as EngineFlow
from dosojin_web.workbench.wording_links import cite, wording_address

STEP_NAME_MAX = 30
"""The width of a step's name beside its bar, in characters of full width."""
ORDER = ("covered", "depends", "not_covered")


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
    not_carried: tuple[str, ...]
    flows: tuple[Flow, ...]
    flow_caption: str
    papers: tuple[str, ...]
    is_settled: bool


def describe_panel(judgement: Judgement) -> Panel:
    """The panel of a claim that was decided."""
    decision = judgement.decision
    product = judgement.claim.product
    asked = judgement.asked_yen()
    carried = [
        benefit for benefit in decision.benefits
        if benefit.verdict != "not_covered" or not benefit.deciding_clause.endswith(CARRIED)
    ]  # fmt: skip
    carried.sort(key=lambda benefit: ORDER.index(str(benefit.verdict)))
    is_settled = decision.payable.is_certain and decision.verdict != "depends"
    return Panel(
        is_claimed=bool(decision.benefits),
        lo=decision.payable.lo,
        hi=decision.payable.hi,
        asked=asked or None,
        verdict=str(decision.verdict),
        promise=decision.promise,
        is_promise_higher=decision.promise > decision.payable.lo,
        benefits=tuple(_line(judgement, benefit, product) for benefit in carried),
        not_carried=tuple(
            judgement.benefit_title(b.id) for b in decision.benefits if b not in carried
        ),
        flows=tuple(_flows(judgement, product)),
        flow_caption=gettext("Where the money goes")
        if is_settled
        else gettext("Where the money can go, at most"),
        papers=tuple(judgement.papers_missing()),
        is_settled=is_settled,
    )


def _line(judgement: Judgement, benefit: BenefitDecision, product: str) -> BenefitLine:
    return BenefitLine(
        judgement.benefit_title(benefit.id),
        str(benefit.verdict),
        judgement.span_words(benefit.payable),
        cite(product, benefit.deciding_clause),
        judgement.reason(benefit),
    )


def _flows(judgement: Judgement, product: str) -> list[Flow]:
    """The engine's links as bands, at most; places of different kinds never share a name."""
    names: dict[str, str] = {}
    taken: dict[str, str] = {}
    for link in judgement.flows():
        for place in (link.source, link.target):
            name = say(place.title)
            if place.kind == "step":
                name = shorten(name)
            if place is link.target and link.is_lost and place.title == link.source.title:
                name = gettext("Not paid")
            while taken.setdefault(name, place.key) != place.key:
                name += "\N{NO-BREAK SPACE}"
            names[place.key] = name
    bands = []
    for band in join_bands(list(judgement.flows())):
        address = wording_address(product, band.clause) if band.clause else ""
        bands.append(
            Flow(
                names[band.source], names[band.target], band.yen or 0, band.clause, band.is_lost,
                address, unbounded=band.yen is None,
            )
        )  # fmt: skip
    return bands


def shorten(name: str) -> str:
    """A step's name, cut at a word where it is a whole clause; the wording page has all of it."""
    if measure(name) <= STEP_NAME_MAX:
        return name
    width, end, cut = 0.0, 0, 0
    for end, letter in enumerate(name):
        width += measure(letter)
        if width > STEP_NAME_MAX:
            break
        if letter in " 、，・；（(":
            cut = end
    kept = name[: cut if cut > end // 2 else end]
    return kept.rstrip(" 、，・；（(;:,") + " …"


@dataclass(frozen=True, slots=True)
class Band:
    """A link between two places by key; ``yen`` None is without a limit."""

    source: str
    target: str
    yen: int | None
    clause: str
    is_lost: bool


def join_bands(links: Sequence[EngineFlow]) -> list[Band]:
    """The links of the possible money; a step that takes nothing of it is left out."""
    bands = [
        Band(link.source.key, link.target.key, link.hi, link.clause, link.is_lost)
        for link in links
        if link.hi != 0
    ]
    steps = {
        place.key for link in links for place in (link.source, link.target) if place.kind == "step"
    }
    for step in sorted(steps):
        leaving = [band for band in bands if band.source == step]
        if len(leaving) != 1 or leaving[0].is_lost:
            continue
        onward = leaving[0].target
        bands = [
            replace(band, target=onward) if band.target == step else band
            for band in bands
            if band.source != step
        ]
    return _added(bands)


def _added(bands: Sequence[Band]) -> list[Band]:
    """Bands between the same two places as one."""
    found: dict[tuple[str, str, str], Band] = {}
    for band in bands:
        key = (band.source, band.target, band.clause)
        before = found.get(key)
        if before is not None:
            joint = None if None in (before.yen, band.yen) else (before.yen or 0) + (band.yen or 0)
            band = replace(band, yen=joint)
        found[key] = band
    return list(found.values())
