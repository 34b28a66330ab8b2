"""The wording page: an edition as a lawyer can read it, every clause with figure, source, status.

The page is plain values in both languages, so that the web shows the same page; `show_wording`
turns it into plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dosojin.adjudication.catalogue import edition_files, load_edition
from dosojin.adjudication.witness import coverage_of_cases
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.explanation.condition_words import condition_words
from dosojin.facts.expressions import Figure
from dosojin.terms.clauses import Role, Status
from dosojin.terms.editions import Benefit, Document, Edition
from dosojin.terms.lint.contents import (
    Placed,
    clauses_at,
    condition_of,
    figures_inside,
    nodes_below,
)
from dosojin.terms.money_tree import Deductible, Less, Limit, Lines, Node, Paid, Part, below
from dosojin.terms.wording import reading_of
from dosojin.values.problems import Problem
from dosojin.values.text import Text

DECISIONS = "docs/why"


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """A clause of the wording.

    part: the part it belongs to. restores, restored_by: ids. why: the decision it rests on
    ("D16"), explained in docs/why. unreachable: why no published plan reaches it. cases: how many
    worked cases make it fire.
    """

    id: str
    part: str
    role: Role
    reading: Text
    source: str
    status: Status
    restores: tuple[str, ...]
    restored_by: tuple[str, ...]
    unreachable: Text | None
    why: str | None
    cases: int


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A node of the money tree, `depth` steps below the payout. `receipts`: titles at a source."""

    id: str
    depth: int
    kind: str
    reading: Text
    source: str
    scope: str
    receipts: tuple[Text, ...]
    less_paid: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure with the clauses and nodes of the benefit that read it."""

    id: str
    value: int
    unit: str
    source: str
    read_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper that is asked for; `when` says in which claims, None in all."""

    id: str
    title: Text
    when: Text | None


@dataclass(frozen=True, slots=True)
class BenefitEntry:
    """One benefit: clauses in wording order, then the money, payout first."""

    id: str
    title: Text
    source: str
    carried: Text
    parts: tuple[tuple[str, Text], ...]
    clauses: tuple[ClauseEntry, ...]
    outline: tuple[OutlineEntry, ...]
    figures: tuple[FigureEntry, ...]
    papers: tuple[PaperEntry, ...]

    @property
    def decisions(self) -> tuple[str, ...]:
        """The decisions its clauses rest on, in order of number."""
        found = {clause.why for clause in self.clauses if clause.why}
        return tuple(sorted(found, key=lambda name: (len(name), name)))


