"""Decides claims in columns: kernels first, the single evaluator for what they leave.

Limits that run over several occurrences are worked out in rounds: the first occurrence of every
certificate, then the second of those whose limits have been touched, and so on, so that each finds
what the earlier ones used, in `seq` order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from dosojin.adjudication.evaluation import Evaluator, Unit, evaluator
from dosojin.adjudication.plain_decision import PlainBenefit, plain_decision
from dosojin.batch.benefit_answers import NAMES, TYPES, BenefitAnswers
from dosojin.batch.columns import Array, Columns, Decided, in_plane, offsets_of
from dosojin.batch.kernels.kernel_set import KernelSet, kernel_set
from dosojin.batch.limit_use import LimitUse
from dosojin.batch.node_totals import NodeTotals
from dosojin.batch.through_scalar import RowReader

VERDICTS = {"not_covered": 0, "depends": 2, "covered": 3}
POLICY_START = "policy_inception"


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
        self.scalar = np.zeros(columns.rows, np.bool_)
        self.every = np.arange(columns.rows, dtype=np.int32)
        self.answers = [self._empty(unit) for unit in self.units]
        self.use = LimitUse(self.lowered, columns, self._start_variable())
        self.totals = NodeTotals(self.lowered, columns.rows)

    def _start_variable(self) -> int:
        names = [variable.name for variable in self.lowered.variables]
        return names.index(self.policy_start) if self.policy_start in names else -1

    def _empty(self, unit: Unit) -> BenefitAnswers:
        opens = [self.opens[part] for part in unit.benefit.parts]
        claimed = np.logical_or.reduce(opens) if len(opens) > 1 else opens[0]
        rows = self.every if claimed.all() else np.flatnonzero(claimed)
        nodes = [i for i in unit.nodes if i in self.kernels.stateful]
        return BenefitAnswers(rows, self.columns.rows, nodes)

    # rounds -------------------------------------------------------------------------------

    def decide_all(self) -> None:
        """All claims as if each stood alone, then again those that others have used limits of."""
        self._decide(self.every, self.units)
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
            for answers in self.answers:
                self.use.settle(answers.rows, answers.uses, rank == place - 1)
            rows = np.flatnonzero((rank == place) & self.use.is_touched())
            if len(rows):
                yield rows

    def _decide(self, rows: Array, units: Sequence[Unit]) -> None:
        whole = len(rows) == self.columns.rows
        doubtful: list[Array] = []
        for unit in units:
            answers = self.answers[self.units.index(unit)]
            own = answers.rows if whole else answers.claimed_among(rows)
            if not len(own):
                continue
            kernel = self.kernels.kernel(unit, self.columns)
            if kernel is None:
                doubtful.append(own)
                continue
            chosen = None if whole and answers.is_everything else own
            found = self.kernels.run(
                kernel, self.columns, chosen, self.opens, self.use.used, self.threads
            )
            answers.take_over(kernel, own, found)
            self.totals.note(kernel, own, found)
            if found[4].any():
                doubtful.append(own[found[4] != 0])
        if doubtful:
            self._through_scalar(np.unique(np.concatenate(doubtful)))

    # the single evaluator -----------------------------------------------------------------

    def _through_scalar(self, rows: Array) -> None:
        self.scalar[rows] = True
        reader = RowReader(self.evaluator.program, self.columns)
        for row in rows.tolist():
            case = reader.case(row, self.use.of_row(row))
            benefits, run = plain_decision(self.evaluator, case, self.policy_start)
            for benefit in benefits:
                self._note(row, benefit)
            if self.kernels.with_totals:
                self.totals.note_run(row, run)

    def _note(self, row: int, benefit: PlainBenefit) -> None:
        clause = self.kernels.clause_numbers[benefit.deciding_clause]
        values = (
            VERDICTS[benefit.verdict.value], clause, in_plane(benefit.lo), in_plane(benefit.hi),
        )  # fmt: skip
        uses = {use.node: (in_plane(use.lo), in_plane(use.hi)) for use in benefit.uses}
        self.answers[benefit.benefit].note(row, values, uses)

    # the results --------------------------------------------------------------------------

    def decided(self) -> Decided:
        """The answers of all benefits, claim by claim."""
        for answers in self.answers:
            answers.make_room()
        claimed = [(number, a) for number, a in enumerate(self.answers) if len(a.rows)]
        if len(claimed) == 1:
            number, answers = claimed[0]
            places = {number: self.every[: len(answers.rows)]}
            planes = answers.planes
            benefit = np.full(len(answers.rows), number, np.int16)
            row = answers.rows
        else:
            places, row, benefit = self._places(claimed)
            planes = {
                name: self._together(claimed, places, name, len(row)) for name in NAMES
            }
        entry, node, year, lo, hi = self._usage(claimed, places)
        return Decided(
            row, benefit, planes["verdict"], planes["lo"], planes["hi"], planes["clause"],
            entry, node, year, lo, hi, self.scalar, self.totals.by_node(),
        )  # fmt: skip

    def _places(
        self, claimed: Sequence[tuple[int, BenefitAnswers]]
    ) -> tuple[dict[int, Array], Array, Array]:
        """By benefit, the entries of its claims; and the row and benefit of every entry."""
        counts = np.zeros(self.columns.rows, np.int64)
        for _, answers in claimed:
            counts[answers.rows] += 1
        free = offsets_of(counts)[:-1]
        row = np.repeat(self.every, counts)
        benefit = np.empty(len(row), np.int16)
        places: dict[int, Array] = {}
        for number, answers in claimed:
            places[number] = free[answers.rows]
            free[answers.rows] += 1
            benefit[places[number]] = number
        return places, row, benefit

    def _together(
        self,
        claimed: Sequence[tuple[int, BenefitAnswers]],
        places: Mapping[int, Array],
        name: str,
        count: int,
    ) -> Array:
        found = np.empty(count, TYPES[NAMES.index(name)])
        for number, answers in claimed:
            found[places[number]] = answers.planes[name]
        return found

    def _usage(
        self, claimed: Sequence[tuple[int, BenefitAnswers]], places: Mapping[int, Array]
    ) -> tuple[Array, ...]:
        """entry, node, year, lo, hi of every use above 0, by entry and node."""
        found: list[tuple[Array, ...]] = []
        for number, answers in claimed:
            for node, (lo, hi) in answers.uses.items():
                used = np.flatnonzero(hi > 0)
                first, last = self.use.years(node, answers.rows[used])
                year = np.where(first == last, first, 0)
                nodes = np.full(len(used), node)
                found.append((places[number][used], nodes, year, lo[used], hi[used]))
        columns = [np.concatenate(each) for each in zip(*found, strict=True)] if found else []
        if not columns:
            columns = [np.zeros(0, np.int64)] * 5
        order = np.lexsort((columns[1], columns[0]))
        entries, nodes, years, least, most = (column[order] for column in columns)
        return entries, nodes.astype(np.int16), years.astype(np.int16), least, most
