"""A grant cannot look at a receipt when there is none in hand."""

from __future__ import annotations

from dosojin.facts.expressions import category_is
from dosojin.terms.money_tree import lines
from tests.terms.tiny import Cost, care, edition, says

grant = says("care.1", category_is(Cost.CARE))
EDITION = edition(care(lines(*Cost), grants=(grant,)))

EXPECTED = ("clause.reads_receipt", "care.1")
