"""Replay: a decision made again, byte for byte, with the revision of the terms that it names.

An issued revision is kept as data beside its family, `issued/<edition>.r<N>.json`: the lowered form
and what else of the edition reaches a decision (proofs, papers, words of questions, plans). A
record is `{"claim": …, "decision": …}`: the claim as it was filed and the decision's JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from dosojin.adjudication.catalogue import (
    edition_files,
    load_edition,
    load_lowered,
    plan_ids,
    plan_riders,
    plan_sums,
)
from dosojin.adjudication.decide import decide, lowered_digest, plain, wording_digest
from dosojin.adjudication.decision import Decision
from dosojin.adjudication.evaluation import Evaluator, evaluator
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.facts.declaration import Fact
from dosojin.terms.editions import Benefit, Document, Edition
from dosojin.terms.lowered import SEMANTICS, Lowered, lowered_from_json
from dosojin.values.canonical import canonical_bytes, digest
from dosojin.values.money import is_unbounded
from dosojin.values.problems import Problem
from dosojin.values.text import Text

FOLDER = "issued"
RECORD_KEYS = ("claim", "decision")


@dataclass(frozen=True, slots=True)
class Issued:
    """One issued revision of an edition, as decisions see it.

    proofs: by fact. papers: by benefit. plans: riders and sums insured by plan, as a claim file
    would state them.
    """

    lowered: Lowered
    wording_digest: str
    proofs: Mapping[str, tuple[str, ...]]
    papers: Mapping[str, tuple[str, ...]]
    plans: Mapping[str, Mapping[str, Any]]

    @property
    def edition(self) -> str:
        return self.lowered.edition

    @property
    def revision(self) -> int:
        return self.lowered.revision

    def to_json(self) -> dict[str, Any]:
        """What the kept file holds."""
        return {
            "edition": self.edition,
            "revision": self.revision,
            "semantics": self.lowered.semantics,
            "wording": self.wording_digest,
            "proofs": {name: list(papers) for name, papers in self.proofs.items()},
            "papers": {id: list(papers) for id, papers in self.papers.items()},
            "plans": dict(self.plans),
            "lowered": self.lowered.to_json(),
        }


def issue(product: str) -> Issued:
    """The current revision of an edition, ready to be kept."""
    edition = load_edition(product)
    return Issued(
        load_lowered(product),
        wording_digest(edition),
        {fact.name: tuple(str(p) for p in fact.proof) for fact in edition.facts if fact.proof},
        {b.id: tuple(paper.id for paper in b.documents) for b in edition.benefits},
        {plan: _plan_terms(edition, plan) for plan in plan_ids(product)},
    )


def _plan_terms(edition: Edition, plan: str) -> dict[str, Any]:
    sums: dict[str, Any] = {}
    carried = plan_sums(edition.id, plan)
    for id, fact in edition.sums.items():
        yen = carried.get(id, 0)
        if yen is None:
            continue
        if fact.kind.value == "flag":
            sums[id] = bool(yen)
        else:
            sums[id] = "unlimited" if is_unbounded(yen) else yen
    return {"riders": list(plan_riders(edition.id, plan)), "sums": sums}


def file_name(edition: str, revision: int) -> str:
    """ "gakkensai-2026.r1.json"."""
    return f"{edition}.r{revision}.json"


def stored_bytes(issued: Issued) -> bytes:
    """The bytes of the kept file: canonical, so that recording twice changes nothing."""
    return canonical_bytes(issued.to_json()) + b"\n"


def read_issued(content: bytes) -> Issued:
    """What `stored_bytes` wrote."""
    stored = json.loads(content)
    return Issued(
        lowered_from_json(stored["lowered"]),
        stored["wording"],
        {name: tuple(papers) for name, papers in stored["proofs"].items()},
        {id: tuple(papers) for id, papers in stored["papers"].items()},
        stored["plans"],
    )


@cache
def load_issued(product: str, revision: int) -> Issued | None:
    """A revision that was kept, else the current one if it has that number; None if neither."""
    files = edition_files(product)
    kept = resources.files(files.package) / FOLDER / file_name(product, revision)
    if kept.is_file():
        return read_issued(kept.read_bytes())
    current = issue(product)
    return current if current.revision == revision else None


@dataclass(frozen=True, slots=True)
class _IssuedClaim(Claim):
    """A claim read and decided under a kept revision."""

    issued: Issued

    @property
    def edition(self) -> Edition:
        """Today's edition with the proofs and papers of the revision."""
        today = load_edition(self.product)
        return replace(
            today,
            revision=self.issued.revision,
            facts=tuple(_as_issued(fact, self.issued) for fact in today.facts),
            benefits=tuple(_with_papers(benefit, self.issued) for benefit in today.benefits),
        )

    @property
    def evaluator(self) -> Evaluator:
        return evaluator(self.issued.lowered)


def _as_issued(fact: Fact, issued: Issued) -> Fact:
    return replace(fact, proof=issued.proofs.get(fact.name, ()))


