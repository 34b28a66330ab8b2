"""A reading with a number that its clause does not read."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import Cost, care, edition, war

EDITION = edition(care(lines(*Cost), excludes=(war(ja="{war_days}日", en="{war_days} days"),)))
EXPECTED = ("reading.placeholder", "care.x.war")
