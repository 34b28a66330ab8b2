"""A table for the loop over receipts: what each category adds to which sum, without branching.

Where every category feeds one pair of sums (at worst, at best), what a receipt brings is its amount
times 0 or 1, and whether it is 0 or 1 hangs on a few yes-or-no answers. These become bits; the
category and its bits are looked up in a table made beforehand. Categories whose amount has to be
worked out first (a share of the nights, say) branch off; where they are few, that costs little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dosojin.batch.kernels.steps import FOLDED, RECEIPT, TRUTH, UNKNOWN, YES, YES_OR_NO, Step

BITS_MAX = 8
HALF = 32
"""Two sums share one word, the one at best above this bit, where both stay below 2 to the 31."""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReceiptTable:
    """How receipts are added up by table.

    slots: the pairs of sums (steps), by slot. slot_of: by category code, its slot. entries: by code
    and bits (code << width | bits), 0, 2 or 3: whether the amount counts at best, and at worst.
    asked: the steps whose answers make the bits, lowest first; a truth makes two. amounts: the pair
    of steps that most categories bring; special: by code, the pair it brings instead.
    """

    slots: tuple[Pair, ...]
    slot_of: tuple[int, ...]
    entries: tuple[int, ...]
    width: int
    asked: tuple[int, ...]
    amounts: Pair
    special: dict[int, Pair]


def receipt_table(
    steps: Sequence[Step], by_code: Sequence[tuple[tuple[int, int], ...]]
) -> ReceiptTable | None:
    """The table for a loop, or None where branches serve better.

    by_code: by category code, the (sum, value) that receipts of it bring.
    """
    slots: dict[Pair, int] = {}
    slot_of: list[int] = []
    peeled: list[tuple[_Peeled, _Peeled] | None] = []
    for brought in by_code:
        if len(brought) not in (0, 1, 2):
            return None
        slot_of.append(0)
        if not brought:
            peeled.append(None)
            continue
        (low, low_value), (high, high_value) = brought[0], brought[-1]
        if low == high and len(brought) > 1:
            return None
        slot_of[-1] = slots.setdefault((low, high), len(slots))
        peeled.append((_peel(steps, low_value), _peel(steps, high_value)))
    if not slots or len({step for pair in slots for step in set(pair)}) < sum(
        len(set(pair)) for pair in slots
    ):
        return None
    asked = _asked(steps, [each for pair in peeled if pair for each in pair])
    width = sum(2 if steps[step].result == TRUTH else 1 for step in asked)
    amounts = _usual(peeled)
    if width > BITS_MAX or amounts is None:
        return None
    special = {
        code: (pair[0].amount, pair[1].amount)
        for code, pair in enumerate(peeled)
        if pair is not None and (pair[0].amount, pair[1].amount) != amounts
    }
    if 2 * len(special) > len([pair for pair in peeled if pair is not None]):
        return None
    entries = [
        _entry(steps, asked, pair, bits) for pair in peeled for bits in range(1 << width)
    ]
    return ReceiptTable(
        tuple(slots), tuple(slot_of), tuple(entries), width, tuple(asked), amounts, special
    )


@dataclass(frozen=True, slots=True)
class _Peeled:
    """An amount, and the 0-or-1 steps that it is multiplied by."""

    amount: int
    factors: tuple[int, ...]


def _peel(steps: Sequence[Step], value: int) -> _Peeled:
    factors: list[int] = []
    while steps[value].operation == "keep":
        value, factor = steps[value].arguments
        factors.append(factor)
    return _Peeled(value, tuple(factors))


def _usual(peeled: Sequence[tuple[_Peeled, _Peeled] | None]) -> Pair | None:
    """The pair of amounts that most categories bring."""
    counts: dict[Pair, int] = {}
    for pair in peeled:
        if pair is not None:
            amounts = (pair[0].amount, pair[1].amount)
            counts[amounts] = counts.get(amounts, 0) + 1
    return max(counts, key=lambda amounts: counts[amounts], default=None)


def _is_answer(step: Step) -> bool:
    """Whether a step's answer goes into the bits, rather than being worked out from others."""
    combined = ("both", "either", "negate", "pack", "must", "may", "const", "category")
    return step.operation not in combined


def _asked(steps: Sequence[Step], peeled: Sequence[_Peeled]) -> list[int]:
    found: dict[int, None] = {}
    waiting = [factor for each in peeled for factor in each.factors]
    while waiting:
        index = waiting.pop()
        step = steps[index]
        if _is_answer(step):
            found.setdefault(index)
        elif step.operation not in ("const", "category"):
            waiting.extend(step.arguments)
    return sorted(found)


def _entry(
    steps: Sequence[Step], asked: Sequence[int], pair: tuple[_Peeled, _Peeled] | None, bits: int
) -> int:
    """2 if the amount counts at best, and 1 more if it does at worst."""
    if pair is None:
        return 0
    answers: dict[int, Any] = {}
    for index in asked:
        if steps[index].result == TRUTH:
            answers[index] = (0, UNKNOWN, UNKNOWN, YES)[bits & 3]
            bits >>= 2
        else:
            answers[index] = bool(bits & 1) if steps[index].result == YES_OR_NO else bits & 1
            bits >>= 1
    worst, best = (
        all(_answer(steps, factor, answers) for factor in each.factors) for each in pair
    )
    return 2 * best + worst


def _answer(steps: Sequence[Step], index: int, answers: dict[int, Any]) -> Any:
    found = answers.get(index)
    if found is None:
        step = steps[index]
        if step.operation == "const":
            return step.arguments[0]
        inner = [_answer(steps, each, answers) for each in step.arguments]
        found = answers[index] = FOLDED[step.operation](*inner)
    return found


def reads_category(steps: Sequence[Step]) -> bool:
    """Whether any receipt-level step asks for the category; then no table is made."""
    return any(step.operation == "category" and step.level == RECEIPT for step in steps)
