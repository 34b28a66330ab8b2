"""A moment in the country of destination, where one clock is read in all of it.

In:  a moment, the country's code.
Out: the moment in words, or nothing where zones differ: a guess would be worse.
Never: a clock.
"""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from dosojin_web.templatetags.portals import clock_words


def moment_in(country: str, moment: datetime) -> str:
    """The moment by the clocks of ``country``, without its name; "" if they differ or are Japan's.

    Where a country has several zones they must read the same at that moment.
    """
    zones = get_global("territory_zones").get(country, ())
    try:
        there = {moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in zones}
    except ZoneInfoNotFoundError:
        return ""
    if len(there) != 1:
        return ""
    (clock,) = there
    return clock_words(clock)
