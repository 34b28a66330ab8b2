"""Figures: each stands once in the edition's TOML, with a source, and is read somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from dosojin.facts.expressions import Figure
from dosojin.terms.editions import Edition
from dosojin.terms.lint.contents import clauses_in, figures_inside, nodes_in
from dosojin.terms.lint.findings import Finding
from dosojin.values.text import Text


def figures_read(edition: Edition) -> dict[str, set[Figure]]:
    """Every figure that anything in the edition reads, by id."""
    found: dict[str, set[Figure]] = {}
    things: list[object] = [entry.clause.test for entry in clauses_in(edition)]
    things += [
        restore.test for entry in clauses_in(edition) for restore in entry.clause.restored_by
    ]
    things += [node for _, node in nodes_in(edition)]
    for benefit in edition.benefits:
        things.append(benefit.carried)
        things += [document.when for document in benefit.documents]
    things += [check.test for check in edition.checks]
    things += [fact.applies_when for fact in (*edition.facts, *edition.line_facts)]
    for thing in things:
        for figure in figures_inside(thing):
            found.setdefault(figure.id, set()).add(figure)
    return found


def figure_findings(edition: Edition) -> Iterator[Finding]:
    """Orphan figures, figures from nowhere, figures without source."""
    read = figures_read(edition)
    for id, figure in edition.figures.items():
        place = f"{edition.id}: {id}"
        if id not in read:
            yield Finding(
                "figure.unused",
                place,
                Text("どの条文もこの数字を読みません。", "No clause or node reads this figure."),
                Text(
                    "条文で使うか、TOML から除いてください。", "Use it, or take it out of the TOML."
                ),
            )
        if not figure.source:
            yield Finding(
                "figure.source",
                place,
                Text("出典がありません。", "It has no source."),
                Text("TOML に source を書いてください。", "Give it a source in the TOML."),
            )
    for id, figures in read.items():
        if figures != {edition.figures.get(id)}:
            yield Finding(
                "figure.unknown",
                f"{edition.id}: {id}",
                Text(
                    "条文が読む数字が、この版の TOML にありません。",
                    "A clause or node reads a figure that this edition's TOML does not give.",
                ),
                Text("TOML に書き足してください。", "Add it to the TOML, with unit and source."),
            )
