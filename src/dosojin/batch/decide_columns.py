"""Decides claims in columns: kernels first, the single evaluator for what they leave.

Limits that run over several occurrences are worked out in rounds: the first occurrence of every
certificate, then the second of those whose limits have been touched, and so on, so that each finds
what the earlier ones used, in `seq` order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from dosojin.adjudication.evaluation import Evaluator, Unit, evaluator
from dosojin.adjudication.plain_decision import PlainBenefit, plain_decision
from dosojin.batch.columns import Array, Columns, Decided, in_plane
from dosojin.batch.kernels.benefit_kernel import BenefitKernel
from dosojin.batch.kernels.kernel_set import KernelSet, kernel_set
from dosojin.batch.limit_use import LimitUse
from dosojin.batch.node_totals import NodeTotals
from dosojin.batch.through_scalar import RowReader

VERDICTS = {"not_covered": 0, "depends": 2, "covered": 3}
POLICY_START = "policy_inception"


@dataclass(slots=True)
class _Answers:
    """What is decided so far of one benefit, by row."""

    claimed: Array
    verdict: Array
    clause: Array
    lo: Array
    hi: Array
    uses: dict[int, tuple[Array, Array]] = field(default_factory=dict)


def decide_columns(
    columns: Columns,
    *,
    back_end: str = "auto",
    threads: int = 1,
    rows_in_all: int | None = None,
    policy_start: str = POLICY_START,
    with_totals: bool = False,
) -> Decided:
    """The plain decision on every claim, the same as `plain_decision` gives one by one.

    back_end: "numba", "numpy" or "auto": compiled where that is worth its while for the claims of
    the whole run (`rows_in_all`, else these), or done already. with_totals: also what every node
    let through over all claims; by NumPy.
    """
    kernels = kernel_set(columns.lowered, back_end, with_totals)
    kernels.rows_in_all = max(kernels.rows_in_all, rows_in_all or columns.rows)
    work = _Work(columns, kernels, policy_start, threads)
    work.decide_all()
    return work.decided()


class _Work:
    """One call of `decide_columns`."""

    def __init__(
        self, columns: Columns, kernels: KernelSet, policy_start: str, threads: int
    ) -> None:
        self.columns = columns
        self.kernels = kernels
        self.threads = threads
        self.evaluator: Evaluator = evaluator(columns.lowered)
        self.lowered = columns.lowered
        self.policy_start = policy_start
        self.opens = kernels.open_parts(columns)
        self.units = self.evaluator.units
        self.reader = RowReader(self.evaluator.program, columns)
        self.scalar = np.zeros(columns.rows, np.bool_)
        self.answers = [self._empty(unit) for unit in self.units]
        self.use = LimitUse(self.lowered, columns, self._start_variable())
        self.totals = NodeTotals(self.lowered, columns.rows)
        self.clause_numbers = {clause.id: i for i, clause in enumerate(self.lowered.clauses)}

    def _start_variable(self) -> int:
        names = [variable.name for variable in self.lowered.variables]
        return names.index(self.policy_start) if self.policy_start in names else -1

    def _empty(self, unit: Unit) -> _Answers:
        rows = self.columns.rows
        claimed = np.zeros(rows, np.bool_)
        for part in unit.benefit.parts:
            claimed |= self.opens[part]
        nodes = [i for i in unit.nodes if i in self.kernels.stateful]
        return _Answers(
            claimed, np.zeros(rows, np.int8), np.zeros(rows, np.int16),
            np.zeros(rows, np.int64), np.zeros(rows, np.int64),
            {node: (np.zeros(rows, np.int64), np.zeros(rows, np.int64)) for node in nodes},
        )  # fmt: skip

    # rounds -------------------------------------------------------------------------------

    def decide_all(self) -> None:
        every = np.arange(self.columns.rows)
        self._decide(every, self.units)
        stateful = [unit for unit in self.units if self.kernels.runs_on(unit)]
        if not stateful:
            return
        for rows in self._rounds():
            self.use.gather(rows)
            self._decide(rows, stateful)

    def _rounds(self) -> Iterator[Array]:
        """Row numbers, each set holding one later occurrence of certificates with use to count.

        Whether a row has to be looked at again is known once those before it are settled.
        """
        rank = self.use.rank
        for place in range(1, int(rank.max(initial=0)) + 1):
            uses = [pair for answers in self.answers for pair in answers.uses.items()]
            self.use.settle(uses, rank == place - 1)
            rows = np.flatnonzero((rank == place) & self.use.is_touched())
            if len(rows):
                yield rows

    def _decide(self, rows: Array, units: tuple[Unit, ...] | list[Unit]) -> None:
        whole = len(rows) == self.columns.rows
        doubtful = np.zeros(self.columns.rows, np.bool_)
        for unit in units:
            answers = self.answers[self.units.index(unit)]
            own = rows[answers.claimed[rows]]
            if not len(own):
                continue
            kernel = self.kernels.kernel(unit, self.columns)
            if kernel is None:
                doubtful[own] = True
                continue
            everything = whole and len(own) == len(rows)
            found = self.kernels.run(
                kernel, self.columns, None if everything else own, self.opens, self.use.used,
                self.threads,
            )  # fmt: skip
            self._take_over(kernel, answers, own, found)
            doubtful[own[found[4] != 0]] = True
        self._through_scalar(np.flatnonzero(doubtful))

    def _take_over(
        self, kernel: BenefitKernel, answers: _Answers, rows: Array, found: list[Array]
    ) -> None:
        answers.verdict[rows], answers.clause[rows] = found[0], found[1]
        answers.lo[rows], answers.hi[rows] = found[2], found[3]
        for number, (node, _, _) in enumerate(kernel.uses):
            for end in (0, 1):
                answers.uses[node][end][rows] = found[5 + 2 * number + end]
        self.totals.note(kernel, rows, found)

    # the single evaluator -----------------------------------------------------------------

    def _through_scalar(self, rows: Array) -> None:
        self.scalar[rows] = True
        for row in rows.tolist():
            others = self.use.of_row(row)
            case = self.reader.case(row, others)
            benefits, run = plain_decision(self.evaluator, case, self.policy_start)
            for benefit in benefits:
                self._note(row, benefit)
            if self.kernels.with_totals:
                self.totals.note_run(row, run)

    def _note(self, row: int, benefit: PlainBenefit) -> None:
        answers = self.answers[benefit.benefit]
        answers.verdict[row] = VERDICTS[benefit.verdict.value]
        answers.clause[row] = self.clause_numbers[benefit.deciding_clause]
        answers.lo[row], answers.hi[row] = in_plane(benefit.lo), in_plane(benefit.hi)
        for lo, hi in answers.uses.values():
            lo[row] = hi[row] = 0
        for use in benefit.uses:
            lo, hi = answers.uses[use.node]
            lo[row], hi[row] = in_plane(use.lo), in_plane(use.hi)

    # the results --------------------------------------------------------------------------

    def decided(self) -> Decided:
        claimed = np.stack([answers.claimed for answers in self.answers], axis=1)
        row, benefit = np.nonzero(claimed)
        place = np.cumsum(claimed.ravel()).reshape(claimed.shape) - 1

        def gathered(name: str) -> Array:
            found = np.empty(len(row), getattr(self.answers[0], name).dtype)
            for number, answers in enumerate(self.answers):
                own = answers.claimed
                found[place[own, number]] = getattr(answers, name)[own]
            return found

        usage = self._usage(place)
        entry, node, year, lo, hi = usage
        return Decided(
            row, benefit.astype(np.int16), gathered("verdict"), gathered("lo"), gathered("hi"),
            gathered("clause"), entry, node, year, lo, hi, self.scalar, self.totals.by_node(),
        )  # fmt: skip

    def _usage(self, place: Array) -> tuple[Array, ...]:
        """entry, node, year, lo, hi of every use above 0, by entry and node."""
        found: list[tuple[Array, ...]] = []
        for number, answers in enumerate(self.answers):
            for node, (lo, hi) in answers.uses.items():
                rows = np.flatnonzero(answers.claimed & (hi > 0))
                first, last = self.use.years(node, rows)
                year = np.where(first == last, first, 0)
                nodes = np.full(len(rows), node)
                found.append((place[rows, number], nodes, year, lo[rows], hi[rows]))
        columns = [np.concatenate(each) for each in zip(*found, strict=True)] if found else []
        if not columns:
            columns = [np.zeros(0, np.int64)] * 5
        order = np.lexsort((columns[1], columns[0]))
        entries, nodes, years, least, most = (column[order] for column in columns)
        return entries, nodes.astype(np.int16), years.astype(np.int16), least, most