def _with_papers(benefit: Benefit, issued: Issued) -> Benefit:
    papers = issued.papers.get(benefit.id, ())
    return replace(benefit, documents=tuple(Document(id, Text(id, id)) for id in papers))


def decide_as_issued(raw: Mapping[str, Any], issued: Issued, with_questions: bool) -> Decision:
    """The decision on a claim file under one revision of its edition."""
    product = issued.edition
    if lowered_digest(issued.lowered) == lowered_digest(load_lowered(product)) and (
        issued.to_json()["plans"] == issue(product).plans
    ):
        decision = decide(read_claim(raw), with_questions=with_questions)
        return replace(decision, wording_digest=issued.wording_digest)
    read = read_claim(_with_plan_terms(raw, issued), lowered=issued.lowered)
    claim = _IssuedClaim(
        read.product, read.plan, read.case, read.as_of, read.documents, raw, issued
    )
    decision = decide(claim, with_questions=with_questions)
    return replace(decision, wording_digest=issued.wording_digest)


def _with_plan_terms(raw: Mapping[str, Any], issued: Issued) -> dict[str, Any]:
    """The claim with what its plan said in that revision written out."""
    terms = issued.plans.get(str(raw.get("plan")))
    policy = dict(raw.get("policy") or {})
    if terms is not None:
        policy.setdefault("riders", terms["riders"])
        policy["sums"] = {**terms["sums"], **(policy.get("sums") or {})}
    return {**raw, "policy": policy}


# Records.


@dataclass(frozen=True, slots=True)
class Replay:
    """A decision made again: what the record says, and what came out.

    is_intact: the record's own digest closes over its content. latest: under today's revision, if
    that was asked for.
    """

    product: str
    revision: int
    recorded: str
    replayed: Decision
    is_intact: bool
    latest: Decision | None

    @property
    def is_same(self) -> bool:
        """Byte for byte: the digests agree, and the record was not altered."""
        return self.is_intact and self.recorded == self.replayed.digest


def record_of(claim: Claim, decision: Decision) -> dict[str, Any]:
    """What to keep of a decision: the claim as filed, and the decision's JSON."""
    return {"claim": plain(claim.source), "decision": decision.to_json()}


def is_record(raw: Any) -> bool:
    """Whether a file holds a record (else it may be a claim)."""
    return isinstance(raw, Mapping) and "decision" in raw


def replay(record: Mapping[str, Any], *, with_latest: bool = False) -> Replay:
    """Decides a record again with the revision it names; Problem for what is no record."""
    claim, stored = _parts(record)
    product, revision = stored["edition"], stored["revision"]
    if not isinstance(product, str) or isinstance(revision, bool) or not isinstance(revision, int):
        raise _no_record("decision.revision")
    issued = load_issued(product, revision)
    if issued is None:
        raise Problem(
            "replay.revision",
            "decision.revision",
            Text(
                f"{product} の第{revision}版は保存されていません。",
                f"Revision {revision} of {product} was not kept.",
            ),
            Text(
                "--latest で、今の版での判断を確かめられます。", "Try a revision that was issued."
            ),
        )
    if issued.lowered.semantics != SEMANTICS:
        raise _other_semantics(issued.lowered.semantics)
    has_questions = bool(stored.get("questions"))
    replayed = decide_as_issued(claim, issued, has_questions)
    latest = decide(read_claim(claim), with_questions=has_questions) if with_latest else None
    return Replay(product, revision, str(stored["digest"]), replayed, _is_intact(stored), latest)


def _parts(record: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    for key in RECORD_KEYS:
        if not isinstance(record.get(key), Mapping):
            raise _no_record(key)
    stored = record["decision"]
    for key in ("edition", "revision", "digest"):
        if key not in stored:
            raise _no_record(f"decision.{key}")
    if record["claim"].get("product") != stored["edition"]:
        raise _no_record("claim.product")
    return record["claim"], stored


def _is_intact(stored: Mapping[str, Any]) -> bool:
    """Whether the record's digest still closes over it; the words of questions are no part."""
    content = {key: value for key, value in stored.items() if key != "digest"}
    try:
        content["questions"] = [
            {key: value for key, value in question.items() if key != "ask"}
            for question in content.get("questions", ())
        ]
        return bool(digest(content) == stored["digest"])
    except (TypeError, AttributeError):
        return False


def _no_record(place: str) -> Problem:
    return Problem(
        "replay.record",
        place,
        Text("判断の記録として読めません。", "This is no record of a decision."),
        Text(
            "dosojin decide --save FILE が書いたファイル（claim と decision）を渡してください。",
            "Give a file that `dosojin decide --save FILE` wrote, with claim and decision.",
        ),
    )


def _other_semantics(version: int) -> Problem:
    return Problem(
        "replay.semantics",
        "decision.semantics",
        Text(
            f"この版は計算方法の第{version}世代で作られ、今のプログラムは第{SEMANTICS}世代です。",
            f"That revision was issued under semantics {version}; this program runs {SEMANTICS}.",
        ),
        Text(
            "当時のバージョンの dosojin で再生してください。",
            "Replay it with the version of dosojin that made it.",
        ),
    )
