"""Why not, and what if, in words: the facts that would turn a verdict, other plans and editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dosojin.adjudication.decision import Decision, Verdict
from dosojin.adjudication.read_claim import Claim
from dosojin.adjudication.what_if import Answer, Turn
from dosojin.explanation.amounts import day_text, joined, quantity_text, span_text, title_of
from dosojin.explanation.document import Block, Heading, Listing, Page, Row, Sentence, Table
from dosojin.explanation.losses import run_of
from dosojin.explanation.readings import CARRIED, Readings, readings_of
from dosojin.explanation.reasons import part_reasons, reason_text
from dosojin.facts.declaration import Fact, Kind
from dosojin.terms.editions import Edition
from dosojin.values.moments import EARLIEST_DAY, LATEST_DAY
from dosojin.values.money import is_unbounded
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

TURNS_SHOWN_MAX = 8
WORDS_SHOWN_MAX = 4
_VERDICTS = {
    Verdict.COVERED: Text("お支払いの対象", "covered"),
    Verdict.DEPENDS: Text("未定", "not decided yet"),
    Verdict.NOT_COVERED: Text("対象外", "not covered"),
}

_CONTRARY = Text(
    "（どれもご申告とは異なりますが、ご申告を証明する書類がまだありません）",
    " (the claim says otherwise, but nothing on file proves it)",
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same occurrence under another plan or edition: its decision, or why there is none."""

    product: str
    plan: str | None
    decision: Decision | None
    problem: Problem | None = None


def explain_why_not(
    decision: Decision,
    claim: Claim,
    edition: Edition,
    turns: Sequence[Turn],
    alternatives: Sequence[Alternative],
    language: Language,
) -> Page:
    """For each claimed benefit what it rests on and what would turn it; then the other plans."""
    readings = readings_of(edition)
    run = run_of(claim)
    blocks: list[Block] = []
    if not decision.benefits:
        nothing = Text("まだ何も請求されていません。", "Nothing is claimed yet.")
        blocks.append(Sentence(nothing.in_(language)))
    for benefit in decision.benefits:
        title = readings.benefits[benefit.id].title.in_(language)
        verdict = _VERDICTS[benefit.verdict].in_(language)
        blocks.append(Heading(f"{title}：{verdict}" if language == "ja" else f"{title}: {verdict}"))
        reason = part_reasons(benefit, claim, run)[0]
        sentence = reason_text(reason, readings, language)
        if sentence.text:
            blocks.append(sentence)
        if reason.clause.endswith(CARRIED):
            continue
        blocks += _turn_blocks(
            benefit.verdict, [t for t in turns if t.benefit == benefit.id], readings, language
        )
    if alternatives:
        blocks += _alternative_blocks(alternatives, claim, language)
    title_text = Text(
        "なぜこの結果なのか、何が違えば変わるのか", "Why this result, and what would change it"
    )
    return Page(title_text.in_(language), tuple(blocks))


def _turn_blocks(
    verdict: Verdict, turns: Sequence[Turn], readings: Readings, language: Language
) -> list[Block]:
    if not turns:
        return [Sentence(_nothing_turns(verdict).in_(language))]
    found: list[Block] = []
    for target in (Verdict.COVERED, Verdict.NOT_COVERED):
        own = [turn for turn in turns if turn.verdict is target]
        contrary = bool(own) and all(answer.is_stated for turn in own for answer in turn.answers)
        items = [
            Sentence(turn_text(turn, readings, language, is_noted=not contrary))
            for turn in own[:TURNS_SHOWN_MAX]
        ]
        rest = len(own) - TURNS_SHOWN_MAX
        if rest > 0:
            items.append(Sentence(Text(f"ほか{rest}通り", f"and {rest} more ways").in_(language)))
        lead = (
            Text(
                "次のどれか一つが確かめられれば、お支払いの対象になります",
                "It would be covered if any one of these were shown",
            )
            if target is Verdict.COVERED
            else Text(
                "次のどれか一つが分かれば、対象外になります",
                "It would not be covered if any one of these came out",
            )
        )
        if items:
            words = lead.in_(language) + (_CONTRARY.in_(language) if contrary else "")
            found.append(Listing(words, tuple(items)))
    return found


def _nothing_turns(verdict: Verdict) -> Text:
    if verdict is Verdict.COVERED:
        return Text(
            "まだ確かめられていないことの一つで、この結果が変わることはありません。",
            "No single unproven fact would change this.",
        )
    return Text(
        "まだ確かめられていないことの一つや二つでは、この結果は変わりません。",
        "No one or two unproven facts would change this.",
    )


