"""Two exclusions with the same id."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import Circumstance, Cost, care, circumstances, edition, says, war

terrorism = says("care.x.war", circumstances.has(Circumstance.TERRORISM))
EDITION = edition(care(lines(*Cost), excludes=(war(), terrorism)))

EXPECTED = ("id.twice", "care.x.war")
