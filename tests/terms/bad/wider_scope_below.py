"""A limit for the whole period inside one for the occurrence counts unpaid money."""

from __future__ import annotations

from dosojin.terms.money_tree import OCCURRENCE, POLICY_PERIOD, limit, lines
from tests.terms.tiny import Cost, care, edition, figure

costs, period = figure("care.costs_max", 10_000), figure("care.period_max", 90_000)
inner = limit(period, lines(*Cost), per=POLICY_PERIOD, ja="文", en="words")
EDITION = edition(
    care(limit(costs, inner, per=OCCURRENCE, ja="文", en="words")),
    figures={each.id: each for each in (costs, period)},
)

EXPECTED = ("scope.wider_below", "care.period_max")
