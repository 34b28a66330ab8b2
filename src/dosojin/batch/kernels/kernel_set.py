"""The kernels of an edition, made when a benefit is first claimed, and how they are run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec

import numpy as np

from dosojin.adjudication.evaluation import Unit, evaluator
from dosojin.adjudication.money_nodes import STATEFUL, combined_percent
from dosojin.batch.columns import (
    NOT_NAMED,
    UNLIMITED,
    UNLIMITED_FROM,
    Array,
    Columns,
    Planes,
    categories_of,
)
from dosojin.batch.kernels.benefit_kernel import BenefitKernel, build_kernel
from dosojin.batch.kernels.money_steps import Shape, Unfoldable
from dosojin.batch.kernels.numpy_back_end import NumpyRun
from dosojin.terms.lowered import Lowered

COMPILE_FROM = 1_000_000
"""Claims from which writing machine code (seconds a benefit, once) beats doing without."""


@cache
def has_numba() -> bool:
    """Whether kernels can be compiled here."""
    return find_spec("numba") is not None


@lru_cache(maxsize=32)
def kernel_set(lowered: Lowered, back_end: str, with_totals: bool) -> KernelSet:
    """The kernels of an edition for a back end: "numba", "numpy", or "auto" for what there is."""
    if with_totals or not has_numba():
        back_end = "numpy"
    return KernelSet(lowered, back_end, with_totals)


class KernelSet:
    """Kernels by benefit and shape of the claims; what they need is prepared here."""

    def __init__(self, lowered: Lowered, back_end: str, with_totals: bool) -> None:
        self.lowered = lowered
        self.back_end = back_end
        self.with_totals = with_totals
        self.evaluator = evaluator(lowered)
        self.categories = categories_of(lowered)
        self.stateful = frozenset(
            i for i, node in enumerate(lowered.nodes) if node.scope in STATEFUL
        )
        self.clause_numbers = {clause.id: i for i, clause in enumerate(lowered.clauses)}
        self.rows_in_all = 0
        """Claims of the whole run, as far as they are known."""
        self._kernels: dict[tuple[str, Shape], BenefitKernel | None] = {}
        self.refused: dict[str, str] = {}
        """By benefit that no kernel folds, why."""

    def open_parts(self, columns: Columns) -> dict[int, Array]:
        """By part node, whether each claim claims it (as `Evaluator.open_parts`)."""
        found: dict[int, Array] = {}
        is_fast = self.back_end != "numpy"
        for index, node in enumerate(self.lowered.nodes):
            if node.kind != "part":
                continue
            takes = self.evaluator.payout.takes[index]
            codes = [code for code, name in enumerate(self.categories) if name in takes]
            opened = columns.receipts.filed_any(codes, len(self.categories), is_fast=is_fast)
            for variable in node.opens:
                speaks = columns.stated.get(variable)
                if speaks is not None:
                    opened = opened | (speaks & ~self._is_denied(columns, variable))
            found[index] = opened
        return found

    def _is_denied(self, columns: Columns, variable: int) -> Array:
        spec = self.lowered.variables[variable]
        plane = columns.known(variable)[0]
        if spec.kind == "choice":
            none = 1 << spec.choices.index("none") if "none" in spec.choices else 0
            return np.asarray(plane == none)
        denied = plane == 0 if spec.kind == "flag" else np.zeros(columns.rows, np.bool_)
        return np.asarray(denied)

    def kernel(self, unit: Unit, columns: Columns) -> BenefitKernel | None:
        """The kernel of a benefit for claims of this shape; None if none can fold it."""
        shape = self._shape(columns)
        key = (unit.benefit.id, shape)
        if key not in self._kernels:
            try:
                made = build_kernel(self.evaluator, unit, shape, with_totals=self.with_totals)
            except Unfoldable as reason:
                self.refused[unit.benefit.id] = str(reason)
                made = None
            self._kernels[key] = made
        return self._kernels[key]

    def _shape(self, columns: Columns) -> Shape:
        receipts = columns.receipts
        exact = frozenset(
            variable
            for variable, planes in (*columns.planes.items(), *receipts.planes.items())
            if _is_exact(planes)
        )
        return Shape(
            receipts.person is not None, receipts.item is not None, self._is_unlimited(columns),
            receipts.lo is receipts.hi,
            receipts.amount_most * receipts.count_most < 1 << 31, exact,
        )  # fmt: skip

    def runs_on(self, unit: Unit) -> bool:
        """Whether a benefit has, or draws on, a limit that runs over several occurrences."""
        nodes = self.lowered.nodes
        waiting = list(unit.nodes)
        seen = set(waiting)
        while waiting:
            index = waiting.pop()
            if index in self.stateful:
                return True
            for other in (*nodes[index].paid, *nodes[index].children):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return False

    def _is_unlimited(self, columns: Columns) -> bool:
        """Whether any amount that flows into money may be without a bound."""
        if columns.receipts.amount_most >= UNLIMITED_FROM:
            return True
        for variable, spec in enumerate(self.lowered.variables):
            if spec.kind != "yen" or spec.owner == "line":
                continue
            planes = columns.planes.get(variable)
            if planes is None and spec.most is None:
                return True
            if planes is not None and columns.most(variable) >= UNLIMITED_FROM:
                return True
        return any(
            step[0] == "constant" and step[1] >= UNLIMITED for step in self.lowered.numbers
        )

    def run(
        self,
        kernel: BenefitKernel,
        columns: Columns,
        rows: Array | None,
        opens: Mapping[int, Array],
        used: Mapping[int, tuple[Array, Array]],
        threads: int,
    ) -> list[Array]:
        """The results of a kernel for some rows (None: all)."""
        names = _loaded(kernel)
        variables = {self._variable(name) for name in names}
        chosen = columns if rows is None else columns.take(rows, variables)
        planes = {
            name: self._plane(name, chosen, columns, rows, opens, used)
            for name in names
        }
        if self._compiles(kernel):
            from dosojin.batch.kernels.numba_back_end import run_compiled

            return run_compiled(self.lowered, kernel, chosen, self.categories, planes, threads)
        return NumpyRun(chosen.receipts, self.categories, planes).results(kernel)

    def _variable(self, name: str) -> int:
        """The variable that a plane tells of; −1 if none."""
        kind, first, _ = _parts(name)
        if kind == "grade":
            return self.lowered.nodes[first].variable
        return first if kind == "v" else -1

    def _compiles(self, kernel: BenefitKernel) -> bool:
        """Whether a kernel runs as machine code: if asked for, done already, or worth it."""
        if self.back_end != "auto" or self.rows_in_all >= COMPILE_FROM:
            return self.back_end != "numpy"
        from dosojin.batch.kernels.numba_back_end import is_compiled

        return is_compiled(self.lowered, kernel, self.categories)

    def _plane(
        self,
        name: str,
        chosen: Columns,
        columns: Columns,
        rows: Array | None,
        opens: Mapping[int, Array],
        used: Mapping[int, tuple[Array, Array]],
    ) -> Array:
        if name in ("lo", "hi"):
            return chosen.receipts.lo if name == "lo" else chosen.receipts.hi
        kind, number, end = _parts(name)
        if kind == "v":
            return chosen.known(number)[end]
        if kind == "rank":
            return self._rank(chosen, number)
        if kind == "grade":
            return self._per_cents(chosen, number)[end]
        whole = opens[number] if kind == "open" else used[number][end]
        return whole if rows is None else whole[rows]

    def _rank(self, columns: Columns, variable: int) -> Array:
        groups = columns.receipts.person
        if groups is not None and variable in groups.rank:
            return groups.rank[variable]
        count = columns.receipts.count if groups is None else int(groups.offsets[-1])
        return np.full(count, NOT_NAMED, np.int64)

    def _per_cents(self, columns: Columns, node: int) -> tuple[Array, Array]:
        """The per cent of a grade table, at least and at most, by claim."""
        spec = self.lowered.nodes[node]
        constants = self.evaluator.payout.constants
        per_cents = [constants[number] for number in spec.numbers[2:]]
        table = [pair[0] for pair in per_cents if pair is not None]
        ends = [
            (min(table), max(table))
            if grades is None
            else (combined_percent(grades, table),) * 2
            for grades in columns.grades
        ]
        index = columns.known(spec.variable)[0]
        least, most = (np.array([pair[end] for pair in ends], np.int64) for end in (0, 1))
        return least[index], most[index]


def _is_exact(planes: Planes) -> bool:
    """Whether both ends are one array (of a day, in days and in minutes)."""
    pairs = planes[0] is planes[1] if len(planes) > 1 else False
    return pairs and (len(planes) == 2 or planes[2] is planes[3])


def _parts(name: str) -> tuple[str, int, int]:
    """Of a plane's name: what kind it is, of which variable or node, and which end of it."""
    kind = name.rstrip("0123456789_")
    number, _, end = name.removeprefix(kind).partition("_")
    return kind, int(number or -1), int(end or 0)


def _loaded(kernel: BenefitKernel) -> tuple[str, ...]:
    names = (step.arguments[0] for step in kernel.steps if step.operation == "load")
    return tuple(dict.fromkeys(names))
