"""Two nodes that a decision could not tell apart."""

from __future__ import annotations

from dosojin.terms.money_tree import all_together, lines
from tests.terms.tiny import Cost, care, edition

EDITION = edition(
    care(
        all_together(
            lines(Cost.CARE, id="care.lines"),
            lines(Cost.FARE, Cost.ROOM, id="care.lines"),
            id="care.costs",
        )
    )
)

EXPECTED = ("edition.lowering", "tiny-1")
