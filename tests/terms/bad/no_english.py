"""A clause with words in one language only."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import Cost, care, edition, war

EDITION = edition(care(lines(*Cost), excludes=(war(en=""),)))
EXPECTED = ("clause.reading", "care.x.war")
