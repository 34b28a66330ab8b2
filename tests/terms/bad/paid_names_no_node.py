"""What is subtracted does not exist."""

from __future__ import annotations

from dosojin.terms.money_tree import less, lines, paid
from tests.terms.tiny import WORDS, Cost, care, edition

EDITION = edition(care(less(paid("nowhere"), of=lines(*Cost), id="care.rest", **WORDS)))

EXPECTED = ("paid.missing", "care.rest")
