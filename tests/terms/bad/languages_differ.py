"""The Japanese names a figure that the English leaves out."""

from __future__ import annotations

from dosojin.terms.money_tree import OCCURRENCE, all_together, limit, lines
from tests.terms.tiny import Cost, care, edition, figure

fare = figure("care.fare_max", 50_000)
fares = limit(fare, lines(Cost.FARE), per=OCCURRENCE, ja="{fare_max}円まで", en="a limit for fares")
EDITION = edition(
    care(all_together(lines(Cost.CARE, Cost.ROOM), fares, id="care.costs")),
    figures={fare.id: fare},
)

EXPECTED = ("reading.languages_differ", "care.fare_max")
