"""A proof that the edition does not know."""

from __future__ import annotations

from dosojin.facts.declaration import Kind
from dosojin.terms.money_tree import lines
from tests.terms.tiny import ALL_FACTS, Cost, care, edition, fact, says

ill = fact("ill", Kind.FLAG, proof=("diary",))
EDITION = edition(care(lines(*Cost), grants=(says("care.1", ill),)), facts=(*ALL_FACTS, ill))

EXPECTED = ("fact.proof", "ill")
