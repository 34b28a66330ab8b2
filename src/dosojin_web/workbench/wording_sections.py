"""The wording of an edition as its page shows it, in the active language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dosojin_web.workbench.mapping import BenefitEntry, ClauseEntry, figure_words, say, wording

ROLES: dict[str, str | Promise] = {
    "grants": gettext_lazy("Pays when"),
    "excludes": gettext_lazy("Does not pay when"),
    "restores": gettext_lazy("But pays again when"),
    "limits": gettext_lazy("Conditions of the amount"),
}


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause with its status and where the wording says it."""

    id: str
    reading: str
    source: str
    status: str
    restored_by: tuple[str, ...]
    restores: tuple[str, ...]
    unreachable: str
    why: str


@dataclass(frozen=True, slots=True)
class RoleShown:
    """The clauses of one role in one part."""

    title: str
    clauses: tuple[ClauseShown, ...]


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of a benefit; ``title`` is empty where the benefit has only one."""

    title: str
    roles: tuple[RoleShown, ...]


@dataclass(frozen=True, slots=True)
class MoneyShown:
    """A step that takes money."""

    id: str
    reading: str
    source: str


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure, its unit, its source, and the clauses that read it."""

    id: str
    words: str
    source: str
    read_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BenefitShown:
    """One benefit."""

    id: str
    title: str
    source: str
    carried: str
    parts: tuple[PartShown, ...]
    money: tuple[MoneyShown, ...]
    figures: tuple[FigureShown, ...]
    papers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EditionShown:
    """The edition."""

    title: str
    revision: int
    cases: int
    benefits: tuple[BenefitShown, ...]


def describe_wording(product: str) -> EditionShown:
    """The page of an edition."""
    page = wording(product)
    return EditionShown(
        say(page.title), page.revision, page.cases, tuple(_benefit(b) for b in page.benefits)
    )


def _benefit(benefit: BenefitEntry) -> BenefitShown:
    titles = [(id, say(title)) for id, title in benefit.parts]
    clauses = {clause.id for clause in benefit.clauses}
    named = {clause.part for clause in benefit.clauses} - {id for id, _ in titles}
    parts = [*titles, *((id, "") for id in sorted(named))]
    return BenefitShown(
        id=benefit.id,
        title=say(benefit.title),
        source=benefit.source,
        carried=say(benefit.carried),
        parts=tuple(
            PartShown(title if len(titles) > 1 else "", _roles(benefit.clauses, id))
            for id, title in parts
            if any(clause.part == id for clause in benefit.clauses)
        ),
        money=tuple(
            MoneyShown(node.id, say(node.reading), node.source)
            for node in benefit.outline
            if node.id and node.reading.en and node.kind != "part" and node.id not in clauses
        ),
        figures=tuple(
            FigureShown(figure.id, figure_words(figure), figure.source, figure.read_by)
            for figure in benefit.figures
        ),
        papers=tuple(
            (say(paper.title), say(paper.when) if paper.when else "") for paper in benefit.papers
        ),
    )


def _roles(clauses: Sequence[ClauseEntry], part: str) -> tuple[RoleShown, ...]:
    found = []
    for role, title in ROLES.items():
        own = tuple(
            ClauseShown(
                clause.id, say(clause.reading), clause.source, str(clause.status),
                clause.restored_by, clause.restores,
                say(clause.unreachable) if clause.unreachable else "", clause.why or "",
            )
            for clause in clauses
            if clause.part == part and clause.role == role
        )  # fmt: skip
        if own:
            found.append(RoleShown(str(title), own))
    return tuple(found)
