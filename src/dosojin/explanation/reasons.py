"""Why: the deciding clause in plain words, the person's own days, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dosojin.adjudication.decision import BenefitDecision, ClauseTruth, Decision, Question
from dosojin.adjudication.payout import Run
from dosojin.adjudication.read_claim import Claim
from dosojin.explanation.amounts import answer_text, day_text, joined, quantity_text, yen_text
from dosojin.explanation.document import Sentence
from dosojin.explanation.readings import CARRIED, Readings
from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import (
    CivilDay,
    Compare,
    Constant,
    Difference,
    Expression,
    Number,
    Quantity,
    Sum,
)
from dosojin.terms.clauses import Role
from dosojin.values.text import Language, Text
from dosojin.values.truth import Truth

OPEN_SHOWN_MAX = 5


@dataclass(frozen=True, slots=True)
class PartReason:
    """How one claimed part of a benefit stands: YES, NO or UNKNOWN, by which clause."""

    part: str
    truth: Truth
    clause: str


def part_reasons(benefit: BenefitDecision, claim: Claim, run: Run) -> tuple[PartReason, ...]:
    """The claimed parts in wording order, each with the clause that decides it."""
    lowered = run.payout.lowered
    by_id = {node.id: node for node in benefit.flow}
    found: list[PartReason] = []
    unit = next(b for b in lowered.benefits if b.id == benefit.id)
    parts = [part for part in unit.parts if part in run.open_parts]
    for part in parts:
        node = lowered.nodes[part]
        truth = Truth(run.truths[node.truth])
        clause = by_id[node.id].cites if node.id in by_id else ""
        if len(parts) == 1:
            truth, clause = _truth_of(benefit), benefit.deciding_clause
        found.append(PartReason(node.id, truth, clause or _first_clause(benefit, node.id, truth)))
    return tuple(found)


def _truth_of(benefit: BenefitDecision) -> Truth:
    return {"covered": Truth.YES, "not_covered": Truth.NO, "depends": Truth.UNKNOWN}[
        benefit.verdict.value
    ]


def _first_clause(benefit: BenefitDecision, part: str, truth: Truth) -> str:
    """For a part without money in it: the clause that would be cited."""
    own = [clause for clause in benefit.clauses if clause.part == part]
    grants = [clause for clause in own if clause.role == Role.GRANTS]
    if truth is Truth.NO and any(clause.truth is Truth.YES for clause in grants):
        excludes = [c for c in own if c.role == Role.EXCLUDES and c.truth is Truth.YES]
        return excludes[0].id if excludes else benefit.deciding_clause
    matching = [clause for clause in grants if clause.truth is truth]
    return (matching or grants)[0].id if grants else benefit.deciding_clause


def reason_text(
    reason: PartReason, readings: Readings, language: Language, subject: str = ""
) -> Sentence:
    """Why a part is paid, is not paid, or cannot be told yet; `subject` names the part.

    The text is empty where only the list of open conditions says it.
    """
    reading = readings.text(reason.clause)
    lead = Text(f"{subject}を" if subject else "", f"{subject}. " if subject else "")
    if reason.clause.endswith(CARRIED):
        said = _carried(reason, reading)
    elif reason.truth is Truth.YES:
        said = Text(
            f"{lead.ja}お支払いする理由：「{reading.ja}」に当てはまります。",
            f"{lead.en}We pay because of this: {reading.en}.",
        )
    elif reason.truth is Truth.NO:
        is_excluded = readings.role(reason.clause) is Role.EXCLUDES
        said = Text(
            f"{lead.ja}お支払いできない理由："
            + (f"「{reading.ja}」に当たるため、対象になりません。" if is_excluded
               else f"「{reading.ja}」という条件に当てはまりません。"),
            f"{lead.en}We cannot pay, because this "
            + (f"is excluded: {reading.en}." if is_excluded else f"is not met: {reading.en}."),
        )  # fmt: skip
    elif readings.role(reason.clause) is Role.EXCLUDES:
        whose = Text(f"{subject}：" if subject else "", lead.en)
        said = Text(
            f"{whose.ja}条件は満たしていますが、「{reading.ja}」に当たるかどうかが、まだ分かりません。",
            f"{whose.en}The conditions are met; whether this exclusion applies is not known yet: "
            f"{reading.en}.",
        )
    else:
        said = Text("", "")
    return Sentence(said.in_(language), (reason.clause,))


def _carried(reason: PartReason, reading: Text) -> Text:
    if reason.truth is Truth.UNKNOWN:
        return Text(
            f"{reading.ja}かどうかが、まだ分かりません。",
            f"We do not know yet whether {reading.en}.",
        )
    return Text("ご契約に含まれていません。", "The contract does not carry this benefit.")


def open_grants(benefit: BenefitDecision, part: str) -> tuple[ClauseTruth, ...]:
    """The grants of a part that may still hold."""
    return tuple(
        clause
        for clause in benefit.clauses
        if clause.part == part and clause.role == Role.GRANTS and clause.truth is Truth.UNKNOWN
    )


def open_exclusions(benefit: BenefitDecision, part: str) -> tuple[ClauseTruth, ...]:
    """The exclusions of a part that may still stand."""
    return tuple(
        clause
        for clause in benefit.clauses
        if clause.part == part and clause.role == Role.EXCLUDES and clause.truth is Truth.UNKNOWN
    )


# The person's own days and counts.


def own_values(clause_id: str, claim: Claim, readings: Readings, language: Language) -> str:
    """What the claim itself says to the days and counts of a clause, in one sentence, or ""."""
    clause = readings.clauses.get(clause_id)
    if clause is None:
        return ""
    said = [
        text
        for compare in _comparisons(clause.test)
        for number in (compare.left, compare.right)
        if (text := _own_number(number, claim, language))
    ]
    said = list(dict.fromkeys(said))
    if not said:
        return ""
    if language == "ja":
        return f"今回は、{joined(said, language)}です。"
    return f"Here: {'; '.join(said)}."


def _comparisons(test: object) -> Iterator[Compare]:
    if isinstance(test, Compare):
        yield test
    elif isinstance(test, Expression):
        for field in fields(test):  # type: ignore[arg-type]
            value = getattr(test, field.name)
            for inner in value if isinstance(value, tuple) else (value,):
                yield from _comparisons(inner)


def _own_number(number: Number, claim: Claim, language: Language) -> str:
    """Days from one day of the claim to another, or a count or time that it states."""
    match number:
        case Sum(
            left=Difference(left=CivilDay(fact=last), right=CivilDay(fact=first)),
            right=Constant(value=one),
        ):
            return _own_days(first, last, one, claim, language)
        case Quantity(fact=fact) if fact.unit in ("days", "minutes", "persons", "nights"):
            raw = stated(claim, fact)
            if isinstance(raw, int):
                amount = quantity_text(raw, fact.unit, language)
            elif isinstance(raw, str) and ":" in raw:
                hours, minutes = raw.split(":")
                amount = quantity_text(int(hours) * 60 + int(minutes), "minutes", language)
            else:
                return ""
            return Text(f"{fact.title.ja}が{amount}", f"{fact.title.en}, {amount}").in_(language)
    return ""


def _own_days(first: Fact, last: Fact, one: int, claim: Claim, language: Language) -> str:
    start, end = _day(claim, first), _day(claim, last)
    if start is None or end is None or end < start:
        return ""
    days = quantity_text((end - start).days + one, "days", language)
    if language == "ja":
        return (
            f"{first.title.ja}が{day_text(start, language)}、"
            f"{last.title.ja}が{day_text(end, language)}で、{days}間"
        )
    return (
        f"{days} from {day_text(start, language)} ({_lowered(first.title.en)}) "
        f"to {day_text(end, language)} ({_lowered(last.title.en)})"
    )


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def stated(claim: Claim, fact: Fact) -> Any:
    """What the claim file says of a fact of the occurrence; None if nothing."""
    facts = claim.source.get("facts") or {}
    return facts.get(fact.name)


def _day(claim: Claim, fact: Fact) -> date | None:
    names = [variable.name for variable in claim.evaluator.lowered.variables]
    if fact.name not in names:
        return None
    known = claim.case.known[names.index(fact.name)]
    return date.fromordinal(known[0]) if known is not None and known[0] == known[1] else None


# What to ask.


def fact_of(question: Question, readings: Readings) -> Fact | None:
    """The fact that a question asks for; None for the amount of a receipt."""
    table = readings.facts if question.line is None else readings.line_facts
    return table.get(question.fact)


def worth_text(question: Question, language: Language) -> str:
    """What an answer is worth, in yen."""
    if question.worth is None:
        return Text(
            "答えが分かるまで、お支払いの上限が決まりません。",
            "Until it is answered, the payout has no upper bound.",
        ).in_(language)
    if question.worth == 0:
        return Text(
            "この答えだけでは金額の幅は変わりませんが、判断のもとになります。",
            "By itself it does not narrow the sum, but the decision rests on it.",
        ).in_(language)
    yen = yen_text(question.worth, language)
    return Text(
        f"答えが分かると、金額の幅が平均で{yen}せばまります。",
        f"An answer narrows the sum by {yen} on average.",
    ).in_(language)


def pending_questions(decision: Decision, claim: Claim) -> tuple[Question, ...]:
    """The questions whose answers can still change the verdict or the sum, best first.

    Once the verdict stands, questions without worth are left out, unless they are all that keeps
    the sum open.
    """
    if decision.verdict.value == "depends":
        return decision.questions
    worthy = tuple(question for question in decision.questions if question.worth != 0)
    is_open = not decision.payable.is_certain
    if worthy or not is_open or any(line.lo != line.hi for line in claim.case.lines):
        return worthy
    return decision.questions


def resting_clauses(question: Question, decision: Decision, claim: Claim) -> tuple[str, ...]:
    """The undecided clauses of claimed parts that read the fact asked for, in wording order."""
    evaluator = claim.evaluator
    parts = {evaluator.lowered.nodes[i].id for i in evaluator.open_parts(claim.case)}
    found = [
        clause.id
        for benefit in decision.benefits
        for clause in benefit.clauses
        if clause.truth is Truth.UNKNOWN and question.fact in clause.reads and clause.part in parts
    ]
    return tuple(dict.fromkeys(found))


def member_titles(question: Question, fact: Fact, language: Language) -> list[str]:
    """How people read the words of a set that still matter."""
    return [answer_text(fact, [word], language) for word in question.members]


def sources_of(ids: Iterable[str], readings: Readings) -> tuple[str, ...]:
    """Where the wording says it."""
    return tuple(readings.by_id[id].source for id in ids if id in readings.by_id)
