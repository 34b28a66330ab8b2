"""The facts of an edition as people and programs look them up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dosojin.adjudication.catalogue import load_edition
from dosojin.explanation.condition_words import condition_words
from dosojin.explanation.wording_page import benefit_of
from dosojin.facts.declaration import Fact, Kind, Owner
from dosojin.terms.lint.facts import facts_of
from dosojin.values.text import Language, Text

KINDS = {
    Kind.FLAG: Text("はい・いいえ", "true or false"),
    Kind.CHOICE: Text("一つ選択", "one choice"),
    Kind.CHOICES: Text("複数選択（なければ none）", "choices, or none"),
    Kind.DAY: Text("日付または時差つきの日時", "a date, or a moment with its offset"),
    Kind.COUNT: Text("整数", "a whole number"),
    Kind.DURATION: Text("時間（6:30 の形）", "hours and minutes (6:30)"),
    Kind.YEN: Text("円", "whole yen"),
    Kind.GRADES: Text("後遺障害の等級 1〜14（一覧）", "disability grades 1–14, a list"),
    Kind.PERSONS: Text("人の一覧（なければ none）", "a list of persons, or none"),
}


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact, and where a claim file states it ("policy.inception", "facts.cause")."""

    fact: Fact
    place: str
    applies: Text | None
    proof: tuple[tuple[str, Text], ...]
    benefits: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data, texts in both languages."""
        fact = self.fact
        choices = None
        if fact.choices is not None:
            choices = [{"id": c.value, "title": _both(c.title)} for c in fact.choices]
        return {
            "name": fact.name,
            "place": self.place,
            "owner": fact.owner.value,
            "type": fact.kind.value,
            "unit": fact.unit or None,
            "title": _both(fact.title),
            "question": _both(fact.ask),
            "why": None if fact.why is None else _both(fact.why),
            "choices": choices,
            "least": fact.least,
            "most": fact.most,
            "proof": [{"id": id, "title": _both(title)} for id, title in self.proof],
            "applies_when": None if self.applies is None else _both(self.applies),
            "medical": fact.medical,
            "finding": fact.finding,
            "may_run": fact.may_run,
            "benefits": list(self.benefits),
        }


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def fact_list(product: str, benefit: str | None = None) -> tuple[FactEntry, ...]:
    """The facts of an edition in order of declaration, or those that one benefit reads."""
    edition = load_edition(product)
    if benefit is not None:
        benefit_of(edition, benefit)
    read = {each.id: facts_of(each) for each in edition.benefits}
    sums = {fact.name: id for id, fact in edition.sums.items()}
    proofs = {proof.value: proof.title for proof in edition.proofs}
    found: list[FactEntry] = []
    for fact in (*edition.facts, *edition.line_facts):
        key = f"{fact.owner.value}.{fact.name}"
        readers = tuple(id for id, facts in read.items() if key in facts)
        if benefit is not None and benefit not in readers:
            continue
        applies = None if fact.applies_when is None else condition_words(fact.applies_when)
        papers = tuple((str(name), proofs.get(str(name), Text("", ""))) for name in fact.proof)
        found.append(FactEntry(fact, _place(fact, sums), applies, papers, readers))
    return tuple(found)


def _place(fact: Fact, sums: dict[str, str]) -> str:
    if fact.name in sums:
        return f"policy.sums.{sums[fact.name]}"
    if fact.owner is Owner.POLICY:
        return f"policy.{fact.name.removeprefix('policy_')}"
    return f"expenses[].{fact.name}" if fact.owner is Owner.LINE else f"facts.{fact.name}"


def show_facts(entries: tuple[FactEntry, ...], language: Language) -> str:
    """The list as plain text, one block for each fact."""
    return "\n\n".join("\n".join(_block(entry, language)) for entry in entries)


def _block(entry: FactEntry, language: Language) -> Iterator[str]:
    fact = entry.fact
    marks = [KINDS[fact.kind].in_(language)]
    if fact.unit and fact.kind is Kind.COUNT:
        marks.append(fact.unit)
    if fact.medical:
        marks.append(Text("医療情報", "medical").in_(language))
    if fact.finding:
        marks.append(Text("人が判断", "a person's finding").in_(language))
    yield f"{entry.place} · {' · '.join(marks)}"
    yield f"  {fact.ask.in_(language)}"
    if fact.why is not None:
        yield f"  {_labelled(Text('理由', 'Why'), fact.why, language)}"
    if fact.choices is not None:
        for choice in fact.choices:
            yield f"    {choice.value}: {choice.title.in_(language)}"
    if entry.applies is not None:
        yield f"  {_labelled(Text('あてはまる場合', 'Applies when'), entry.applies, language)}"
    if entry.proof:
        titles = [title for _, title in entry.proof]
        papers = Text("、".join(t.ja for t in titles), "; ".join(t.en for t in titles))
        yield f"  {_labelled(Text('証明する書類', 'Shown by'), papers, language)}"


def _labelled(label: Text, text: Text, language: Language) -> str:
    return f"{label.ja}：{text.ja}" if language == "ja" else f"{label.en}: {text.en}"
