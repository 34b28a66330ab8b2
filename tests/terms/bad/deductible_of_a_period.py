"""A deductible counts for an item, a person or an occurrence."""

from __future__ import annotations

from dosojin.terms.money_tree import POLICY_PERIOD, deductible, lines
from tests.terms.tiny import Cost, care, edition, figure

own = figure("care.own_part", 3_000)
EDITION = edition(
    care(deductible(own, lines(*Cost), per=POLICY_PERIOD, ja="文", en="words")),
    figures={own.id: own},
)

EXPECTED = ("deductible.scope", "care.own_part")
