"""A limit with a figure that the TOML does not give."""

from __future__ import annotations

from dosojin.terms.money_tree import OCCURRENCE, limit, lines
from tests.terms.tiny import Cost, care, edition, figure

costs = figure("care.costs_max", 10_000)
EDITION = edition(care(limit(costs, lines(*Cost), per=OCCURRENCE, ja="文", en="words")))

EXPECTED = ("figure.unknown", "care.costs_max")
