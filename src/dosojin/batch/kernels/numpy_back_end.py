"""Runs the steps of a kernel array by array. Slower than machine code, and its yardstick."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from dosojin.batch.columns import NOT_NAMED, Array, Groups, Receipts, occurrence_of
from dosojin.batch.kernels.benefit_kernel import BenefitKernel
from dosojin.batch.kernels.calendar_steps import months_on
from dosojin.batch.kernels.steps import CLAIM, ITEM, PERSON, RECEIPT, TRUTH, Step
from dosojin.values.moments import JAPAN_OFFSET, MINUTES_A_DAY

Plane = Any
"""An array, or one value that stands for all entries."""


def _truth(must: Plane, may: Plane) -> Plane:
    return np.asarray(must, np.int8) | (np.asarray(may, np.int8) << 1)


def _word(known: Plane, wanted: int, others: int) -> Plane:
    may = (known & wanted) != 0
    return _truth(may & ((known & others) == 0), may)


def _member(inside: Plane, outside: Plane, bit: int) -> Plane:
    must = (inside & bit) != 0
    return _truth(must, must | ((outside & bit) == 0))


OPERATIONS: dict[str, Callable[..., Plane]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a // b,
    "min": np.minimum,
    "max": np.maximum,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
    "both": lambda a, b: a & b,
    "either": lambda a, b: a | b,
    "negate": lambda a: ((a >> 1) | ((a & 1) << 1)) ^ 3,
    "must": lambda a: a & 1,
    "may": lambda a: a >> 1,
    "keep": lambda amount, bit: amount & -np.asarray(bit, np.int64),
    "select": np.where,
    "pack": _truth,
    "word": _word,
    "member": _member,
    "start_in_japan": lambda day: day * MINUTES_A_DAY - JAPAN_OFFSET,
    "day_in_japan": lambda minute: (minute + JAPAN_OFFSET) // MINUTES_A_DAY,
    "months_on": months_on,
}


class NumpyRun:
    """One kernel over one set of claims. planes: what `load` finds, by name."""

    def __init__(
        self, receipts: Receipts, categories: tuple[str, ...], planes: Mapping[str, Array]
    ) -> None:
        self.receipts = receipts
        self.categories = categories
        self.planes = planes
        self.rows = len(receipts.offsets) - 1
        self.of = receipts.occurrence
        self.groups = {PERSON: receipts.person, ITEM: receipts.item}
        self._filed: dict[tuple[str, ...], Array] = {}

    def results(self, kernel: BenefitKernel) -> list[Array]:
        """The planes of `kernel.results`."""
        return self.worked_out(kernel.steps, kernel.results)

    def worked_out(self, steps: Sequence[Step], results: Sequence[int]) -> list[Array]:
        """The planes of some steps, by claim."""
        found: list[Plane] = []
        for step in steps:
            found.append(self._done(step, found))
        return [np.broadcast_to(found[step], (self.rows,)) for step in results]

    def _done(self, step: Step, found: list[Plane]) -> Plane:
        operation, arguments = step.operation, step.arguments
        if operation == "const":
            return np.int8(arguments[0]) if step.result == TRUTH else arguments[0]
        if operation == "load":
            plane = self.planes[arguments[0]]
            is_small = plane.dtype in (np.int8, np.bool_)
            return plane if is_small else plane.astype(np.int64, copy=False)
        if operation == "category":
            return np.where(self._is_filed(arguments[0]), np.int8(3), np.int8(0))
        if operation == "up":
            return self._carried(found[arguments[0]], step.level)
        if operation in ("sum", "any", "all"):
            return self._reduced(operation, arguments, found)
        if operation == "first":
            amount, present, rank, count = (found[argument] for argument in arguments)
            return self._first(amount, present, rank, count)
        return OPERATIONS[operation](*(found[argument] for argument in arguments))

    def _is_filed(self, names: tuple[str, ...]) -> Array:
        """By receipt, whether it is of one of these categories."""
        plane = self._filed.get(names)
        if plane is None:
            table = np.zeros(len(self.categories) + 1, np.bool_)
            table[[self.categories.index(name) for name in names if name in self.categories]] = True
            plane = self._filed[names] = table[self.receipts.category]
        return plane

    def _group(self, level: str) -> Groups:
        found = self.groups[level]
        if found is None:
            count = self.receipts.count
            found = self.groups[level] = Groups(
                np.arange(count, dtype=np.int64), self.receipts.offsets
            )
        return found

    def _carried(self, plane: Plane, level: str) -> Plane:
        if np.ndim(plane) == 0:
            return plane
        if level == RECEIPT:
            return plane[self.of]
        return plane[occurrence_of(self._group(level).offsets)]

    def _reduced(self, kind: str, arguments: tuple[Any, ...], found: list[Plane]) -> Plane:
        to, source, branches = arguments
        neutral = np.int8(3) if kind == "all" else np.int8(0) if kind == "any" else 0
        total: Plane = neutral
        for names, step in branches:
            plane = found[step]
            if names is not None:
                plane = np.where(self._is_filed(names), plane, neutral)
            elif np.ndim(plane) == 0:
                plane = np.full(self._size(source), plane)
            part = self._gathered(kind, plane, source, to)
            if kind == "sum":
                total = total + part
            else:
                total = total & part if kind == "all" else total | part
        return total

    def _size(self, level: str) -> int:
        if level == RECEIPT:
            return self.receipts.count
        return int(self._group(level).offsets[-1])

    def _gathered(self, kind: str, plane: Array, source: str, to: str) -> Array:
        if to == CLAIM:
            offsets = self.receipts.offsets if source == RECEIPT else self._group(source).offsets
            return _by_offsets(kind, plane, offsets)
        assert source == RECEIPT and kind == "sum"
        groups = self._group(to)
        count = int(groups.offsets[-1])
        total = np.zeros(count, np.int64)
        np.add.at(total, groups.of_receipt, plane)
        return total

    def _first(self, amount: Array, present: Array, rank: Plane, count: Plane) -> Array:
        groups = self._group(PERSON)
        of = occurrence_of(groups.offsets)
        ranks = np.broadcast_to(np.asarray(rank), amount.shape)
        is_named = (ranks >= 0) & (ranks != NOT_NAMED)
        here = np.asarray(present) > 0
        allowed = np.broadcast_to(np.asarray(count, np.int64), (self.rows,))[of]
        named = is_named & here
        chosen = named & (_place(of, ranks, named) < allowed)
        taken = _by_offsets("sum", chosen.astype(np.int64), groups.offsets)[of]
        rest = here & ~is_named
        chosen |= rest & (_place(of, -amount, rest) < allowed - taken)
        return _by_offsets("sum", np.where(chosen, amount, 0), groups.offsets)


def _place(of: Array, key: Array, among: Array) -> Array:
    """The place (0, 1 …) of each entry within its claim, by key, those not among come last."""
    order = np.lexsort((key, ~among, of))
    sorted_of = of[order]
    starts = np.searchsorted(sorted_of, sorted_of, side="left")
    place = np.empty(len(of), np.int64)
    place[order] = np.arange(len(of)) - starts
    return place


def _by_offsets(kind: str, plane: Array, offsets: Array) -> Array:
    """A plane reduced to one entry for each interval of `offsets`; some may be empty."""
    rows = len(offsets) - 1
    reduce = {"sum": np.add, "any": np.bitwise_or, "all": np.bitwise_and}[kind]
    total = np.full(rows, 3 if kind == "all" else 0, np.int64 if kind == "sum" else np.int8)
    filled = offsets[1:] > offsets[:-1]
    if filled.any():
        total[filled] = reduce.reduceat(plane, offsets[:-1][filled])
    return total

