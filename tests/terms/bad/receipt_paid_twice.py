"""Two parts that may both be granted take the same receipts."""

from __future__ import annotations

from dosojin.terms.money_tree import all_together, lines, part
from tests.terms.tiny import WORDS, Cause, Cost, care, cause, edition, says

rescue = part(
    "rescue",
    grants=(says("rescue.1", cause.is_(Cause.INJURY)),),
    money=lines(Cost.FARE, id="rescue.fare"),
    **WORDS,
)
EDITION = edition(all_together(care(lines(*Cost)), rescue, id="care.parts"))

EXPECTED = ("receipt.paid_twice", "care / rescue")
