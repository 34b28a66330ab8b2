"""A decision as a page that a claimant understands, or as the short page of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dosojin.adjudication.decision import BenefitDecision, Decision, Question, Verdict
from dosojin.adjudication.payout import Run
from dosojin.adjudication.read_claim import Claim
from dosojin.explanation.amounts import day_text, joined, span_text, yen_text
from dosojin.explanation.document import Block, Heading, Listing, Page, Sentence
from dosojin.explanation.losses import Loss, losses_of, run_of
from dosojin.explanation.missing_documents import missing_documents
from dosojin.explanation.readings import CARRIED, Readings, readings_of
from dosojin.explanation.reasons import (
    OPEN_SHOWN_MAX,
    PartReason,
    fact_of,
    member_titles,
    open_exclusions,
    open_grants,
    own_values,
    part_reasons,
    pending_questions,
    reason_text,
    resting_clauses,
    worth_text,
)
from dosojin.explanation.say_loss import loss_sentence
from dosojin.explanation.tabulate_waterfall import waterfall_table
from dosojin.explanation.trace_money import asked
from dosojin.terms.clauses import Role
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import Fixed, Graded
from dosojin.terms.wording import nodes_of
from dosojin.values.money import bounded
from dosojin.values.text import Language, Text
from dosojin.values.truth import Truth

_ORDER = (Verdict.COVERED, Verdict.DEPENDS, Verdict.NOT_COVERED)
_VERDICTS = {
    Verdict.COVERED: Text("お支払いの対象です", "covered"),
    Verdict.DEPENDS: Text("まだ決まりません", "not decided yet"),
    Verdict.NOT_COVERED: Text("お支払いの対象になりません", "not covered"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """Everything that the sentences of one page are made of."""

    decision: Decision
    claim: Claim
    readings: Readings
    run: Run
    losses: tuple[Loss, ...]
    language: Language

    def said(self, ja: str, en: str, *clauses: str, is_strong: bool = False) -> Sentence:
        return Sentence(Text(ja, en).in_(self.language), clauses, is_strong)


def _told(decision: Decision, claim: Claim, edition: Edition, language: Language) -> _Told:
    run = run_of(claim)
    losses = losses_of(decision, claim, run)
    return _Told(decision, claim, readings_of(edition), run, losses, language)


def explain_to_claimant(
    decision: Decision, claim: Claim, edition: Edition, language: Language
) -> Page:
    """What is paid, why, what is not paid and why, what could still change it, and the sum."""
    told = _told(decision, claim, edition, language)
    blocks: list[Block] = [*_headline(told)]
    for verdict in _ORDER:
        for benefit in decision.benefits:
            if benefit.verdict is verdict and not _is_beside(told, benefit):
                blocks += _benefit_blocks(told, benefit)
    blocks += _beside(told)
    if decision.benefits:
        blocks += _outlook(told)
        table = waterfall_table(decision, claim, edition, language)
        if table is not None:
            heading = Text("計算", "The sum, step by step").in_(language)
            blocks += [Heading(heading), table]
    return Page(_title(told, edition), tuple(blocks))


def explain_to_desk(decision: Decision, claim: Claim, edition: Edition, language: Language) -> Page:
    """What may be promised now, on what it depends, and what to ask first."""
    told = _told(decision, claim, edition, language)
    blocks: list[Block] = [*_headline(told), _promise(told)]
    for benefit in decision.benefits:
        if _is_beside(told, benefit):
            continue
        title = told.readings.benefits[benefit.id].title.in_(language)
        state = _VERDICTS[benefit.verdict].in_(language)
        blocks.append(Heading(f"{title}：{state}" if language == "ja" else f"{title}: {state}"))
        for reason in part_reasons(benefit, claim, told.run):
            blocks += _reason_blocks(told, benefit, reason)
    blocks += [*_beside(told), *_outlook(told)]
    return Page(_title(told, edition), tuple(blocks))


def _title(told: _Told, edition: Edition) -> str:
    title, as_of = edition.title, told.claim.as_of
    plan = told.claim.plan
    ja = f"{title.ja}" + (f"　プラン{plan}" if plan else "") + f"　{day_text(as_of, 'ja')}現在"
    en = f"{title.en}" + (f", plan {plan}" if plan else "") + f", as of {day_text(as_of, 'en')}"
    return Text(ja, en).in_(told.language)


# The sum in one sentence.


def _headline(told: _Told) -> Iterable[Sentence]:
    decision = told.decision
    if not decision.benefits:
        yield told.said(
            "まだ何も請求されていません。費用を一つ書き加えるか、何が起きたかを記入してください。",
            "Nothing is claimed yet. Add a receipt, or say what happened.",
            is_strong=True,
        )
        return
    ja, en = _sum_in_words(told)
    asked_ja, asked_en = _asked_in_words(told)
    yield told.said(ja + asked_ja, en + asked_en, is_strong=True)
    estimated = any(line.estimated for line in told.claim.case.lines)
    if estimated and decision.promise > decision.payable.lo:
        yen = decision.promise
        yield told.said(
            f"見積もりの額がそのまま請求書になれば、{yen:,}円は確実にお支払いできます。",
            f"If the bills come as estimated, {yen:,} yen are certain.",
        )


def _sum_in_words(told: _Told) -> tuple[str, str]:
    payable, verdict = told.decision.payable, told.decision.verdict
    if verdict is Verdict.NOT_COVERED:
        return "お支払いの対象になりません（0円）。", "Not covered: 0 yen."
    if payable.hi == 0:
        if verdict is Verdict.COVERED:
            return (
                "お支払いの対象ですが、いまお支払いする額は0円です。",
                "Covered, with 0 yen to pay so far.",
            )
        return (
            "対象になるかどうかは、まだ決まりません。いま分かっている費用では0円です。",
            "Not decided yet; 0 yen on what is known so far.",
        )
    if payable.is_certain:
        return (
            f"{payable.lo:,}円を、確実にお支払いできます。",
            f"{payable.lo:,} yen, certain.",
        )
    if payable.hi is None:
        return (
            f"いまの情報で確実なのは{payable.lo:,}円です。上限はまだ決まりません。",
            f"{payable.lo:,} yen are certain now; there is no upper bound yet.",
        )
    if payable.lo == 0:
        return (
            f"いまの情報で確実にお約束できる額は、まだありません。最大で{payable.hi:,}円です。",
            f"Nothing is certain yet; up to {payable.hi:,} yen are possible.",
        )
    return (
        f"いまの情報で確実なのは{payable.lo:,}円、最大で{payable.hi:,}円です。",
        f"{payable.lo:,} yen are certain now, up to {payable.hi:,} yen are possible.",
    )


def _asked_in_words(told: _Told) -> tuple[str, str]:
    known, whole = asked(told.claim)
    if not whole:
        return "", ""
    if bounded(whole) is None:
        return (
            f"ご請求額は、金額の分かっている分で{known:,}円です。",
            f" You asked for {known:,} yen, and for costs whose amount is not known yet.",
        )
    return f"ご請求額は{whole:,}円です。", f" You asked for {whole:,} yen."


def _promise(told: _Told) -> Sentence:
    yen, payable = told.decision.promise, told.decision.payable
    if yen == 0 and payable.hi != 0:
        questions = len(pending_questions(told.decision, told.claim))
        if questions == 1:
            return told.said(
                "支払保証：あと一つ答えが分かるまで、0円です。", "Promise: 0 yen until one answer."
            )
        return told.said(
            "支払保証：下の質問に答えが出るまで、0円です。",
            "Promise: 0 yen until the questions below are answered.",
        )
    return told.said(
        f"支払保証：請求書の額の範囲で、{yen:,}円まで約束できます。",
        f"Promise: {yen:,} yen, and no more than is billed.",
    )


# One benefit.


def _benefit_blocks(told: _Told, benefit: BenefitDecision) -> Iterable[Block]:
    title = told.readings.benefits[benefit.id].title.in_(told.language)
    state = _VERDICTS[benefit.verdict].in_(told.language)
    amount = span_text(benefit.payable, told.language)
    if benefit.verdict is Verdict.NOT_COVERED:
        amount = ""
    ja = f"{title}：{state}" + (f"（{amount}）" if amount else "")
    en = f"{title}: {state}" + (f", {amount}" if amount else "")
    yield Heading(Text(ja, en).in_(told.language))
    for reason in part_reasons(benefit, told.claim, told.run):
        yield from _reason_blocks(told, benefit, reason)
        if reason.truth is Truth.NO and reason.clause.endswith(CARRIED):
            break
    yield from _amount_rules(told, benefit)
    yield from _loss_blocks(told, benefit)
    missing = missing_documents(benefit, told.claim)
    if missing and benefit.verdict is not Verdict.NOT_COVERED:
        lead = Text("まだいただいていない書類", "Documents still missing")
        yield Listing(
            lead.in_(told.language),
            tuple(Sentence(told.readings.document(id).in_(told.language)) for id in missing),
        )


def _amount_rules(told: _Told, benefit: BenefitDecision) -> Iterable[Sentence]:
    """A benefit that is covered for 0 yen says by which rule its sum is set."""
    if benefit.verdict is not Verdict.COVERED or benefit.payable.hi != 0 or benefit.flow:
        return
    terms = told.readings.benefits[benefit.id]
    for node in nodes_of(terms):
        if isinstance(node, (Fixed, Graded)):
            rule = told.readings.text(node.id)
            yield told.said(
                f"お支払い額の決まり：{rule.ja}。今回は0円になります。",
                f"The sum is set so: {rule.en}. Here that is 0 yen.",
                node.id,
            )


def _is_beside(told: _Told, benefit: BenefitDecision) -> bool:
    """A benefit that pays nothing beside others that do, or may: one line says enough."""
    return (
        benefit.verdict is Verdict.NOT_COVERED and told.decision.verdict is not Verdict.NOT_COVERED
    )


def _beside(told: _Told) -> Iterable[Block]:
    items: list[Sentence] = []
    for benefit in told.decision.benefits:
        if _is_beside(told, benefit):
            reason = part_reasons(benefit, told.claim, told.run)[0]
            said = reason_text(reason, told.readings, told.language)
            title = told.readings.benefits[benefit.id].title.in_(told.language)
            between = "：" if told.language == "ja" else ": "
            items.append(Sentence(title + between + said.text, said.clauses))
    if items:
        lead = Text("ほかの補償からのお支払いはありません", "Other benefits pay nothing")
        yield Heading(lead.in_(told.language))
        yield from items


def _subject(told: _Told, benefit: BenefitDecision, reason: PartReason) -> str:
    """The name of the part where a benefit has several, with the yen that it does not pay."""
    if len(part_reasons(benefit, told.claim, told.run)) < 2:
        return ""
    part = told.readings.parts[reason.part].in_(told.language)
    lost = [loss for loss in told.losses if loss.node == reason.part and loss.is_settled]
    if not lost:
        return part
    amount = yen_text(lost[0].hi, told.language)
    return f"{part}（{amount}）" if told.language == "ja" else f"{part} ({amount})"


def _reason_blocks(told: _Told, benefit: BenefitDecision, reason: PartReason) -> Iterable[Block]:
    subject = _subject(told, benefit, reason)
    if _is_ungranted(benefit, reason):
        yield _ungranted(told, benefit, reason, subject)
        return
    sure = open_grants(benefit, reason.part)
    if reason.truth is Truth.YES and any(grant.id == reason.clause for grant in sure):
        yield Listing(
            _lead(subject, told.language)
            + Text(
                "まだ分からないことがどうであっても、次のどれかに当てはまります",
                "Whatever is still unknown, one of these holds",
            ).in_(told.language),
            _clause_items(told, [grant.id for grant in sure]),
        )
        return
    sentence = reason_text(reason, told.readings, told.language, subject)
    if sentence.text:
        own = own_values(reason.clause, told.claim, told.readings, told.language)
        between = " " if own and told.language == "en" else ""
        yield Sentence(sentence.text + between + own, sentence.clauses)
    if reason.truth is Truth.UNKNOWN:
        yield from _conditions(told, benefit, reason, "" if sentence.text else subject)


def _lead(subject: str, language: Language) -> str:
    """The name of a part before a list about it."""
    between = "：" if language == "ja" else ". "
    return subject + between if subject else ""


def _is_ungranted(benefit: BenefitDecision, reason: PartReason) -> bool:
    """No grant of the part holds, and it has several: naming one alone would mislead."""
    grants = [c for c in benefit.clauses if c.part == reason.part and c.role == Role.GRANTS]
    return (
        reason.truth is Truth.NO
        and len(grants) > 1
        and any(grant.id == reason.clause for grant in grants)
        and all(grant.truth is Truth.NO for grant in grants)
    )


def _ungranted(told: _Told, benefit: BenefitDecision, reason: PartReason, subject: str) -> Listing:
    """Every way to be covered, with what the claim itself says to it."""
    items: list[Sentence] = []
    for clause in benefit.clauses:
        if clause.part == reason.part and clause.role == Role.GRANTS:
            text = told.readings.text(clause.id).in_(told.language)
            own = own_values(clause.id, told.claim, told.readings, told.language)
            if own:
                text += f"。{own}" if told.language == "ja" else f". {own}"
            items.append(Sentence(text, (clause.id,)))
    ja = f"{subject}を" if subject else ""
    en = f"{subject}. " if subject else ""
    lead = Text(
        f"{ja}お支払いできない理由：次のどの条件にも当てはまりません",
        f"{en}We cannot pay, because none of these is met",
    )
    return Listing(lead.in_(told.language), tuple(items))


def _conditions(
    told: _Told, benefit: BenefitDecision, reason: PartReason, subject: str
) -> Iterable[Block]:
    lead = _lead(subject, told.language)
    grants = open_grants(benefit, reason.part)
    is_granted = any(
        clause.part == reason.part and clause.role == "grants" and clause.truth is Truth.YES
        for clause in benefit.clauses
    )
    if grants and not is_granted:
        says = Text(
            "対象になるのは、次のどれかに当てはまる場合です" if len(grants) > 1
            else "対象になるのは、次に当てはまる場合です",
            "Covered if one of these turns out to hold" if len(grants) > 1
            else "Covered if this turns out to hold",
        )  # fmt: skip
        yield Listing(lead + says.in_(told.language), _clause_items(told, [g.id for g in grants]))
        lead = ""
    exclusions = [c.id for c in open_exclusions(benefit, reason.part) if c.id != reason.clause]
    if exclusions:
        says = Text(
            "ただし、次に当たると分かった場合は対象になりません",
            "Not covered if one of these turns out to apply" if len(exclusions) > 1
            else "Not covered if this turns out to apply",
        )  # fmt: skip
        yield Listing(lead + says.in_(told.language), _clause_items(told, exclusions))


def _clause_items(told: _Told, ids: list[str]) -> tuple[Sentence, ...]:
    shown = [
        Sentence(told.readings.text(id).in_(told.language), (id,)) for id in ids[:OPEN_SHOWN_MAX]
    ]
    rest = len(ids) - OPEN_SHOWN_MAX
    if rest > 0:
        shown.append(told.said(f"ほか{rest}項目", f"and {rest} more"))
    return tuple(shown)


def _loss_blocks(told: _Told, benefit: BenefitDecision) -> Iterable[Block]:
    """Losses inside the parts; a part that is not paid at all has given its reason already."""
    own = [x for x in told.losses if x.benefit == benefit.id and x.kind != "part"]
    settled = [loss for loss in own if loss.is_settled]
    still_open = [loss for loss in own if not loss.is_settled]
    if settled:
        lead = Text("お支払いできない分", "Not paid").in_(told.language)
        yield Listing(lead, tuple(_say(told, loss) for loss in settled))
    if still_open:
        lead = Text("お支払いできるかどうか、まだ決まらない分", "Still open").in_(told.language)
        yield Listing(lead, tuple(_say(told, loss) for loss in still_open))


def _say(told: _Told, loss: Loss) -> Sentence:
    return loss_sentence(loss, told.claim, told.readings, told.language)


# What could still change.


def _outlook(told: _Told) -> Iterable[Block]:
    decision = told.decision
    heading = Text("このあと変わりうること", "What could still change this")
    yield Heading(heading.in_(told.language))
    pending = pending_questions(decision, told.claim)
    if pending:
        yield from _first_question(told, pending)
        return
    if decision.payable.is_certain and decision.verdict is not Verdict.DEPENDS:
        yield told.said(
            "この先ほかのことが分かっても、この結果は変わりません。",
            "Nothing else that we could still learn would change this.",
        )
        return
    if any(line.lo != line.hi for line in told.claim.case.lines):
        yield told.said(
            "金額がまだ確定していない費用があります。請求書が届くと、お支払い額が決まります。",
            "Some costs are not final. Their bills will settle the sum.",
        )
        return
    yield told.said(
        "お尋ねすることは、もうありません。残りは担当者の確認を待って決まります。",
        "There is nothing left to ask. The rest waits for a person's finding.",
    )


def _first_question(told: _Told, pending: tuple[Question, ...]) -> Iterable[Block]:
    decision, language = told.decision, told.language
    question = pending[0]
    fact = fact_of(question, told.readings)
    ask = question.ask.in_(language)
    worth = worth_text(question, language)
    clauses = resting_clauses(question, decision, told.claim)[:3]
    yield told.said(f"最初にお尋ねしたいこと：「{ask}」", f"Ask first: {ask}", is_strong=True)
    why = f"{fact.why.in_(language)} " if fact is not None and fact.why is not None else ""
    yield Sentence((why.strip() if language == "ja" else why) + worth, clauses)
    if fact is not None and len(question.members) > 1:
        titles = member_titles(question, fact, language)[:OPEN_SHOWN_MAX]
        lead = Text("まだ関係のある選択肢", "The answers that still matter").in_(language)
        yield Sentence(f"{lead}：{joined(titles, language)}" if language == "ja"
                       else f"{lead}: {joined(titles, language)}.")  # fmt: skip
    rest = len(pending) - 1
    if rest:
        yield told.said(
            f"ほかに、お尋ねすることが{rest}件あります。",
            f"{rest} more {'question follows' if rest == 1 else 'questions follow'}.",
        )
