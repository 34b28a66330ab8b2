"""What is decided of one benefit, for the claims that claim it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dosojin.batch.columns import Array
from dosojin.batch.kernels.benefit_kernel import BenefitKernel

NAMES = ("verdict", "clause", "lo", "hi")
TYPES = (np.int8, np.int16, np.int64, np.int64)


class BenefitAnswers:
    """Planes with one entry for each claim that claims the benefit.

    rows: the numbers of those claims, ascending. planes: verdict, clause, lo, hi. uses: by node,
    what the claims use of limits that run over occurrences, (lo, hi).
    """

    __slots__ = ("_all", "_nodes", "planes", "rows", "uses")

    def __init__(self, rows: Array, every: int, nodes: Sequence[int]) -> None:
        """every: how many claims there are in all."""
        self.rows = rows
        self._all = len(rows) == every
        self._nodes = tuple(nodes)
        self.planes: dict[str, Array] = {}
        self.uses: dict[int, tuple[Array, Array]] = {}

    @property
    def is_everything(self) -> bool:
        """Whether every claim claims the benefit."""
        return self._all

    def claimed_among(self, rows: Array) -> Array:
        """Of some rows, those that claim the benefit."""
        return rows if self._all else np.intersect1d(rows, self.rows, assume_unique=True)

    def places(self, rows: Array) -> Array:
        """Where rows that claim the benefit stand in its planes."""
        return rows if self._all else np.searchsorted(self.rows, rows)

    def make_room(self) -> None:
        """Planes of zeros, where none have been taken over yet."""
        if not self.planes:
            for name, kind in zip(NAMES, TYPES, strict=True):
                self.planes[name] = np.zeros(len(self.rows), kind)
            for node in self._nodes:
                nothing = np.zeros(len(self.rows), np.int64)
                self.uses[node] = (nothing, nothing.copy())

    def take_over(self, kernel: BenefitKernel, rows: Array, found: Sequence[Array]) -> None:
        """The results of a kernel for some rows."""
        amounts = {
            node: (found[5 + 2 * number], found[6 + 2 * number])
            for number, (node, _, _) in enumerate(kernel.uses)
        }
        if len(rows) == len(self.rows):
            for name, kind, plane in zip(NAMES, TYPES, found[: len(NAMES)], strict=True):
                self.planes[name] = _own(plane, kind)
            for node, ends in amounts.items():
                self.uses[node] = (_own(ends[0], np.int64), _own(ends[1], np.int64))
            return
        self.make_room()
        places = self.places(rows)
        for name, plane in zip(NAMES, found[: len(NAMES)], strict=True):
            self.planes[name][places] = plane
        for node, ends in amounts.items():
            for kept, end in zip(self.uses[node], ends, strict=True):
                kept[places] = end

    def note(
        self, row: int, values: Sequence[int], uses: dict[int, tuple[int, int]]
    ) -> None:
        """One claim that was decided by itself: verdict, clause, lo, hi, and what it uses."""
        self.make_room()
        place = int(self.places(np.array([row]))[0])
        for name, value in zip(NAMES, values, strict=True):
            self.planes[name][place] = value
        for node, (lo, hi) in self.uses.items():
            lo[place], hi[place] = uses.get(node, (0, 0))


def _own(plane: Array, kind: type) -> Array:
    """A plane that may be written into, of a type."""
    kept: Array = plane.astype(kind, copy=False)
    return kept if kept.flags.writeable else kept.copy()
