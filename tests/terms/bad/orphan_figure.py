"""A figure that no clause reads."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import Cost, care, edition, figure

old = figure("care.old_max", 10_000)
EDITION = edition(care(lines(*Cost)), figures={old.id: old})

EXPECTED = ("figure.unused", "care.old_max")
