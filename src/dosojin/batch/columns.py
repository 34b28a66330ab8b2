"""Claims as columns: what is known of every variable, claim by claim, and the decisions on them.

A *plane* is an array with one entry a row. What is known of a variable is a tuple of planes, the
same shapes as in a single case (`adjudication.program`):
flag (0 | 2 | 3,) int8 · choice (mask,) int32 · choices (mask in, mask out) int32 · count, duration,
yen (least, most) int64 or as narrow as they came · day (first day, last day, first minute, last
minute) int32. Where both ends are the same in every row they are one array.
Yen without a bound are UNLIMITED; every finite amount stays far below, so sums never overflow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dosojin.terms.lowered import Lowered, Variable
from dosojin.values.moments import (
    EARLIEST_DAY,
    LATEST_DAY,
    MINUTES_A_DAY,
    OFFSET_LEAST,
    OFFSET_MOST,
)
from dosojin.values.money import UNBOUNDED, is_unbounded

Array = NDArray[Any]
Planes = tuple[Array, ...]
UNLIMITED = 1 << 49
"""Stands for "no bound" in a plane."""
UNLIMITED_FROM = 1 << 48
"""Anything from here on descends from UNLIMITED; finite totals stay below."""
AMOUNT_MAX = 10**12
"""Yen of one receipt or sum; more is refused, so that 64 bits always suffice."""
TOTAL_MAX = 10**14
"""Yen of all receipts of one occurrence together."""
OFFSET_UNKNOWN = -32768
WORD_BITS = 63
MUCH = 200_000
"""Receipts from which calling numba pays."""
NOT_NAMED = 1 << 30
PLANE_TYPES: Mapping[str, tuple[Any, ...]] = {
    "flag": (np.int8,),
    "choice": (np.int32,),
    "choices": (np.int32, np.int32),
    "count": (np.int64, np.int64),
    "duration": (np.int64, np.int64),
    "yen": (np.int64, np.int64),
    "day": (np.int32, np.int32, np.int32, np.int32),
    "grades": (np.int32,),
}
"""By kind. Grades: one plane, the index into `Columns.grades`, 0 where not known."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Receipts that bear the same name within an occurrence; one without a name stands alone.

    of_receipt: group number by receipt; groups are numbered occurrence by occurrence, within one in
    filing order of their first receipt. offsets: groups of occurrence i are offsets[i] up to, not
    including, offsets[i + 1]. rank: by variable of kind persons, for each group the place of its
    name in the list (0, 1 …), NOT_NAMED for others.
    """

    of_receipt: Array
    offsets: Array
    rank: Mapping[int, Array] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipts of all occurrences, in their order, then in filing order.

    offsets: receipts of occurrence i are offsets[i] up to, not including, offsets[i + 1].
    category: int8 or int16, the index into `categories_of(lowered)`. lo, hi: yen; of an estimate
    lo is 0. planes: by variable index, for stated line variables; others have their whole domain.
    person, item: None where no receipt bears a name. estimated: None where none is.
    """

    offsets: Array
    category: Array
    lo: Array
    hi: Array
    planes: Mapping[int, Planes] = field(default_factory=dict)
    person: Groups | None = None
    item: Groups | None = None
    estimated: Array | None = None
    _most: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    _found: dict[str, Array] = field(default_factory=dict, compare=False, repr=False)

    @property
    def occurrence(self) -> Array:
        """The occurrence of every receipt, int32; worked out once."""
        if "occurrence" not in self._found:
            self._found["occurrence"] = occurrence_of(self.offsets)
        return self._found["occurrence"]

    def filed(self, categories: int, *, is_fast: bool = False) -> list[Array]:
        """By occurrence, the categories filed, as bits in words of WORD_BITS; worked out once.

        categories: how many there are. is_fast: by machine code, where there is much to do.
        """
        words = range(categories // WORD_BITS + 1)
        for word in words:
            if f"filed{word}" not in self._found:
                bits = [
                    1 << (code % WORD_BITS) if code // WORD_BITS == word else 0
                    for code in range(categories + 1)
                ]
                table = np.array(bits, np.int64)
                self._found[f"filed{word}"] = self._filed(table, is_fast)
        return [self._found[f"filed{word}"] for word in words]

    def filed_any(self, codes: Sequence[int], categories: int, *, is_fast: bool = False) -> Array:
        """By occurrence, whether a receipt of any of these categories is filed; worked out once."""
        key = f"filed {sorted(codes)}"
        if key not in self._found:
            words = self.filed(categories, is_fast=is_fast)
            masks = [
                np.int64(sum(1 << code % WORD_BITS for code in codes if code // WORD_BITS == word))
                for word in range(len(words))
            ]
            pairs = zip(words, masks, strict=True)
            found = np.logical_or.reduce([word & mask != 0 for word, mask in pairs])
            self._found[key] = np.asarray(found)
        return self._found[key]

    def _filed(self, table: Array, is_fast: bool) -> Array:
        found = np.zeros(len(self.offsets) - 1, np.int64)
        if is_fast and self.count >= MUCH:
            from dosojin.batch.kernels.compiled_steps import gather_bits

            gather_bits(self.offsets, self.category, table, found)
            return found
        filled = self.offsets[1:] > self.offsets[:-1]
        if filled.any():
            starts = self.offsets[:-1][filled]
            found[filled] = np.bitwise_or.reduceat(table[self.category], starts)
        return found

    @property
    def count(self) -> int:
        return len(self.category)

    @property
    def amount_most(self) -> int:
        """The largest amount of a receipt; found once."""
        if "amount" not in self._most:
            self._most["amount"] = int(self.hi.max(initial=0))
        return self._most["amount"]

    @property
    def count_most(self) -> int:
        """The most receipts of one occurrence; found once."""
        if "count" not in self._most:
            self._most["count"] = int(np.diff(self.offsets).max(initial=0))
        return self._most["count"]


@dataclass(frozen=True, slots=True)
class Columns:
    """Claims of one partition, sorted by certificate and `seq`.

    rows: how many occurrences. as_of: ordinals. place_offset: minutes east of UTC or
    OFFSET_UNKNOWN. certificate: int64, the same number for occurrences of one policy, not falling.
    planes: by variable index, for policy, person and occurrence variables of which something is
    known; others have their whole domain. stated: by variable, whether the claim speaks of it, for
    the variables that open a part; absent where no claim does. grades: the lists of disability
    grades that occur; entry 0 is None (not known). usage: by node index, what occurrences outside
    these columns used, (least, most) yen, already for the policy year of this one.
    """

    lowered: Lowered
    rows: int
    as_of: Array
    place_offset: Array
    certificate: Array
    planes: Mapping[int, Planes]
    stated: Mapping[int, Array]
    receipts: Receipts
    grades: tuple[tuple[int, ...] | None, ...] = (None,)
    usage: Mapping[int, Planes] = field(default_factory=dict)
    _filled: dict[int, Planes] = field(default_factory=dict, compare=False, repr=False)
    _most: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    def most(self, variable: int) -> int:
        """The largest value that a number may have in any claim; found once."""
        found = self._most.get(variable)
        if found is None:
            found = self._most[variable] = int(self.known(variable)[1].max(initial=0))
        return found

    def known(self, variable: int) -> Planes:
        """The planes of a variable, its whole domain where nothing is known of it."""
        found = self.planes.get(variable) or self._filled.get(variable)
        if found is None:
            spec = self.lowered.variables[variable]
            if spec.owner == "line":
                found = self._line_known(variable, spec)
            else:
                found = domain_planes(spec, self.as_of, self.place_offset)
            self._filled[variable] = found
        return found

    def _line_known(self, variable: int, spec: Variable) -> Planes:
        receipts = self.receipts
        given = receipts.planes.get(variable)
        if given is not None:
            return given
        if spec.name == "amount":
            return receipts.lo, receipts.hi
        if spec.kind == "yen":
            return np.zeros(receipts.count, np.int64), receipts.hi
        of = occurrence_of(receipts.offsets)
        return domain_planes(spec, self.as_of[of], self.place_offset[of])

    def take(self, rows: Array, variables: Collection[int] | None = None) -> Columns:
        """The same claims, only some rows (ascending numbers).

        variables: those of which anything will be asked; None: all.
        """

        def kept(planes: Mapping[int, Planes]) -> dict[int, Planes]:
            wanted = planes if variables is None else planes.keys() & set(variables)
            return {i: planes[i] for i in sorted(wanted)}

        receipts = self.receipts
        lengths = receipts.offsets[rows + 1] - receipts.offsets[rows]
        offsets = offsets_of(lengths)
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        lines = np.repeat(receipts.offsets[rows], lengths) + within
        low, high = _taken((receipts.lo, receipts.hi), lines)
        taken = Receipts(
            offsets,
            receipts.category[lines],
            low,
            high,
            {i: _taken(planes, lines) for i, planes in kept(receipts.planes).items()},
            _take_groups(receipts.person, rows, lines, offsets),
            _take_groups(receipts.item, rows, lines, offsets),
            None if receipts.estimated is None else receipts.estimated[lines],
        )
        return replace(
            self,
            rows=len(rows),
            as_of=self.as_of[rows],
            place_offset=self.place_offset[rows],
            certificate=self.certificate[rows],
            planes={i: _taken(planes, rows) for i, planes in kept(self.planes).items()},
            stated={i: plane[rows] for i, plane in self.stated.items()},
            usage={i: _taken(planes, rows) for i, planes in self.usage.items()},
            receipts=taken,
            _filled={},
            _most={},
        )


def _taken(planes: Planes, entries: Array) -> Planes:
    """Some entries of planes; what was one array stays one."""
    found: dict[int, Array] = {}
    return tuple(found.setdefault(id(plane), plane[entries]) for plane in planes)


def _take_groups(
    groups: Groups | None, rows: Array, lines: Array, offsets: Array
) -> Groups | None:
    if groups is None:
        return None
    lengths = groups.offsets[rows + 1] - groups.offsets[rows]
    starts = offsets_of(lengths)
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
    kept = np.repeat(groups.offsets[rows], lengths) + within
    shift = np.repeat(starts[:-1] - groups.offsets[rows], offsets[1:] - offsets[:-1])
    rank = {variable: plane[kept] for variable, plane in groups.rank.items()}
    return Groups(groups.of_receipt[lines] + shift, starts, rank)


def offsets_of(lengths: Array) -> Array:
    """[0, a, a + b, …] for lengths a, b, …"""
    found = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=found[1:])
    return found


def occurrence_of(offsets: Array) -> Array:
    """The occurrence of every receipt, int32."""
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))


