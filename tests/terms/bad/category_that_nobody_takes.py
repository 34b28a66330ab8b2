"""Receipts for rooms can be filed and go nowhere."""

from __future__ import annotations

from dosojin.terms.money_tree import lines
from tests.terms.tiny import Cost, care, edition

EDITION = edition(care(lines(Cost.CARE, Cost.FARE)))
EXPECTED = ("category.never_taken", "room")
