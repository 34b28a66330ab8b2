"""A grant has nothing that could be restored."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import Cause, Circumstance, Cost, care, cause, circumstances, edition, says

terrorism = says("care.r.terrorism", circumstances.has(Circumstance.TERRORISM))
grant = says("care.1", cause.is_(Cause.INJURY), restored_by=(terrorism,))
EDITION = edition(care(lines(*Cost), grants=(grant,)))

EXPECTED = ("restore.misplaced", "care.1")
