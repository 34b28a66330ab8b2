"""A question as a page: what is asked, why, what it is worth, and the answers to choose from."""

from __future__ import annotations

from dosojin.adjudication.decision import Decision, Question
from dosojin.adjudication.read_claim import Claim
from dosojin.explanation.amounts import title_of, yen_text
from dosojin.explanation.document import Block, Page, Sentence
from dosojin.explanation.readings import Readings
from dosojin.explanation.reasons import fact_of, resting_clauses, worth_text
from dosojin.facts.declaration import Kind
from dosojin.values.money import is_unbounded
from dosojin.values.text import Language, Text

CLAUSES_SHOWN_MAX = 3


def question_page(
    question: Question, decision: Decision, claim: Claim, readings: Readings, language: Language
) -> Page:
    """The question with its reason and its worth in yen; about a receipt, which receipt."""
    fact = fact_of(question, readings)
    blocks: list[Block] = []
    if question.line is not None:
        blocks.append(Sentence(receipt_text(claim, question.line, readings, language)))
    clauses = resting_clauses(question, decision, claim)[:CLAUSES_SHOWN_MAX]
    blocks.append(Sentence(worth_text(question, language), clauses))
    if fact is not None and fact.why is not None:
        blocks.insert(0, Sentence(fact.why.in_(language)))
    if fact is not None and fact.finding:
        note = Text(
            "担当者が判断する事柄です。確かでなければ「分からない」で構いません。",
            "This is for a person to judge. If unsure, say that you do not know.",
        )
        blocks.append(Sentence(note.in_(language)))
    return Page(question.ask.in_(language), tuple(blocks))


def receipt_text(claim: Claim, line: int, readings: Readings, language: Language) -> str:
    """ "About the receipt: a rescuer's room (mother), 300,000 yen"."""
    state = claim.case.lines[line]
    title = readings.category(state.category).in_(language)
    name = state.person or state.item
    amount = (
        Text("金額は不明", "amount not known").in_(language)
        if is_unbounded(state.hi)
        else yen_text(state.hi, language)
    )
    if language == "ja":
        return f"{line + 1}番目の費用：{title}{f'（{name}）' if name else ''}、{amount}"
    return f"Receipt {line + 1}: {title}{f' ({name})' if name else ''}, {amount}"


def choice_words(question: Question, claim: Claim, readings: Readings) -> tuple[str, ...]:
    """The words that may still be the answer, in their order; of a set those that matter."""
    fact = fact_of(question, readings)
    if fact is None or fact.choices is None:
        return ()
    if fact.kind is Kind.CHOICES:
        return question.members
    evaluator = claim.evaluator
    for index, variable in enumerate(evaluator.lowered.variables):
        if variable.name != fact.name:
            continue
        slot = evaluator.program.line_slot.get(index)
        if (slot is None) != (question.line is None):
            continue
        known = (
            claim.case.known[index]
            if slot is None
            else claim.case.lines[question.line or 0].known[slot]
        )
        return tuple(word for bit, word in enumerate(variable.choices) if known >> bit & 1)
    return tuple(choice.value for choice in fact.choices)


def choice_titles(
    question: Question, words: tuple[str, ...], readings: Readings, language: Language
) -> tuple[str, ...]:
    """The same words as people read them."""
    fact = fact_of(question, readings)
    return words if fact is None else tuple(title_of(fact, word, language) for word in words)
