"""Two parts take the same receipts and can never both be granted."""

from __future__ import annotations

from dosojin.terms.money_tree import all_together, lines, part
from tests.terms.tiny import WORDS, Cause, Cost, care, cause, edition, says

injury = care(lines(*Cost), grants=(says("care.1", cause.is_(Cause.INJURY)),))
illness = part(
    "illness",
    grants=(says("illness.1", cause.is_(Cause.ILLNESS)),),
    money=lines(Cost.CARE, id="illness.care"),
    **WORDS,
)
EDITION = edition(all_together(injury, illness, id="care.parts"))
