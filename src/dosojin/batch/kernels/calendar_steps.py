"""The month rule in whole-number arithmetic, for single numbers and for planes alike.

Days are proleptic Gregorian ordinals. Years are counted from 1 March, so that the leap day comes
last; 400 years have 146,097 days. `values.periods` says what the rule means.
"""

from __future__ import annotations

from typing import Any

from dosojin.values.periods import MONTHS_A_YEAR

LAST_ORDINAL = 3_652_059
"""9999-12-31, where the civil calendar ends."""
_MARCH_1 = 306
"""Days from 1 March of the year 0 to the first ordinal."""
_ERA = 146_097
_CENTURY = 36_524
_FOUR_YEARS = 1_460


def civil_of(day: Any) -> tuple[Any, Any, Any]:
    """Year, month (1–12) and day of the month of an ordinal."""
    since = day - 1 + _MARCH_1
    era = since // _ERA
    of_era = since - era * _ERA
    year = (of_era - of_era // _FOUR_YEARS + of_era // _CENTURY - of_era // (_ERA - 1)) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month_day = of_year - (153 * shifted + 2) // 5 + 1
    late = shifted // 10
    return year + era * 400 + late, shifted + 3 - MONTHS_A_YEAR * late, month_day


def ordinal_of(year: Any, month: Any, day: Any) -> Any:
    """The ordinal of a civil day; a day past the end of its month counts on into the next."""
    early = (14 - month) // MONTHS_A_YEAR
    shifted = year - early
    of_year = (153 * (month + MONTHS_A_YEAR * early - 3) + 2) // 5 + day - 1
    days = shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400
    return days + of_year + 1 - _MARCH_1


def months_on(day: Any, months: Any) -> Any:
    """The last day of `months` months that begin on a day, both ordinals."""
    year, month, month_day = civil_of(day)
    index = year * MONTHS_A_YEAR + month - 1 + months
    next_index = index + 1
    first = ordinal_of(index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1, 1)
    after = ordinal_of(next_index // MONTHS_A_YEAR, next_index % MONTHS_A_YEAR + 1, 1)
    last = first + month_day - 2
    capped = last - (last - after + 1) * (last >= after)
    return capped - (capped - LAST_ORDINAL) * (capped > LAST_ORDINAL)


def policy_year(start: Any, day: Any) -> Any:
    """1 for the twelve months from `start` (ordinals), 2 for the next twelve, and so on."""
    year, month, _ = civil_of(start)
    year_to, month_to, _ = civil_of(day)
    months = (year_to - year) * MONTHS_A_YEAR + month_to - month
    months = months + (1 - months) * (months < 1)
    months = months + (months_on(start, months) < day)
    years = (months + MONTHS_A_YEAR - 1) // MONTHS_A_YEAR
    return years + (1 - years) * (day < start)
