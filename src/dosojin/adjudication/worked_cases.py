"""Worked examples: claims with the answer a person worked out by hand from the wording.

A case file is a YAML list. A case is a claim plus `title`, `expect`, `work` (the arithmetic), and
perhaps `then`: later claims on the same certificate, which find used up what the earlier ones
settled. `product` may name several editions. An entry with the key `defaults` only holds anchors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from dosojin.adjudication.catalogue import edition_files
from dosojin.adjudication.decide import decide
from dosojin.adjudication.decision import Decision
from dosojin.adjudication.load_claim import parse
from dosojin.adjudication.read_claim import read_claim

OWN_KEYS = ("title", "expect", "work", "then")
FOLDER = "cases"
EXPECTATIONS = (
    "verdict", "payable", "benefits", "cites", "not_cites", "ask_first", "promise", "tight",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One claim of a case, and what is expected of it."""

    claim: Mapping[str, Any]
    expect: Mapping[str, Any]
    work: str


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A case for one edition: its claims in order of posting."""

    title: str
    file: str
    product: str
    steps: tuple[Step, ...]


def _claim_of(entry: Mapping[str, Any], base: Mapping[str, Any], product: str) -> dict[str, Any]:
    own = {key: value for key, value in entry.items() if key not in OWN_KEYS}
    return {**base, **own, "product": product}


def cases_in(content: bytes, file: str) -> Iterator[WorkedCase]:
    """The cases of one file, once for every edition they name."""
    for entry in parse(content, file):
        if "defaults" in entry:
            continue
        named = entry["product"]
        for product in named if isinstance(named, list) else [named]:
            first = _claim_of(entry, {}, product)
            steps = [Step(first, entry["expect"], str(entry.get("work", "")))]
            shared = {k: v for k, v in first.items() if k not in ("facts", "expenses", "usage")}
            for later in entry.get("then", ()):
                claim = _claim_of(later, shared, product)
                steps.append(Step(claim, later["expect"], str(later.get("work", ""))))
            yield WorkedCase(entry["title"], file, product, tuple(steps))


def worked_cases(product: str) -> tuple[WorkedCase, ...]:
    """All worked cases of one edition, files in order of name."""
    folder = resources.files(edition_files(product).package) / FOLDER
    files = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(
        case
        for name in files
        for case in cases_in((folder / name).read_bytes(), name)
        if case.product == product
    )


def decide_steps(case: WorkedCase) -> Iterator[tuple[Step, Decision]]:
    """Decides the claims of a case in order; each settles what it certainly takes up."""
    settled: list[dict[str, Any]] = []
    for step in case.steps:
        raw = {**step.claim, "usage": [*step.claim.get("usage", ()), *settled]}
        decision = decide(read_claim(raw))
        yield step, decision
        for usage in decision.usage:
            year = {} if usage.year is None else {"year": usage.year}
            settled.append({"node": usage.node, "settled": usage.consumed.lo, **year})


def differences(step: Step, decision: Decision) -> list[str]:
    """How a decision departs from what was worked out by hand; empty if it does not."""
    expect = step.expect
    found = [f"expects an unknown thing: {key}" for key in expect if key not in EXPECTATIONS]
    if "verdict" in expect and decision.verdict != expect["verdict"]:
        found.append(f"verdict {decision.verdict}, expected {expect['verdict']}")
    if "payable" in expect:
        found += _span_differs("payable", decision.payable.to_json(), expect["payable"])
    for id, wanted in expect.get("benefits", {}).items():
        found += _benefit_differs(decision, id, wanted)
    found += [f"does not cite {id}" for id in expect.get("cites", ()) if id not in decision.cites]
    found += [f"cites {id}" for id in expect.get("not_cites", ()) if id in decision.cites]
    if "ask_first" in expect:
        first = decision.questions[0].key if decision.questions else None
        if first != expect["ask_first"]:
            found.append(f"asks {first} first, expected {expect['ask_first']}")
    for name in ("promise", "tight"):
        if name in expect and getattr(decision, name) != expect[name]:
            found.append(f"{name} {getattr(decision, name)}, expected {expect[name]}")
    return found


def _span_differs(name: str, span: dict[str, int | None], expected: Any) -> list[str]:
    wanted = expected if isinstance(expected, Mapping) else {"lo": expected, "hi": expected}
    if span == dict(wanted):
        return []
    return [f"{name} {span['lo']}..{span['hi']}, expected {wanted['lo']}..{wanted['hi']}"]


def _benefit_differs(decision: Decision, id: str, wanted: Mapping[str, Any]) -> list[str]:
    benefit = decision.benefit(id)
    if benefit is None:
        return [f"{id} is not claimed"]
    found: list[str] = []
    if "verdict" in wanted and benefit.verdict != wanted["verdict"]:
        found.append(f"{id}: verdict {benefit.verdict}, expected {wanted['verdict']}")
    if "payable" in wanted:
        found += _span_differs(f"{id}: payable", benefit.payable.to_json(), wanted["payable"])
    clause = wanted.get("deciding_clause")
    if clause and benefit.deciding_clause != clause:
        found.append(f"{id}: decided by {benefit.deciding_clause}, expected {clause}")
    return found