def turn_text(turn: Turn, readings: Readings, language: Language, *, is_noted: bool = True) -> str:
    """ "cause is an illness, and illness began is on the trip"; noted where the claim differs."""
    said = [
        _answer_text(answer, readings.facts[answer.fact], language, is_noted)
        for answer in turn.answers
    ]
    return "、かつ".join(said) if language == "ja" else ", and ".join(said)


def _answer_text(answer: Answer, fact: Fact, language: Language, is_noted: bool) -> str:
    title = fact.title.in_(language)
    note = ""
    if answer.is_stated and is_noted:
        note = Text("（ご申告と異なりますが、証明書類がありません）",
                    " (the claim says otherwise, without proof)").in_(language)  # fmt: skip
    if fact.kind is Kind.FLAG:
        is_yes = answer.words == ("yes",)
        if language == "ja":
            return f"「{title}」が「{'はい' if is_yes else 'いいえ'}」{note}"
        return f"the answer to “{title}” is {'yes' if is_yes else 'no'}{note}"
    if answer.span is not None:
        reach = _span_words(fact, answer.span, language)
        return f"{title}が{reach}{note}" if language == "ja" else f"{title} {reach}{note}"
    words = [title_of(fact, word, language) for word in answer.words[:WORDS_SHOWN_MAX]]
    rest = len(answer.words) - WORDS_SHOWN_MAX
    if fact.kind is Kind.CHOICES:
        return _member_words(answer, words, rest, language) + note
    if rest > 0:
        words.append(Text(f"ほか{rest}項目", f"{rest} others").in_(language))
    if language == "ja":
        return f"{title}が「{'」か「'.join(words)}」{note}"
    return f"{title} is: {' / '.join(words)}{note}"


def _member_words(answer: Answer, words: list[str], rest: int, language: Language) -> str:
    if language == "ja":
        tail = f"など（ほか{rest}項目）" if rest > 0 else ""
        which = "のどれかに" if len(words) > 1 and answer.is_in else "に"
        return f"「{'」「'.join(words)}」{tail}{which}当てはま{'る' if answer.is_in else 'らない'}"
    one = "one of these applies: " if len(words) > 1 else "this applies: "
    none = "none of these applies: " if len(words) > 1 else "this does not apply: "
    tail = f" / {rest} more" if rest > 0 else ""
    return (one if answer.is_in else none) + " / ".join(words) + tail


def _span_words(fact: Fact, span: tuple[int, int], language: Language) -> str:
    least, most = span
    if fact.kind is Kind.DAY:
        first = "" if least <= EARLIEST_DAY else day_text(date.fromordinal(least), language)
        last = "" if most >= LATEST_DAY else day_text(date.fromordinal(most), language)
    else:
        first = quantity_text(least, fact.unit, language) if least else ""
        last = "" if is_unbounded(most) else quantity_text(most, fact.unit, language)
    if first == last:
        return first if language == "ja" else f"is {first}"
    if language == "ja":
        return (f"{first}以降" if fact.kind is Kind.DAY and not last else
                f"{last}以前" if fact.kind is Kind.DAY and not first else
                f"{first}から{last}まで" if first and last else
                f"{first}以上" if first else f"{last}まで")  # fmt: skip
    if first and last:
        return f"is between {first} and {last}"
    if fact.kind is Kind.DAY:
        return f"is {first} or later" if first else f"is {last} or earlier"
    return f"is {first} or more" if first else f"is {last} or less"


def _alternative_blocks(
    alternatives: Sequence[Alternative], claim: Claim, language: Language
) -> list[Block]:
    heading = Text("ほかのプラン・版の場合", "Under another plan or edition")
    columns = (
        "",
        Text("結果", "verdict").in_(language),
        Text("お支払い額", "payable").in_(language),
    )
    rows: list[Row] = []
    notes: list[Sentence] = []
    for other in alternatives:
        name = _name(other, claim, language)
        if other.decision is None:
            if other.problem is not None:
                between = "：" if language == "ja" else ": "
                notes.append(Sentence(name + between + other.problem.message.in_(language)))
            continue
        verdict = _VERDICTS[other.decision.verdict].in_(language)
        rows.append(Row(name, (verdict, span_text(other.decision.payable, language))))
    found: list[Block] = [Heading(heading.in_(language))]
    if rows:
        found.append(Table(columns, tuple(rows)))
    if notes:
        lead = Text("比べられないもの", "Not possible for this trip").in_(language)
        found.append(Listing(lead, tuple(notes)))
    return found


def _name(other: Alternative, claim: Claim, language: Language) -> str:
    words = [] if other.product == claim.product else [other.product]
    if other.plan is not None:
        words.append(Text(f"プラン{other.plan}", f"plan {other.plan}").in_(language))
    return joined(words, "ja") if language == "ja" else ", ".join(words)
