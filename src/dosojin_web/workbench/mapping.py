"""The only door between the workbench and the engine.

In:  claims as a claim file holds them, ids, the active language.
Out: editions and facts as forms need them, judgements (a claim with its decision) and what the
     engine's explanation says of them. What cannot be taken comes out as the engine's ``Problem``.
     The other modules of the slice take the engine's types from here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

from django.utils.translation import get_language

from dosojin.adjudication.catalogue import (
    load_edition,
    load_lowered,
    plan_ids,
    plan_riders,
    plan_sums,
)
from dosojin.adjudication.decide import decide, plain
from dosojin.adjudication.decision import BenefitDecision, Decision, Question
from dosojin.adjudication.load_claim import parse
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.adjudication.what_if import changed_claim, turning_facts, what_if
from dosojin.adjudication.worked_cases import cases_in
from dosojin.explanation.amounts import answer_text, quantity_text, span_text
from dosojin.explanation.document import Page
from dosojin.explanation.explain_alternatives import explain_why_not
from dosojin.explanation.explain_decision import explain_to_claimant
from dosojin.explanation.losses import run_of
from dosojin.explanation.missing_documents import missing_documents
from dosojin.explanation.readings import CARRIED, Readings, readings_of
from dosojin.explanation.reasons import part_reasons, reason_text, resting_clauses
from dosojin.explanation.trace_money import Flow, asked, money_flow
from dosojin.explanation.wording_page import (
    BenefitEntry,
    ClauseEntry,
    FigureEntry,
    WordingPage,
    wording_page,
)
from dosojin.facts.declaration import Fact, Kind, Owner
from dosojin.products import editions
from dosojin.rating.load_tariff import load_tariff
from dosojin.terms.editions import Edition
from dosojin.terms.lint.receipts import taken as _taken
from dosojin.terms.money_tree import Lines, Nights, below
from dosojin.values.money import Span, bounded, is_unbounded
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

__all__ = [
    "CARRIED", "BenefitDecision", "BenefitEntry", "ClauseEntry", "Decision", "Edition", "Fact",
    "Flow", "Judgement", "Kind", "Owner", "Page", "Problem", "Question", "Span", "cases_in",
    "find_edition", "judge", "list_editions", "parse", "plain", "say",
]  # fmt: skip

Raw = dict[str, Any]
"""A claim in the form of a claim file."""

LINE_KEY = re.compile(r"expenses\[(\d+)\]\.(\w+)")


def language() -> Language:
    """The active language, of the two that the engine speaks."""
    return "ja" if get_language() == "ja" else "en"


def say(text: Text) -> str:
    """A sentence of the engine in the active language, as a sentence begins."""
    said = text.in_(language())
    return said[:1].upper() + said[1:]


def explain_problem(problem: Problem) -> str:
    """What is wrong and what to do; the place is shown by the field it stands beside."""
    gap = "" if language() == "ja" else " "
    return problem.message.in_(language()) + gap + problem.remedy.in_(language())


# Editions, plans, facts ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """A plan as its card shows it; ``sums`` are (titles, yen; None without a limit)."""

    id: str
    title: str
    length: str
    sums: tuple[tuple[str, int | None], ...]
    included: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionOffer:
    """An issued wording that claims can be decided by; ``certificate``: its sums to fill in."""

    id: str
    title: str
    is_published: bool
    plans: tuple[PlanOffer, ...]
    certificate: tuple[Fact, ...]
    riders: Fact


def list_editions() -> list[EditionOffer]:
    """The editions on offer, the newest of each family first."""
    return [_offer(product) for product in editions()]


def find_edition(product: str) -> EditionOffer | None:
    """The edition with this id, or None."""
    return _offer(product) if product in editions() else None


def edition_titles() -> list[tuple[str, str]]:
    """Ids and titles of the editions."""
    return [(product, say(load_edition(product).title)) for product in editions()]


def _offer(product: str) -> EditionOffer:
    edition, tariff = load_edition(product), load_tariff(product)
    sums = {plan: plan_sums(product, plan) for plan in plan_ids(product)}
    same = {id for id in edition.sums if len({plan.get(id, 0) for plan in sums.values()}) == 1}
    titles = {benefit.id: say(benefit.title) for benefit in edition.benefits}
    plans = tuple(
        PlanOffer(
            plan, say(tariff.plan(plan).title),
            tariff.plan(plan).length_text.in_(language()),
            *_group_sums({id: yen for id, yen in own.items() if id not in same}, edition, titles),
        )
        for plan, own in sums.items()
    )  # fmt: skip
    printed_nowhere = {id for own in sums.values() for id, yen in own.items() if yen is None}
    certificate = tuple(fact for id, fact in edition.sums.items() if id in printed_nowhere)
    return EditionOffer(
        product, say(edition.title), tariff.is_published, plans, certificate, edition.riders
    )


def _group_sums(
    sums: Mapping[str, int | None], edition: Edition, titles: Mapping[str, str]
) -> tuple[tuple[tuple[str, int | None], ...], tuple[str, ...]]:
    """Benefits insured for the same sum in one group; and those carried without a sum."""
    groups: dict[int, list[str]] = {}
    included = []
    for id, amount in sums.items():
        if not amount:
            continue
        if edition.sums[id].kind is Kind.FLAG:
            included.append(titles.get(id, id))
        else:
            groups.setdefault(amount, []).append(titles.get(id, id))
    grouped = tuple((_listed(names), bounded(amount)) for amount, names in groups.items())
    return grouped, tuple(included)


def _listed(titles: Sequence[str]) -> str:
    """Titles in a row; in English only the first begins with a capital."""
    if language() == "ja":
        return "・".join(titles)
    return ", ".join([titles[0], *(title[:1].lower() + title[1:] for title in titles[1:])])


def included_riders(product: str, plan: str) -> tuple[str, ...]:
    """The riders that a plan includes by itself, of those a certificate can show."""
    fact = load_edition(product).riders
    known = {choice.value for choice in fact.choices or ()}
    return tuple(rider for rider in plan_riders(product, plan) if rider in known)


def answer_words(fact: Fact, raw: Any) -> str:
    """An answer as people read it."""
    if isinstance(raw, dict) and "has" in raw and not raw["has"]:
        raw = "none"
    said = answer_text(fact, raw, language())
    return said[:1].upper() + said[1:]


def option_words(fact: Fact) -> dict[str, str]:
    """The words of a choice list with their titles, in order."""
    if fact.choices is None:
        return {}
    return {choice.value: say(choice.title) for choice in fact.choices}


def proof_titles(product: str, fact: Fact) -> list[str]:
    """The papers that show a fact."""
    readings = readings_of(load_edition(product))
    return [say(readings.document(str(paper))) for paper in fact.proof]


def categories(product: str) -> dict[str, str]:
    """The kinds of cost with their titles, in the order of the wording."""
    return {choice.value: say(choice.title) for choice in load_edition(product).categories}


def taken_categories(product: str) -> frozenset[str]:
    """The kinds of cost that some benefit of the edition takes or asks for."""
    return _taken(load_edition(product))


def category_words(product: str) -> dict[str, str]:
    """Every title of every kind of cost, in both languages, to its id."""
    found: dict[str, str] = {}
    for choice in load_edition(product).categories:
        for words in (choice.title.ja, choice.title.en, choice.value):
            found[words.casefold()] = choice.value
    return found


def nightly_categories(product: str) -> frozenset[str]:
    """The kinds of cost that are counted by the night."""
    found: set[str] = set()
    waiting: list[tuple[Any, bool]] = [
        (benefit.money, False) for benefit in load_edition(product).benefits
    ]
    while waiting:
        node, inside = waiting.pop()
        inside = inside or isinstance(node, Nights)
        if inside and isinstance(node, Lines):
            found.update(node.categories)
        waiting += [(child, inside) for child in below(node)]
    return frozenset(found)


# Places of answers in a claim ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the answer to a question stands: a fact, of the occurrence or of one receipt."""

    key: str
    fact: Fact
    line: int | None = None
    sum_id: str | None = None

    def _holder(self, raw: Raw) -> tuple[dict[str, Any], str]:
        if self.line is not None:
            return raw["expenses"][self.line], self.fact.name
        if self.sum_id is not None:
            return raw.setdefault("policy", {}).setdefault("sums", {}), self.sum_id
        if self.fact.owner is Owner.POLICY:
            return raw.setdefault("policy", {}), self.fact.name.removeprefix("policy_")
        return raw.setdefault("facts", {}), self.fact.name

    def read(self, raw: Raw) -> Any:
        """What the claim says; None if nothing."""
        holder, name = self._holder(raw)
        return holder.get(name)

    def write(self, raw: Raw, value: Any) -> None:
        """Put an answer into the claim, or with None take it back."""
        holder, name = self._holder(raw)
        holder.pop(name, None)
        if value is not None:
            holder[name] = value


