"""The words of an edition by id: readings with their figures filled in, titles, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dosojin.facts.declaration import Fact
from dosojin.terms.clauses import Clause, Role
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import Lines, Part
from dosojin.terms.wording import clauses_of, nodes_of, reading_of
from dosojin.values.text import Text

CARRIED = ".carried"
_KNOWN: dict[int, tuple[Edition, Readings]] = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clause or node says, where the wording says it, and in which role."""

    text: Text
    source: str
    role: Role


@dataclass(frozen=True, slots=True)
class Readings:
    """All words of one edition, by id."""

    edition: Edition
    by_id: Mapping[str, Reading]
    clauses: Mapping[str, Clause]
    benefits: Mapping[str, Benefit]
    parts: Mapping[str, Text]
    facts: Mapping[str, Fact]
    line_facts: Mapping[str, Fact]
    documents: Mapping[str, Text]

    def text(self, id: str) -> Text:
        """The reading of a clause or node; its id if the wording has no words for it."""
        found = self.by_id.get(id)
        return found.text if found is not None else Text(id, id)

    def role(self, id: str) -> Role | None:
        found = self.by_id.get(id)
        return None if found is None else found.role

    def category(self, name: str) -> Text:
        """The title of a kind of receipt."""
        if name in {choice.value for choice in self.edition.categories}:
            return self.edition.categories(name).title
        return Text(name, name)

    def document(self, id: str) -> Text:
        """The title of a paper."""
        found = self.documents.get(id)
        if found is not None:
            return found
        if id in {choice.value for choice in self.edition.proofs}:
            return self.edition.proofs(id).title
        return Text(id, id)


def readings_of(edition: Edition) -> Readings:
    """The words of an edition, gathered once a process."""
    found = _KNOWN.get(id(edition))
    if found is None or found[0] is not edition:
        found = _KNOWN[id(edition)] = (edition, _gather(edition))
    return found[1]


def _gather(edition: Edition) -> Readings:
    by_id: dict[str, Reading] = {}
    clauses: dict[str, Clause] = {}
    parts: dict[str, Text] = {}
    for benefit in edition.benefits:
        title = benefit.title
        by_id[benefit.id + CARRIED] = Reading(
            Text(f"ご契約に「{title.ja}」の補償がある", f"the contract carries “{title.en}”"),
            benefit.source,
            Role.LIMITS,
        )
        for node in nodes_of(benefit):
            if isinstance(node, Part):
                parts[node.id] = node.reading
            text = _amount_text(node) if isinstance(node, Lines) else reading_of(node)
            if node.id and text.en:
                by_id[node.id] = Reading(text, node.source, Role.LIMITS)
        for _, role, clause in clauses_of(benefit):
            by_id[clause.id] = Reading(reading_of(clause), clause.source, role)
            clauses[clause.id] = clause
    return Readings(
        edition, by_id, clauses, {benefit.id: benefit for benefit in edition.benefits}, parts,
        {fact.name: fact for fact in edition.facts},
        {fact.name: fact for fact in edition.line_facts},
        {paper.id: paper.title for benefit in edition.benefits for paper in benefit.documents},
    )  # fmt: skip


def _amount_text(node: Lines) -> Text:
    """Receipts have no words of their own, unless they count only up to another amount."""
    if node.amount is None:
        return Text("", "")
    return Text("時価と修理費のうち低いほうの額まで", "up to the lower of value and repair cost")
