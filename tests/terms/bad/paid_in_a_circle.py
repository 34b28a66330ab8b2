"""Each is paid less what the other brings."""

from __future__ import annotations

from dosojin.terms.money_tree import all_together, less, lines, paid
from tests.terms.tiny import WORDS, Cost, care, edition

one = less(paid("care.other"), of=lines(Cost.CARE), id="care.rest", **WORDS)
other = less(paid("care.rest"), of=lines(Cost.FARE, Cost.ROOM), id="care.other", **WORDS)
EDITION = edition(care(all_together(one, other, id="care.costs")))

EXPECTED = ("paid.circle", "care.rest")
