"""The last days of premium bands for many first days at once; days count from 1970-01-01."""

from __future__ import annotations

import numpy as np

from dosojin.batch.columns import Array
from dosojin.rating.bands import Band, BandUnit
from dosojin.rating.tariff import Plan
from dosojin.values.periods import MONTHS_A_YEAR


def last_days(band: Band, starts: Array) -> Array:
    """The last day that the band takes in, by first day; `Band.last_day`, column by column."""
    if band.unit is BandUnit.DAY:
        return starts + (band.length - 1)
    months = band.length * (MONTHS_A_YEAR if band.unit is BandUnit.YEAR else 1)
    days = starts.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    into = days - month.astype("datetime64[D]")
    target = month + np.timedelta64(months, "M")
    corresponding = target.astype("datetime64[D]") + into
    exists = corresponding.astype("datetime64[M]") == target
    last_of_month = (target + np.timedelta64(1, "M")).astype("datetime64[D]")
    found = np.where(exists, corresponding, last_of_month) - np.timedelta64(1, "D")
    days_found: Array = found.astype("datetime64[D]").astype(np.int64)
    return days_found


def rows_of(plan: Plan, starts: Array, ends: Array) -> Array:
    """The row of the plan's table for each period, int64; −1: the plan does not take it."""
    found = np.full(len(starts), -1, np.int64)
    long_enough = np.ones(len(starts), bool)
    if plan.over is not None:
        long_enough = ends > last_days(plan.over, starts)
    fits = long_enough & (ends <= last_days(plan.at_most, starts)) & (ends >= starts)
    left = np.flatnonzero(fits)
    for number, row in enumerate(plan.rows):
        takes = ends[left] <= last_days(row.band, starts[left])
        found[left[takes]] = number
        left = left[~takes]
    return found
