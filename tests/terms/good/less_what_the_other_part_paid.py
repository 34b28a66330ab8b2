"""Two parts take the same receipts, and the second is paid less what the first brought."""

from __future__ import annotations

from dosojin.terms.money_tree import all_together, less, lines, paid, part
from tests.terms.tiny import WORDS, Cause, Cost, care, cause, edition, says

rescue = part(
    "rescue",
    grants=(says("rescue.1", cause.is_(Cause.INJURY)),),
    money=less(
        paid("care.lines"), of=lines(Cost.CARE, id="rescue.lines"), id="rescue.rest", **WORDS
    ),
    **WORDS,
)
EDITION = edition(
    all_together(care(lines(*Cost, id="care.lines")), rescue, id="care.parts"),
)
