"""To which policy year an occurrence belongs, for limits that start afresh every year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dosojin.adjudication.case import Known
from dosojin.terms.lowered import Lowered
from dosojin.values.periods import MONTHS_A_YEAR, count_months


def policy_years(
    lowered: Lowered, known: Sequence[Known], node: int, start_name: str
) -> tuple[int, int]:
    """First and last policy year (1, 2 …) to which this occurrence may belong at a node.

    (0, 0) for a node whose limit does not run by policy years. `start_name` is the policy fact
    with the first day.
    """
    if lowered.nodes[node].scope != "policy_year":
        return 0, 0
    names = [variable.name for variable in lowered.variables]
    start = known[names.index(start_name)]
    day = known[lowered.nodes[node].variable]
    return _policy_year(start[1], day[0]), _policy_year(start[0], day[1])


def _policy_year(start: int, day: int) -> int:
    """1 for the twelve months from `start` (ordinals), 2 for the next twelve, and so on."""
    if day < start:
        return 1
    months = count_months(date.fromordinal(start), date.fromordinal(day))
    return -(-months // MONTHS_A_YEAR)
