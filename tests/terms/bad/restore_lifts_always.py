"""What restores the exclusion is its own test."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import Cost, care, edition, war

EDITION = edition(care(lines(*Cost), excludes=(war(restored_by=(war("care.r.war"),)),)))

EXPECTED = ("restore.lifts_always", "care.x.war / care.r.war")
