"""After a limit on the total nobody can say whose money is left."""

from __future__ import annotations

from dosojin.terms.money_tree import OCCURRENCE, first, limit, lines
from tests.terms.tiny import Cost, care, edition, figure

costs, rescuers = figure("care.costs_max", 10_000), figure("care.rescuers_max", 3, "persons")
inner = limit(costs, lines(*Cost), per=OCCURRENCE, ja="文", en="words")
EDITION = edition(
    care(first(rescuers, inner, ja="文", en="words")),
    figures={each.id: each for each in (costs, rescuers)},
)

EXPECTED = ("money.merged_below", "care.rescuers_max")
