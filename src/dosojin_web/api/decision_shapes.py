"""The shapes of a decision and of a wording, as the engine writes them."""

from typing import Annotated

from pydantic import Field

from .shapes import Shape, Verdict, Words


class SpanShape(Shape):
    """Yen, from certain to possible; `hi` null: no limit is known."""

    lo: int
    hi: int | None


class ClauseShape(Shape):
    """A clause and how it stands: "yes", "no" or "unknown"."""

    id: str
    role: str
    part: str
    truth: str
    reads: list[str]


class FlowShape(Shape):
    """What entered a node of the money tree and what it let through."""

    node: str
    kind: str
    into: Annotated[SpanShape, Field(alias="in")]
    out: SpanShape
    children: Annotated[list[str], Field(alias="from")]
    lines: list[int]
    cites: str


class BenefitShape(Shape):
    """One benefit; `cites`: the clauses that decided or took money, in the order of the wording."""

    id: str
    verdict: Verdict
    payable: SpanShape
    deciding_clause: str
    cites: list[str]
    clauses: list[ClauseShape]
    flow: list[FlowShape]
    documents_missing: list[str]


class QuestionShape(Shape):
    """One fact worth asking; `worth`: the yen that the answer moves, null without a bound."""

    fact: str
    worth: int | None
    medical: bool
    members: list[str]
    ask: Words


class UsageShape(Shape):
    """What this occurrence takes of a limit that runs over claims."""

    node: str
    year: int | None
    consumed: SpanShape


class DecisionShape(Shape):
    """Covered or not, how much, and why; `promise`: certain, estimates taken as billed."""

    format: int
    edition: str
    revision: int
    plan: str | None
    as_of: str
    verdict: Verdict
    payable: SpanShape
    tight: bool
    promise: int
    benefits: list[BenefitShape]
    questions: list[QuestionShape]
    usage: list[UsageShape]
    semantics: int
    wording: str
    lowered: str
    input: str
    digest: str


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
    restored_by: list[str]
    why: str | None


class WordingFigureShape(Shape):
    """A figure of the wording."""

    id: str
    value: int
    unit: str
    source: str


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
    title: Words
    benefits: list[WordingBenefitShape]
