"""Receipts: every category is taken somewhere, and no receipt brings its money twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from dosojin.facts.expressions import AnyLine
from dosojin.terms.editions import Edition
from dosojin.terms.lint.consistent import Consistency
from dosojin.terms.lint.contents import inside, nodes_in
from dosojin.terms.lint.findings import Finding
from dosojin.terms.lower_edition import EditionError, lower
from dosojin.terms.lowered import Lowered
from dosojin.terms.money_tree import Lines
from dosojin.values.text import Text

Plans = tuple[frozenset[str], ...]


def receipt_findings(
    edition: Edition, siblings: tuple[Edition, ...], plans: Plans
) -> Iterator[Finding]:
    """Categories that nobody takes, and receipts that two places can both pay."""
    elsewhere = {category for sibling in siblings for category in taken(sibling)}
    here = taken(edition)
    for category in edition.categories:
        if category.value not in here | elsewhere:
            yield Finding(
                "category.never_taken",
                f"{edition.id}: {category.value}",
                Text(
                    "どの補償もこの費用を受け取りません。",
                    "No benefit takes receipts of this category.",
                ),
                Text(
                    "lines に加えるか、支払わないことを sieve で示してください。",
                    "Add it to some lines, or show by a sieve that it is never paid.",
                ),
            )
    try:
        lowered = lower(edition)
    except EditionError:
        return
    yield from _paid_twice(lowered, _Apart(edition, plans))


def taken(edition: Edition) -> frozenset[str]:
    """The categories that some benefit of the edition pays, or looks for among the receipts."""
    return frozenset(
        category
        for _, node in nodes_in(edition)
        for found in inside(node)
        if isinstance(found, (Lines, AnyLine))
        for category in found.categories
    )


class _Apart:
    """Benefits with sums of their own of which every published plan carries one at most."""

    def __init__(self, edition: Edition, plans: Plans) -> None:
        self.sums = frozenset(edition.sums)
        self.plans = plans

    def __call__(self, one: str, other: str) -> bool:
        both = {one, other}
        return bool(self.plans) and both <= self.sums and not any(both <= p for p in self.plans)


@dataclass(frozen=True, slots=True)
class Source:
    """A place where receipts enter: node indices from it up to its benefit's root."""

    index: int
    path: tuple[int, ...]


def _paid_twice(lowered: Lowered, are_apart: _Apart) -> Iterator[Finding]:
    """One finding for each two parts, with every category that both may pay."""
    found: dict[tuple[str, str], tuple[list[str], str]] = {}
    for category in sorted({c for node in lowered.nodes for c in node.categories}):
        search = Consistency(lowered, category)
        for one, other in combinations(_sources(lowered, category), 2):
            if are_apart(_benefit_of(lowered, one), _benefit_of(lowered, other)):
                continue
            if _is_settled(lowered, one, other):
                continue
            values = search.together((*lowered.checks, *_gates(lowered, one, other)))
            if values is not None:
                names = (_part_of(lowered, one), _part_of(lowered, other))
                when = search.told(values)
                found.setdefault(names, ([], when))[0].append(category)
    for names, (categories, when) in found.items():
        yield _twice(lowered.edition, names, list(dict.fromkeys(categories)), when)


def _benefit_of(lowered: Lowered, source: Source) -> str:
    return next(b.id for b in lowered.benefits if b.root == source.path[-1])


def _part_of(lowered: Lowered, source: Source) -> str:
    parts = (index for index in source.path if lowered.nodes[index].kind == "part")
    return lowered.nodes[next(parts, source.path[-1])].id


def _sources(lowered: Lowered, category: str) -> tuple[Source, ...]:
    parents = {child: i for i, node in enumerate(lowered.nodes) for child in node.children}
    found: list[Source] = []
    for index, node in enumerate(lowered.nodes):
        if category not in node.categories:
            continue
        path = [index]
        while path[-1] in parents:
            path.append(parents[path[-1]])
        found.append(Source(index, tuple(path)))
    return tuple(found)


def _is_settled(lowered: Lowered, one: Source, other: Source) -> bool:
    """The higher of the two is paid, or one is paid less what the other brought."""
    meeting = next((index for index in one.path if index in other.path), None)
    if meeting is not None and lowered.nodes[meeting].kind == "highest":
        return True
    return _takes_off(lowered, one, other) or _takes_off(lowered, other, one)


def _takes_off(lowered: Lowered, one: Source, other: Source) -> bool:
    return any(paid in other.path for index in one.path for paid in lowered.nodes[index].paid)


def _gates(lowered: Lowered, *sources: Source) -> tuple[int, ...]:
    """The truths that a receipt has to pass at both places."""
    kinds = ("part", "gate", "sieve")
    passed = (lowered.nodes[index] for source in sources for index in source.path)
    return tuple(node.truth for node in passed if node.kind in kinds)


def _twice(edition: str, names: tuple[str, str], categories: list[str], when: str) -> Finding:
    one, other = names
    what = ", ".join(categories)
    return Finding(
        "receipt.paid_twice",
        f"{edition}: {one} / {other}",
        Text(
            f"同じ領収書が二か所で支払われることがあります（{what}。例: {when}）。",
            f"The same receipt may be paid at both ({what}; for example {when}).",
        ),
        Text(
            "条件を互いに排他にするか、less(paid(…)) で差し引いてください。",
            "Make their gates exclude each other, or subtract with less(paid(…)).",
        ),
    )