def find_slot(raw: Raw, key: str) -> Slot | None:
    """The slot of a question's key ("cause", "expenses[2].nights") in this claim, or None."""
    edition = load_edition(raw["product"])
    readings = readings_of(edition)
    found = LINE_KEY.fullmatch(key)
    if found is not None:
        fact, line = readings.line_facts.get(found[2]), int(found[1])
        known = fact is not None and line < len(raw.get("expenses", ()))
        return Slot(key, fact, line) if fact is not None and known else None
    fact = readings.facts.get(key)
    if fact is None:
        return None
    sums = {own.name: id for id, own in edition.sums.items()}
    return Slot(key, fact, sum_id=sums.get(fact.name))


# Judging ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judgement:
    """A claim that could be read, and the decision on it."""

    claim: Claim
    decision: Decision

    @property
    def edition(self) -> Edition:
        return self.claim.edition

    @cached_property
    def readings(self) -> Readings:
        return readings_of(self.edition)

    def reading(self, id: str) -> str:
        """What a clause says, in the active language."""
        return say(self.readings.text(id))

    def benefit_title(self, id: str) -> str:
        return say(self.readings.benefits[id].title)

    def span_words(self, span: Span) -> str:
        return span_text(span, language())

    def reason(self, benefit: BenefitDecision) -> str:
        """Why a benefit pays, does not, or cannot be told yet; else what its clause says."""
        found = part_reasons(benefit, self.claim, run_of(self.claim))
        own = [reason for reason in found if reason.clause == benefit.deciding_clause]
        said = reason_text(own[0], self.readings, language()).text if own else ""
        return said or self.reading(benefit.deciding_clause)

    def resting_on(self, question: Question) -> tuple[str, ...]:
        """The clauses that stay undecided for want of this answer; of a receipt, those on it."""
        found = resting_clauses(question, self.decision, self.claim)
        if found or question.line is None:
            return found
        return tuple(
            clause.id
            for benefit in self.decision.benefits
            if benefit.verdict != "not_covered"
            for clause in benefit.clauses
            if clause.role == "limits" and question.fact in clause.reads
        )

    def flows(self) -> tuple[Flow, ...]:
        """Where the money goes, from each receipt to the payout, each loss with its clause."""
        return money_flow(self.decision, self.claim, self.edition)

    def asked_yen(self) -> int | None:
        """All that the receipts ask for, in yen; None if an amount is not known."""
        _, most = asked(self.claim)
        return None if is_unbounded(most) else most

    def papers_missing(self) -> list[str]:
        """The papers that this claim still needs, each once."""
        ids = [
            id for benefit in self.decision.benefits
            if benefit.verdict != "not_covered"
            for id in missing_documents(benefit, self.claim)
        ]  # fmt: skip
        return [say(self.readings.document(id)) for id in dict.fromkeys(ids)]

    def page(self) -> Page:
        """The decision in prose."""
        return explain_to_claimant(self.decision, self.claim, self.edition, language())