@dataclass(frozen=True, slots=True)
class WordingPage:
    """A whole edition, or the benefits of it that were asked for. cases: all worked cases."""

    product: str
    revision: int
    title: Text
    cases: int
    benefits: tuple[BenefitEntry, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data, texts in both languages."""
        page: dict[str, Any] = _plain(self)
        for entry, benefit in zip(page["benefits"], self.benefits, strict=True):
            entry["decisions"] = list(benefit.decisions)
        return page


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {"ja": value.ja, "en": value.en}
    if isinstance(value, (Role, Status)):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__slots__"):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return value


def wording_page(product: str, benefit: str | None = None) -> WordingPage:
    """The page of an edition, or of one of its benefits; Problem names those there are."""
    edition = _whole_edition(product)
    benefits = edition.benefits
    if benefit is not None:
        benefits = (benefit_of(edition, benefit),)
    entries = tuple(_benefit(product, each) for each in benefits)
    return WordingPage(
        edition.id, edition.revision, edition.title, len(worked_cases(product)), entries
    )


def _whole_edition(product: str) -> Edition:
    edition_files(product)
    return load_edition(product)


def benefit_of(edition: Edition, id: str) -> Benefit:
    """The benefit of that id; Problem names those of the edition if there is none."""
    from difflib import get_close_matches

    names = [benefit.id for benefit in edition.benefits]
    if id in names:
        return edition.benefits[names.index(id)]
    near = get_close_matches(id, names, n=1)
    hint = Text(f"「{near[0]}」ではありませんか。", f"Did you mean {near[0]}?") if near else None
    listed = Text(f"使えるのは {', '.join(names)} です。", f"Use one of: {', '.join(names)}.")
    raise Problem(
        "benefit.unknown",
        "--benefit",
        Text(f"「{id}」という補償はありません。", f"{edition.id} has no benefit {id!r}."),
        hint or listed,
    )


def _benefit(product: str, benefit: Benefit) -> BenefitEntry:
    placed = tuple(clauses_at(benefit, benefit.money, ""))
    parts = tuple(
        (node.id, node.reading) for node in nodes_below(benefit.money) if isinstance(node, Part)
    )
    return BenefitEntry(
        benefit.id, benefit.title, benefit.source, condition_words(benefit.carried), parts,
        tuple(_clauses(product, placed)),
        tuple(_outline(benefit.money, 0, _titles(product))),
        tuple(_figures(benefit, placed)),
        tuple(_paper(paper) for paper in benefit.documents),
    )  # fmt: skip


def _paper(paper: Document) -> PaperEntry:
    when = None if paper.when is None else condition_words(paper.when)
    return PaperEntry(paper.id, paper.title, when)


def _clauses(product: str, placed: tuple[Placed, ...]) -> Iterator[ClauseEntry]:
    fires = _cases_firing(product)
    restores: dict[str, list[str]] = {}
    for entry in placed:
        for restore in entry.clause.restored_by:
            restores.setdefault(restore.id, []).append(entry.clause.id)
    seen: set[str] = set()
    for entry in placed:
        clause = entry.clause
        if clause.id in seen:
            continue
        seen.add(clause.id)
        yield ClauseEntry(
            clause.id, entry.part, entry.role, reading_of(clause), clause.source, clause.status,
            tuple(restores.get(clause.id, ())),
            tuple(restore.id for restore in clause.restored_by),
            clause.unreachable, clause.why, fires.get(clause.id, 0),
        )  # fmt: skip


@lru_cache(maxsize=8)
def _cases_firing(product: str) -> Mapping[str, int]:
    coverage = coverage_of_cases(load_edition(product))
    return {id: len(entry.fires) for id, entry in coverage.items()}


@lru_cache(maxsize=8)
def _titles(product: str) -> Mapping[str, Text]:
    return {choice.value: choice.title for choice in load_edition(product).categories}


def _outline(node: Node, depth: int, titles: Mapping[str, Text]) -> Iterator[OutlineEntry]:
    scope = node.per if isinstance(node, (Limit, Deductible)) else None
    receipts = tuple(titles[name] for name in node.categories) if isinstance(node, Lines) else ()
    paid = (
        tuple(a.node for a in node.amounts if isinstance(a, Paid)) if isinstance(node, Less) else ()
    )
    yield OutlineEntry(
        node.id, depth, _kind(node), reading_of(node), node.source,
        "" if scope is None else scope.value, receipts, paid,
    )  # fmt: skip
    for child in below(node):
        yield from _outline(child, depth + 1, titles)


_KINDS = {
    "Lines": "lines", "Fixed": "fixed", "Graded": "graded", "Part": "part", "Gate": "gate",
    "Sieve": "sieve", "First": "first", "Nights": "nights", "Limit": "limit",
    "Deductible": "deductible", "Share": "share", "IndemnityRatio": "ratio",
    "ProRata": "pro_rata", "Less": "less", "HighestOf": "highest", "AllTogether": "all",
}  # fmt: skip


def _kind(node: Node) -> str:
    return _KINDS[type(node).__name__]


def _figures(benefit: Benefit, placed: tuple[Placed, ...]) -> Iterator[FigureEntry]:
    readers: dict[str, dict[str, None]] = {}
    figures: dict[str, Figure] = {}

    def read(thing: object, by: str) -> None:
        for figure in figures_inside(thing):
            figures.setdefault(figure.id, figure)
            readers.setdefault(figure.id, {})[by] = None

    for entry in placed:
        read(entry.clause.test, entry.clause.id)
    for node in nodes_below(benefit.money):
        if not isinstance(node, Part) and condition_of(node) is None:
            read(node, node.id)
        elif isinstance(node, Limit):
            read(node.yen, node.id)
    for id, figure in figures.items():
        yield FigureEntry(id, figure.value, figure.unit, figure.source, tuple(readers[id]))
