"""NumPy by hand: receipts are weighed as whole arrays and added up by `reduceat`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from bench.batch.peers.serve import Answer, Contestant, Form, load
from bench.batch.rules import (
    CALLS,
    CALLS_MAX,
    CARE,
    FARE,
    GOODS,
    GOODS_MAX,
    HOSPITAL_DAYS_MIN,
    INTERPRETER,
    NIGHTS_MAX,
    NIGHTS_POSSIBLE,
    REMAINS,
    REMAINS_MAX,
    RESCUERS_MAX,
    ROOM,
    SUNDRIES,
    SUNDRIES_MAX,
    TRANSPORT,
    WINDOW_DAYS,
)

Arrays = dict[str, Any]


def covered(given: Arrays, must: Any, may: Any) -> Any:
    """One plane: `must(flag)` for what has to hold, `may(flag)` for what must not."""
    granted = must(given["injury"]) | (
        must(given["illness"]) & must(given["began_on_trip"]) & must(given["treated_in_time"])
    )
    excluded = (
        may(given["intent"])
        | (may(given["war"]) & ~must(given["terrorism"]))
        | may(given["drunk_driving"])
        | (may(given["dangerous_sport"]) & ~must(given["rider"]))
    )
    return granted & ~excluded


def is_yes(flag: Any) -> Any:
    return flag == 1


def is_not_no(flag: Any) -> Any:
    return flag != 0


def decide(given: Arrays) -> Answer:
    category, amount = given["category"], given["amount"]
    starts = given["offsets"][:-1]

    def added(yen: Any) -> Any:
        return np.add.reduceat(yen, starts)

    care = (category == CARE) | (category == INTERPRETER)
    days = given["days"]
    free_hi = amount * ((category == TRANSPORT) | (care & (days < WINDOW_DAYS)))
    free_lo = free_hi * ~(care & (days < 0))
    rescuers = given["rescuer"] <= RESCUERS_MAX
    rescue = amount * ((category == FARE) & rescuers)
    room_hi, room_lo = rescue, rescue.copy()
    rooms = np.flatnonzero((category == ROOM) & rescuers)
    nights, bill = given["nights"][rooms].astype(np.int64), amount[rooms]
    known = bill * np.minimum(nights, NIGHTS_MAX) // np.maximum(nights, 1)
    room_hi[rooms] = np.where(nights == 0, bill, known)
    room_lo[rooms] = np.where(nights == 0, bill * NIGHTS_MAX // NIGHTS_POSSIBLE, known)
    goods = np.minimum(added(amount * (category == GOODS)), GOODS_MAX)
    capped = np.minimum(added(amount * (category == CALLS)) + goods, CALLS_MAX)
    capped += np.minimum(added(amount * (category == REMAINS)), REMAINS_MAX)
    sundries = np.minimum(added(amount * (category == SUNDRIES)), SUNDRIES_MAX)
    surely = given["hospital_days"] >= HOSPITAL_DAYS_MIN
    possibly = surely | (given["hospital_days"] < 0)
    lo = added(free_lo) + capped + (added(room_lo) + sundries) * surely
    hi = added(free_hi) + capped + (added(room_hi) + sundries) * possibly
    insured = given["sum_insured"]
    return (
        np.minimum(lo, insured) * covered(given, is_yes, is_not_no),
        np.minimum(hi, insured) * covered(given, is_not_no, is_yes),
    )


def contestant(folder: Path) -> Contestant:
    given = load(folder)
    form = Form(lambda: decide(given), len(given["amount"]), lambda found: found)
    return Contestant(f"numpy {np.__version__}", {"reduceat": form})