def judge(raw: Raw, with_questions: bool = True) -> Judgement:
    """The claim, read and decided; a Problem says what cannot be taken."""
    claim = read_claim(raw)
    return Judgement(claim, decide(claim, with_questions=with_questions))


def check(raw: Raw) -> None:
    """Raises the Problem of a claim that cannot be read."""
    read_claim(raw)


def sums_to_fill(offer: EditionOffer) -> Sequence[tuple[str, str, Fact]]:
    """The sums that only the certificate shows: id, title of the benefit, fact."""
    edition = load_edition(offer.id)
    titles = {benefit.id: say(benefit.title) for benefit in edition.benefits}
    return [
        (id, titles.get(id, say(fact.title)), fact)
        for id, fact in edition.sums.items()
        if fact in offer.certificate
    ]


# What if, why not, the wording --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same occurrence on another plan or edition: its decision, or why there is none."""

    product: str
    plan: str
    decision: Decision | None
    problem: Problem | None


def list_alternatives(judgement: Judgement) -> list[Alternative]:
    """Every plan of every edition, this one too, in order."""
    return [
        _alternative(judgement.claim, product, plan)
        for product in editions()
        for plan in plan_ids(product)
    ]


def _alternative(claim: Claim, product: str, plan: str) -> Alternative:
    try:
        return Alternative(product, plan, what_if(claim, product, plan), None)
    except Problem as problem:
        return Alternative(product, plan, None, problem)


def claim_on(judgement: Judgement, product: str, plan: str) -> Raw:
    """The claim file of the same occurrence on another plan or edition."""
    return cast(Raw, plain(changed_claim(judgement.claim, product, plan)))


def why_not_page(judgement: Judgement) -> Page:
    """What each claimed benefit rests on, and the unproven facts that would turn it."""
    claim = judgement.claim
    turns = [
        turn for benefit in judgement.decision.benefits for turn in turning_facts(claim, benefit.id)
    ]
    return explain_why_not(judgement.decision, claim, claim.edition, turns, (), language())


@lru_cache(maxsize=8)
def wording(product: str) -> WordingPage:
    """The edition as a page that a lawyer can read."""
    return wording_page(product)


def figure_words(figure: FigureEntry) -> str:
    """A figure with its unit."""
    return quantity_text(figure.value, figure.unit, language())


def warm_up() -> None:
    """Load every edition and work out its wording page, before anybody waits for it."""
    for product in editions():
        load_lowered(product)
        readings_of(load_edition(product))
    for product in editions():
        wording(product)


def is_edition(product: str) -> bool:
    """Whether there is an edition with this id."""
    return product in editions()
