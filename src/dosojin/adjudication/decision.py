"""A decision as a value: what was decided, why, what is still worth asking; and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dosojin.values.canonical import digest
from dosojin.values.money import Span
from dosojin.values.text import Text
from dosojin.values.truth import Truth

NO_TEXT = Text("", "")
FORMAT = 1
"""Version of the JSON; it grows when a field changes its meaning."""


class Verdict(StrEnum):
    COVERED = "covered"
    NOT_COVERED = "not_covered"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class ClauseTruth:
    """A clause and how it stands; `reads` names the facts it looks at."""

    id: str
    role: str
    part: str
    truth: Truth
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowNode:
    """What entered a node and what it let through, in yen; `lines` are receipts at a source."""

    id: str
    kind: str
    into: Span
    out: Span
    children: tuple[str, ...]
    lines: tuple[int, ...]
    cites: str


@dataclass(frozen=True, slots=True)
class BenefitDecision:
    """One benefit. `cites`: clauses and nodes that decided or took money, in wording order."""

    id: str
    verdict: Verdict
    payable: Span
    deciding_clause: str
    clauses: tuple[ClauseTruth, ...]
    flow: tuple[FlowNode, ...]
    documents_missing: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One fact worth asking. `line` is the receipt it belongs to (None: the occurrence).

    worth: by how many yen the answer narrows the payout on average; None if it bounds a payout
    that has no bound yet. members: for a set, the words that still matter. ask: the question.
    """

    fact: str
    line: int | None
    worth: int | None
    medical: bool
    members: tuple[str, ...] = ()
    ask: Text = NO_TEXT

    @property
    def key(self) -> str:
        """Where the answer goes in a claim file: "cause", "expenses[2].nights"."""
        return self.fact if self.line is None else f"expenses[{self.line}].{self.fact}"


@dataclass(frozen=True, slots=True)
class Usage:
    """What this occurrence takes up of a limit that runs over claims.

    year: for a limit per policy year, the year (1, 2 …), None while that is open.
    """

    node: str
    year: int | None
    consumed: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one claim; `promise` is the certain amount with estimates taken as billed."""

    edition: str
    revision: int
    plan: str | None
    as_of: str
    verdict: Verdict
    payable: Span
    tight: bool
    promise: int
    benefits: tuple[BenefitDecision, ...]
    questions: tuple[Question, ...]
    usage: tuple[Usage, ...]
    semantics: int
    wording_digest: str
    lowered_digest: str
    input_digest: str

    @property
    def cites(self) -> frozenset[str]:
        """Every clause and node that any claimed benefit cites."""
        return frozenset(id for benefit in self.benefits for id in benefit.cites)

    def benefit(self, id: str) -> BenefitDecision | None:
        return next((benefit for benefit in self.benefits if benefit.id == id), None)

    @property
    def digest(self) -> str:
        """Fingerprint of inputs, wording and result; prose is no part of it."""
        return digest(self._content())

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "edition": self.edition,
            "revision": self.revision,
            "plan": self.plan,
            "as_of": self.as_of,
            "verdict": self.verdict.value,
            "payable": self.payable.to_json(),
            "tight": self.tight,
            "promise": self.promise,
            "benefits": [_benefit_json(benefit) for benefit in self.benefits],
            "questions": [_question_json(question) for question in self.questions],
            "usage": [
                {"node": used.node, "year": used.year, "consumed": used.consumed.to_json()}
                for used in self.usage
            ],
            "semantics": self.semantics,
            "wording": self.wording_digest,
            "lowered": self.lowered_digest,
            "input": self.input_digest,
        }

    def to_json(self) -> dict[str, Any]:
        """Plain data for programs; `digest` closes over everything but the words of questions."""
        content = self._content()
        asked = [
            {**entry, "ask": {"ja": question.ask.ja, "en": question.ask.en}}
            for entry, question in zip(content["questions"], self.questions, strict=True)
        ]
        return {**content, "questions": asked, "digest": digest(content)}


def _benefit_json(benefit: BenefitDecision) -> dict[str, Any]:
    return {
        "id": benefit.id,
        "verdict": benefit.verdict.value,
        "payable": benefit.payable.to_json(),
        "deciding_clause": benefit.deciding_clause,
        "cites": list(benefit.cites),
        "clauses": [
            {
                "id": clause.id,
                "role": clause.role,
                "part": clause.part,
                "truth": clause.truth.word,
                "reads": list(clause.reads),
            }
            for clause in benefit.clauses
        ],
        "flow": [
            {
                "node": node.id,
                "kind": node.kind,
                "in": node.into.to_json(),
                "out": node.out.to_json(),
                "from": list(node.children),
                "lines": list(node.lines),
                "cites": node.cites,
            }
            for node in benefit.flow
        ],
        "documents_missing": list(benefit.documents_missing),
    }


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "fact": question.key,
        "worth": question.worth,
        "medical": question.medical,
        "members": list(question.members),
    }