def categories_of(lowered: Lowered) -> tuple[str, ...]:
    """The receipt categories that any node or test of the edition names, in alphabetic order."""
    found: set[str] = set()
    for node in lowered.nodes:
        found.update(node.categories)
    for test in lowered.tests:
        if test[0] == "category":
            found.update(test[1])
    for truth in lowered.truths:
        if truth[0] in ("any_line", "every_line"):
            found.update(truth[1])
    return tuple(sorted(found))


def in_plane(amount: int) -> int:
    """Yen as a plane holds them; what lies some yen off "no bound" keeps that distance."""
    if not is_unbounded(amount):
        return amount
    off = amount - UNBOUNDED
    return UNLIMITED + off if abs(off) < UNLIMITED - UNLIMITED_FROM else UNLIMITED


def out_of_plane(amount: int) -> int:
    """Yen from a plane, with "no bound" as single cases have it."""
    return UNBOUNDED + amount - UNLIMITED if amount >= UNLIMITED_FROM else amount


def domain_planes(spec: Variable, as_of: Array, place_offset: Array) -> Planes:
    """A variable of which nothing is known, for claims with these days and places."""
    rows = len(as_of)
    if spec.kind == "flag":
        return (np.full(rows, 2, np.int8),)
    if spec.kind == "choice":
        return (np.full(rows, (1 << len(spec.choices)) - 1, np.int32),)
    if spec.kind == "choices":
        return np.zeros(rows, np.int32), np.zeros(rows, np.int32)
    if spec.kind in ("grades", "persons"):
        return (np.zeros(rows, np.int32),)
    if spec.kind == "day":
        runs_on = spec.may_run or spec.owner == "policy"
        last = np.full(rows, LATEST_DAY, np.int32) if runs_on else as_of.astype(np.int32)
        return day_planes(np.full(rows, EARLIEST_DAY, np.int32), last, spec, place_offset)
    least = 0 if spec.least is None else spec.least
    most = UNLIMITED if spec.most is None else spec.most
    return np.full(rows, least, np.int64), np.full(rows, most, np.int64)


