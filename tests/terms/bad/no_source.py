"""A clause that nobody can look up."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import Cost, care, edition, war

EDITION = edition(care(lines(*Cost), excludes=(war(source=""),)))
EXPECTED = ("clause.source", "care.x.war")
