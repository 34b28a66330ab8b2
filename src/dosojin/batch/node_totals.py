"""What every money node let through over many claims, after the gates above it."""

from __future__ import annotations

import numpy as np

from dosojin.adjudication.run import Run
from dosojin.batch.columns import UNLIMITED_FROM, Array
from dosojin.batch.kernels.benefit_kernel import BenefitKernel
from dosojin.terms.lowered import Lowered
from dosojin.values.money import is_unbounded


class NodeTotals:
    """Amounts by node and claim while they may still change; then their sums.

    What has no bound counts as nothing: a sum over claims would have none either.
    """

    def __init__(self, lowered: Lowered, rows: int) -> None:
        self.lowered = lowered
        self.rows = rows
        self._planes: dict[int, tuple[Array, Array]] = {}

    def _of(self, node: int) -> tuple[Array, Array]:
        found = self._planes.get(node)
        if found is None:
            found = self._planes[node] = (
                np.zeros(self.rows, np.int64), np.zeros(self.rows, np.int64),
            )  # fmt: skip
        return found

    def note(self, kernel: BenefitKernel, rows: Array, found: list[Array]) -> None:
        """Takes over what a kernel found for some rows; found: the planes of `kernel.results`."""
        place = len(kernel.results) - 2 * len(kernel.totals)
        for number, (node, _, _) in enumerate(kernel.totals):
            for end, plane in enumerate(self._of(node)):
                amounts = found[place + 2 * number + end]
                plane[rows] = np.where(amounts >= UNLIMITED_FROM, 0, amounts)

    def note_run(self, row: int, run: Run) -> None:
        """Takes over one claim that the single evaluator worked out."""
        for node in range(len(self.lowered.nodes)):
            ends = run.paid(node) if run.hi[node] else (0, 0)
            if node in self._planes or any(ends):
                for plane, amount in zip(self._of(node), ends, strict=True):
                    plane[row] = 0 if is_unbounded(amount) else amount

    def by_node(self) -> dict[int, tuple[int, int]]:
        """By node, yen at worst and at best over all claims."""
        return {
            node: (int(lo.sum()), int(hi.sum())) for node, (lo, hi) in sorted(self._planes.items())
        }
