"""The shapes of a decision and of a wording, as the engine writes them."""

from typing import Annotated

from pydantic import Field

from .shapes import Shape, Verdict, Words


class SpanShape(Shape):
    """Yen, from certain to possible; `hi` null: no limit is known."""

    lo: int
    """whole yen: certain"""
    hi: int | None
    """whole yen: possible at most; null: no limit is known"""


class ClauseShape(Shape):
    """A clause and how it stands: "yes", "no" or "unknown"."""

    id: str
    role: str
    part: str
    truth: str
    """whether it applies: yes, no or unknown"""
    reads: list[str]
    """the facts that it looks at"""


class FlowShape(Shape):
    """What entered a node of the money tree and what it let through."""

    node: str
    kind: str
    into: Annotated[SpanShape, Field(alias="in")]
    out: SpanShape
    children: Annotated[list[str], Field(alias="from")]
    lines: list[int]
    """the receipts at a source, by their place in `expenses`"""
    cites: str


class BenefitShape(Shape):
    """One benefit; `cites`: the clauses that decided or took money, in the order of the wording."""

    id: str
    verdict: Verdict
    payable: SpanShape
    deciding_clause: str
    """the id of the clause that decided"""
    cites: list[str]
    clauses: list[ClauseShape]
    flow: list[FlowShape]
    documents_missing: list[str]
    """proofs that are still to come"""


class QuestionShape(Shape):
    """One fact worth asking; `worth`: the yen that the answer moves, null without a bound."""

    fact: str
    """where the answer goes in a claim file, such as cause or expenses[2].nights"""
    worth: int | None
    """whole yen by which the answer narrows the payout on average; null: it gives it a bound"""
    medical: bool
    """whether it is about health"""
    members: list[str]
    ask: Words


class UsageShape(Shape):
    """What this occurrence takes of a limit that runs over claims."""

    node: str
    year: int | None
    """for a limit per policy year, which one, from 1; else null"""
    consumed: SpanShape


class DecisionShape(Shape):
    """Covered or not, how much, and why; `promise`: certain, estimates taken as billed."""

    format: int
    """the version of this shape"""
    edition: str
    """the id of the edition"""
    revision: int
    """of the edition"""
    plan: str | None
    as_of: str
    """the day up to which was decided"""
    verdict: Verdict
    payable: SpanShape
    tight: bool
    """whether the span is exact"""
    promise: int
    """whole yen: certain, with estimates taken as billed"""
    benefits: list[BenefitShape]
    questions: list[QuestionShape]
    """what to ask next, the worthiest first"""
    usage: list[UsageShape]
    """what runs over claims"""
    semantics: int
    """the version of the rules of deciding"""
    wording: str
    """the digest of the wording"""
    lowered: str
    """the digest of what was evaluated"""
    input: str
    """the digest of the claim"""
    digest: str
    """over all of it"""


class CitationShape(Shape):
    """What a cited clause says, in plain words, and where the wording says it."""

    id: str
    text: Words
    source: str


class DecisionAnswer(Shape):
    """The decision, and every clause that it cites."""

    decision: DecisionShape
    citations: list[CitationShape]


class WordingClauseShape(Shape):
    """A clause of the wording; `status`: coded, human judgement or not modelled."""

    id: str
    part: str
    role: str
    reading: Words
    source: str
    status: str
    restores: list[str]
    """ids of the exclusions that it takes back"""
    restored_by: list[str]
    """ids of the clauses that take it back"""
    why: str | None


class WordingFigureShape(Shape):
    """A figure of the wording."""

    id: str
    value: int
    """in `unit`"""
    unit: str
    source: str
    """where the wording says it"""


class WordingBenefitShape(Shape):
    """A benefit: its clauses in the order of the wording, its figures."""

    id: str
    title: Words
    source: str
    clauses: list[WordingClauseShape]
    figures: list[WordingFigureShape]


class WordingAnswer(Shape):
    """An edition's wording."""

    product: str
    revision: int
    """of the edition"""
    title: Words
    benefits: list[WordingBenefitShape]
