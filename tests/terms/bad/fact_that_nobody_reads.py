"""A question whose answer changes nothing."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import ALL_FACTS, Cost, care, edition, hurt_on

EDITION = edition(care(lines(*Cost)), facts=(*ALL_FACTS, hurt_on))
EXPECTED = ("fact.unread", "hurt_on")
