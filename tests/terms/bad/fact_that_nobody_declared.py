"""A clause reads a fact that no claim can state."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import ALL_FACTS, Cost, care, edition

EDITION = edition(care(lines(*Cost)), facts=ALL_FACTS[:-1])
EXPECTED = ("fact.undeclared", "circumstances")
