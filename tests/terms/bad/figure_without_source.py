"""A figure that nobody can look up."""

from __future__ import annotations

from dosojin.terms.money_tree import OCCURRENCE, limit, lines
from tests.terms.tiny import WORDS, Cost, care, edition, figure

costs = figure("care.costs_max", 10_000, source="")
EDITION = edition(
    care(limit(costs, lines(*Cost), per=OCCURRENCE, **WORDS)), figures={costs.id: costs}
)

EXPECTED = ("figure.source", "care.costs_max")
