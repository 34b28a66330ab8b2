"""What the quote page asks, read from its address.

In:  the query of an address, typed by people or followed from a link.
Out: a trip, or what was typed and what is wrong with it.
Never: a guess at a day that cannot be read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from django.utils.translation import gettext

from dosojin_web.components.shapes import Fault

from .mapping import default_product, product_titles

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Trip:
    """The first and the last day of a trip, both counted, under one edition."""

    product: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class TripAnswer:
    """What was typed, what is wrong with it, and the trip if nothing is."""

    product: str
    values: Mapping[str, str]
    faults: list[Fault]
    trip: Trip | None


def read_trip(query: Mapping[str, str]) -> TripAnswer:
    """The trip of a query with ``product``, ``start`` and ``end``.

    Without ``product``: the newest edition that has a tariff.
    """
    product = query.get("product", "") or default_product()
    values = {name: normalize("NFKC", query.get(name, "")).strip() for name in ("start", "end")}
    faults = []
    if product not in {known.product for known in product_titles()}:
        faults.append(Fault("product", gettext("Choose one of these editions.")))
    needed = {
        "start": gettext("Enter the day of departure."),
        "end": gettext("Enter the day of return."),
    }
    days = {name: read_day(typed) for name, typed in values.items()}
    if any(values.values()):
        for name, typed in values.items():
            if not typed:
                faults.append(Fault(name, needed[name]))
            elif days[name] is None:
                said = gettext("“%(typed)s” is not a day. Write it like 2026-06-01.")
                faults.append(Fault(name, said % {"typed": typed}))
    start, end = days["start"], days["end"]
    if start and end and end < start:
        faults.append(Fault("end", gettext("The day of return is before the day of departure.")))
    trip = Trip(product, start, end) if start and end and not faults else None
    return TripAnswer(product, values, faults, trip)


def read_day(typed: str) -> date | None:
    """The day written as 2026-08-03, 2026/8/3 or 2026年8月3日; None if it is none."""
    found = DAY.fullmatch(typed)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
