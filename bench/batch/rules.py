"""The rules that every contestant decides by, in plain Python: figures, words and a reference.

Nothing but the standard library, so that every peer can import it in its own environment. A fact
that may be unknown is −1 (nights: 0). What an unknown fact may be is part of the rules: bounds hold
for every value of its range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CATEGORIES = (
    "calls", "care", "fare", "goods", "interpreter", "remains", "room", "sundries", "transport",
)  # fmt: skip
"""Receipt categories in alphabetic order; an array holds the place in this list."""
CALLS, CARE, FARE, GOODS, INTERPRETER, REMAINS, ROOM, SUNDRIES, TRANSPORT = range(9)
FLAGS = (
    "injury", "illness", "began_on_trip", "treated_in_time", "intent", "war", "terrorism",
    "drunk_driving", "dangerous_sport", "rider",
)  # fmt: skip
"""Yes 1, no 0, unknown −1. `rider` belongs to the policy, the others to the occurrence."""
RECEIPT_ARRAYS = ("category", "amount", "days", "rescuer", "nights")
OCCURRENCE_ARRAYS = ("hospital_days", "sum_insured", *FLAGS)

WINDOW_DAYS = 180
"""Care counts on days 0 to 179 after the first treatment."""
CALLS_MAX = 200_000
"""Yen for communication, personal goods among it."""
GOODS_MAX = 50_000
RESCUERS_MAX = 3
NIGHTS_MAX = 14
SUNDRIES_MAX = 200_000
HOSPITAL_DAYS_MIN = 3
REMAINS_MAX = 1_000_000
NIGHTS_POSSIBLE = 3650
"""The most nights that one bill can be for, where their number is unknown."""

Truth = bool | None


@dataclass(slots=True)
class Receipt:
    """One bill: its place in CATEGORIES, yen, days since the first treatment, rescuer 1, 2 …"""

    category: int
    amount: int
    days: int
    rescuer: int
    nights: int


@dataclass(slots=True)
class Occurrence:
    receipts: Sequence[Receipt]
    hospital_days: int
    sum_insured: int
    flags: dict[str, int]


def truth_of(flag: int) -> Truth:
    return None if flag < 0 else flag == 1


def both(*truths: Truth) -> Truth:
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True


def either(*truths: Truth) -> Truth:
    if any(truth is True for truth in truths):
        return True
    return None if any(truth is None for truth in truths) else False


def opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth


def is_covered(flags: dict[str, int]) -> Truth:
    known = {name: truth_of(flag) for name, flag in flags.items()}
    granted = either(
        known["injury"], both(known["illness"], known["began_on_trip"], known["treated_in_time"])
    )
    excluded = either(
        known["intent"],
        both(known["war"], opposite(known["terrorism"])),
        known["drunk_driving"],
        both(known["dangerous_sport"], opposite(known["rider"])),
    )
    return both(granted, opposite(excluded))


def amount_of(receipt: Receipt) -> tuple[int, int]:
    """Yen that one receipt brings at worst and at best."""
    amount = receipt.amount
    if receipt.category in (CARE, INTERPRETER):
        if receipt.days < 0:
            return 0, amount
        return (amount, amount) if receipt.days < WINDOW_DAYS else (0, 0)
    if receipt.category in (FARE, ROOM) and receipt.rescuer > RESCUERS_MAX:
        return 0, 0
    if receipt.category == ROOM:
        if receipt.nights == 0:
            return amount * NIGHTS_MAX // NIGHTS_POSSIBLE, amount
        paid = amount * min(receipt.nights, NIGHTS_MAX) // receipt.nights
        return paid, paid
    return amount, amount


def total_of(sums: Sequence[int], *, in_hospital: bool, sum_insured: int) -> int:
    """The tree above the receipts: yen for one plane."""
    total = sums[CARE] + sums[INTERPRETER] + sums[TRANSPORT]
    total += min(sums[CALLS] + min(sums[GOODS], GOODS_MAX), CALLS_MAX)
    if in_hospital:
        total += sums[FARE] + sums[ROOM] + min(sums[SUNDRIES], SUNDRIES_MAX)
    return min(total + min(sums[REMAINS], REMAINS_MAX), sum_insured)


def decide_plainly(occurrence: Occurrence) -> tuple[int, int]:
    """What the occurrence pays, in yen: at worst, and at best."""
    worst, best = [0] * len(CATEGORIES), [0] * len(CATEGORIES)
    for receipt in occurrence.receipts:
        least, most = amount_of(receipt)
        worst[receipt.category] += least
        best[receipt.category] += most
    covered = is_covered(occurrence.flags)
    days, insured = occurrence.hospital_days, occurrence.sum_insured
    surely = days >= HOSPITAL_DAYS_MIN
    possibly = surely or days < 0
    lo = total_of(worst, in_hospital=surely, sum_insured=insured) if covered is True else 0
    hi = 0 if covered is False else total_of(best, in_hospital=possibly, sum_insured=insured)
    return lo, hi
