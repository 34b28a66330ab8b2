"""Which of the missing papers this very claim needs: a broken leg needs no death certificate."""

from __future__ import annotations

from typing import Any

from dosojin.adjudication.decision import BenefitDecision
from dosojin.adjudication.read_claim import Claim
from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import AllOf, AnyOf, Expression, Has, IsOneOf, IsTrue, Not
from dosojin.terms.clauses import Role
from dosojin.values.truth import Truth


def missing_documents(benefit: BenefitDecision, claim: Claim) -> tuple[str, ...]:
    """Papers that have not come in and that this claim needs, in the order of the decision.

    A paper that belongs to a situation is asked once the claim speaks of that situation.
    """
    terms = next(b for b in claim.edition.benefits if b.id == benefit.id)
    facts = {fact.name: fact for fact in claim.edition.facts}
    needed = {
        paper.id
        for paper in terms.documents
        if paper.when is None or truth_of(paper.when, claim) is Truth.YES
    }
    needed |= {
        str(proof)
        for clause in benefit.clauses
        if clause.role == Role.GRANTS and clause.truth is not Truth.NO
        for name in clause.reads
        if name in facts and _is_stated(facts[name], claim)
        for proof in facts[name].proof
    }
    return tuple(id for id in benefit.documents_missing if id in needed)


def _is_stated(fact: Fact, claim: Claim) -> bool:
    """Whether the claim says of a fact something that a paper could show."""
    raw = (claim.source.get("facts") or {}).get(fact.name)
    if raw is None or raw in (False, "no", "false", "none", "unknown"):
        return False
    return fact.applies_when is None or truth_of(fact.applies_when, claim) is not Truth.NO


def truth_of(test: Expression, claim: Claim) -> Truth:
    """How a test over flags and choices stands; UNKNOWN for any other test."""
    match test:
        case AllOf(parts=parts):
            truth = Truth.YES
            for part in parts:
                truth = truth & truth_of(part, claim)
            return truth
        case AnyOf(parts=parts):
            truth = Truth.NO
            for part in parts:
                truth = truth | truth_of(part, claim)
            return truth
        case Not(part=part):
            return ~truth_of(part, claim)
        case IsTrue(fact=fact):
            known = _known(fact, claim)
            return Truth.UNKNOWN if known is None else Truth(known)
        case IsOneOf(fact=fact, choices=choices):
            return _choice(fact, {choice.value for choice in choices}, claim)
        case Has(fact=fact, member=member):
            return _member(fact, str(member.value), claim)
    return Truth.UNKNOWN


def _known(fact: Fact, claim: Claim) -> Any:
    for index, variable in enumerate(claim.evaluator.lowered.variables):
        if variable.name == fact.name and variable.owner != "line":
            return claim.case.known[index]
    return None


def _choice(fact: Fact, words: set[Any], claim: Claim) -> Truth:
    known = _known(fact, claim)
    if known is None or fact.choices is None:
        return Truth.UNKNOWN
    mask = sum(1 << i for i, choice in enumerate(fact.choices) if choice.value in words)
    if not known & mask:
        return Truth.NO
    return Truth.YES if not known & ~mask else Truth.UNKNOWN


def _member(fact: Fact, word: str, claim: Claim) -> Truth:
    known = _known(fact, claim)
    if known is None or fact.choices is None:
        return Truth.UNKNOWN
    bit = 1 << [choice.value for choice in fact.choices].index(word)
    inside, outside = known
    return Truth.YES if inside & bit else Truth.NO if outside & bit else Truth.UNKNOWN