def day_planes(first: Array, last: Array, spec: Variable, place_offset: Array) -> Planes:
    """All moments of the civil days first..last (ordinals), where the place is."""
    if spec.utc_offset is not None:
        least: Any = spec.utc_offset
        most: Any = spec.utc_offset
    else:
        unknown = place_offset == OFFSET_UNKNOWN
        least = np.where(unknown, OFFSET_LEAST, place_offset).astype(np.int32)
        most = np.where(unknown, OFFSET_MOST, place_offset).astype(np.int32)
    first_minute = first.astype(np.int32) * np.int32(MINUTES_A_DAY) - most
    last_minute = (last.astype(np.int32) + np.int32(1)) * np.int32(MINUTES_A_DAY) - least - 1
    return (
        first.astype(np.int32),
        last.astype(np.int32),
        first_minute.astype(np.int32),
        last_minute.astype(np.int32),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """The plain decisions on columns: one entry for every claim and claimed benefit.

    Ordered by row, then by benefit in wording order. benefit, clause: int16 indices into
    `lowered.benefits` and `lowered.clauses`. verdict: int8, 0 not covered, 2 depends, 3 covered.
    lo, hi: yen, UNLIMITED_FROM and above: no bound. usage_*: one entry for every limit that runs
    over occurrences and of which this one used something: `usage_entry` is the entry above,
    `usage_node` the node index, `usage_year` the policy year (0: none, or not certain).
    through_scalar: by row, whether the single evaluator decided it. node_totals: if asked for, by
    node index the yen that left it in all rows, (lo, hi), after the gates above it.
    """

    row: Array
    benefit: Array
    verdict: Array
    lo: Array
    hi: Array
    clause: Array
    usage_entry: Array
    usage_node: Array
    usage_year: Array
    usage_lo: Array
    usage_hi: Array
    through_scalar: Array
    node_totals: Mapping[int, tuple[int, int]] = field(default_factory=dict)
