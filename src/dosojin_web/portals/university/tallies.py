"""How many students stand where, each number a way to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.http import urlencode

from dosojin_web.policies.standing import Standing

from .words import STANDING_MARKS


@dataclass(frozen=True, slots=True)
class Tally:
    """A number, what it counts, the state that draws it, and where those are listed."""

    count: int
    words: str
    mark: str = ""
    address: str = ""


def tally_standings(
    counts: Mapping[Standing, int], address: str, **narrowed: str
) -> Sequence[Tally]:
    """Each standing, who is off the roster last; ``narrowed`` goes into the addresses too."""
    ordered = sorted(counts.items(), key=lambda one: one[0] is Standing.WITHDRAWN)
    return [
        Tally(
            count,
            str(standing.label),
            STANDING_MARKS[standing],
            f"{address}?{urlencode({**narrowed, 'standing': standing.value})}",
        )
        for standing, count in ordered
    ]
