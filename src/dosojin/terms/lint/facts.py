"""Facts: declared if they are read, read if they are declared, asked in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from dosojin.facts.declaration import Fact, Kind
from dosojin.facts.lines import line_nights
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.lint.contents import clauses_at, facts_inside, nodes_below
from dosojin.terms.lint.findings import Finding
from dosojin.terms.money_tree import Nights
from dosojin.values.text import Text


def facts_of(benefit: Benefit) -> dict[str, Fact]:
    """The facts that a benefit reads, by name, with those that decide whether they apply."""
    things: list[object] = [benefit.carried]
    things += [document.when for document in benefit.documents]
    for entry in clauses_at(benefit, benefit.money, ""):
        things += [entry.clause.test, *(restore.test for restore in entry.clause.restored_by)]
    for node in nodes_below(benefit.money):
        things.append(node)
        if isinstance(node, Nights):
            things.append(line_nights)
    return _with_conditions(things)


def _with_conditions(things: list[object]) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    while things:
        for fact in facts_inside(things.pop()):
            key = f"{fact.owner.value}.{fact.name}"
            if key not in found:
                found[key] = fact
                things.append(fact.applies_when)
    return found


def facts_read(edition: Edition) -> dict[str, Fact]:
    """The facts that anything in the edition reads."""
    found: dict[str, Fact] = {}
    for benefit in edition.benefits:
        found |= facts_of(benefit)
    checked: list[object] = [check.test for check in edition.checks]
    own = (edition.policy_start, edition.policy_end, edition.riders, *edition.sums.values())
    return found | _with_conditions(checked) | _with_conditions([*own])


def fact_findings(edition: Edition, siblings: tuple[Edition, ...]) -> Iterator[Finding]:
    """Facts that nobody reads, that nobody declared, or that cannot be asked.

    Editions of one family know the same facts, so that a claim can be tried on each of them; a
    fact that only a sibling reads is no finding.
    """
    read = facts_read(edition)
    elsewhere = {key for sibling in siblings for key in facts_read(sibling)}
    declared = {
        f"{fact.owner.value}.{fact.name}": fact for fact in (*edition.facts, *edition.line_facts)
    }
    for key, fact in declared.items():
        place = f"{edition.id}: {fact.name}"
        if key not in read and key not in elsewhere:
            yield Finding(
                "fact.unread",
                place,
                Text("どの条文もこの事実を読みません。", "No clause or node reads this fact."),
                Text(
                    "条文で使うか、版の事実から除いてください。",
                    "Use it, or leave it out of the edition.",
                ),
            )
        yield from _wording(fact, place)
        yield from _proofs(fact, edition, place)
    for key, fact in read.items():
        if declared.get(key) is not fact:
            yield Finding(
                "fact.undeclared",
                f"{edition.id}: {fact.name}",
                Text(
                    "条文が読むのに、この版の事実に入っていません。",
                    "It is read, but it is none of the edition's facts.",
                ),
                Text(
                    "版の facts か line_facts に加えてください。",
                    "Add it to the edition's facts or line_facts.",
                ),
            )


def _wording(fact: Fact, place: str) -> Iterator[Finding]:
    texts = [fact.title, fact.ask, *([fact.why] if fact.why is not None else [])]
    if fact.choices is not None:
        titles = fact.choices.titles()
        texts += [titles.get(choice.value, Text("", "")) for choice in fact.choices]
    if not all(text.ja.strip() and text.en.strip() for text in texts):
        yield Finding(
            "fact.words",
            place,
            Text(
                "見出し、質問、選択肢のどれかが片方の言語で欠けています。",
                "A title, the question or a choice lacks one of the languages.",
            ),
            Text("両方の言語で書いてください。", "Write it in Japanese and English."),
        )
    is_choice = fact.kind in (Kind.CHOICE, Kind.CHOICES)
    if is_choice is not (fact.choices is not None):
        yield Finding(
            "fact.choices",
            place,
            Text("種類と選択肢が合っていません。", "Its kind and its choices do not fit."),
            Text(
                "選択肢は choice と choices の事実にだけ付けてください。",
                "Give choices to a choice or choices fact, and to no other.",
            ),
        )


def _proofs(fact: Fact, edition: Edition, place: str) -> Iterator[Finding]:
    known = {proof.value for proof in edition.proofs}
    for proof in fact.proof:
        if str(proof) not in known:
            yield Finding(
                "fact.proof",
                place,
                Text(f"「{proof}」という書類はありません。", f"There is no paper {str(proof)!r}."),
                Text(
                    "版の proofs にあるものを使ってください。", "Name one of the edition's proofs."
                ),
            )
